// Runs one of the programs that ship beside this command in the foreground: its words are the command's, and so is its end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * @param args of Node: flags, script, arguments
 * @param signal ends it
 * @returns its exit code; null when a signal ended it that we did not send
 */
export async function runShipped(args: readonly string[], signal: AbortSignal): Promise<number | null> {
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
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
