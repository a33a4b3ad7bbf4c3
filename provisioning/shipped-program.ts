// Runs a program beside this command in the foreground: its end is the command's, and so are its words unless they are asked for.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/**
 * @param args of Node: flags, script, arguments
 * @param signal ends it
 * @returns its exit code; null when a signal ended it that we did not send
 */
export async function runShipped(args: readonly string[], signal: AbortSignal): Promise<number | null> {
  return await ended(spawn(process.execPath, args, { stdio: 'inherit' }), signal);
}

/** The same, with what it said. */
export async function askShipped(
  args: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said, code] = await Promise.all([text(child.stdout), ended(child, signal)]);
  return { code, said };
}

/** The same for a script of the shell. */
export async function runScript(
  file: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<number | null> {
  return await ended(spawn('bash', [file, ...args], { stdio: 'inherit' }), signal);
}

async function ended(child: ChildProcess, signal: AbortSignal): Promise<number | null> {
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
