// CONTRACT with provisioning: how the terminal is run as a process of its own: what Node is to be told, and which exit codes ask for another run.

/** Headquarters ordered a restart. */
export const restartCode = 75;
/** A site bundle that it was given is not for it, or not whole. */
export const refusedCode = 1;
/** It cannot start as it is set up; its last line says why. */
export const cannotStartCode = 2;

/**
 * What to give to Node. On its own it lets garbage lie until a small board has no room left: what the terminal keeps is
 * some 30 MB, and beyond 64 MB of it something is wrong.
 * @param script the compiled `kiosk/main.js`
 */
export function terminalArguments(script: string, config: string): readonly string[] {
  return ['--max-old-space-size=64', '--max-semi-space-size=2', script, '--config', config];
}
