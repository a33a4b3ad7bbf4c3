// Keeps the terminal running: ships beside this command, and is started again whenever it ended by itself.
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cannotStartCode, terminalArguments } from '../kiosk/terminal-process.ts';
import { BackOff } from '../sync/back-off.ts';
import { runShipped } from './shipped-program.ts';

const program = fileURLToPath(new URL('../kiosk/main.js', import.meta.url));

export interface TerminalRun {
  readonly config: string;
  /** where to say that it is started again */
  readonly complain: (text: string) => void;
  /** ends it */
  readonly signal: AbortSignal;
  /** the program, when it is not the one that ships */
  readonly script?: string;
  /** pauses before it is started again */
  readonly pauses?: { readonly minMs: number; readonly maxMs: number };
}

/**
 * Starts the terminal again after a crash, a kill, and a restart that headquarters ordered. One that cannot start the
 * first time is not set up right: that is for who started it. Later the reason may pass: a full disk, a port in use.
 * @returns its exit code: 0 ended by a signal, 2 cannot start as it is set up
 */
export async function runTerminal({
  config,
  complain,
  signal,
  script = program,
  pauses = { minMs: 500, maxMs: 30_000 },
}: TerminalRun): Promise<number> {
  const backOff = new BackOff(pauses, Math.random);
  for (let run = 1; ; run += 1) {
    const startedMs = performance.now();
    const code = await runShipped(terminalArguments(script, config), signal);
    if (signal.aborted || code === 0) return 0;
    if (code === cannotStartCode && run === 1) return code;
    backOff.noteLasted(performance.now() - startedMs);
    complain(`the terminal ended (${code ?? 'killed'}) and is started again\n`);
    await delay(backOff.nextMs(), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return 0;
  }
}
