// Runs headquarters as a program of its own: it ships beside this command and understands its own arguments.
import { fileURLToPath } from 'node:url';
import { runShipped } from './shipped-program.ts';

const program = fileURLToPath(new URL('../sync/headquarters/main.js', import.meta.url));

/**
 * @param signal ends it
 * @returns its exit code
 */
export async function runHeadquarters(args: readonly string[], signal: AbortSignal): Promise<number> {
  return (await runShipped([program, ...args], signal)) ?? 70;
}
