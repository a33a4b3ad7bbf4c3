// Runs headquarters as a program of its own: it ships beside this command and understands its own arguments.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../sync/headquarters/main.js', import.meta.url));

/**
 * @param signal ends it
 * @returns its exit code
 */
export async function runHeadquarters(args: readonly string[], signal: AbortSignal): Promise<number> {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const [code] = (await once(child, 'exit')) as [number | null];
  signal.removeEventListener('abort', stop);
  return code ?? 70;
}
