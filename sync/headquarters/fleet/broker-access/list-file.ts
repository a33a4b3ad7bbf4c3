// Hands a revocation list to a broker that reads it from a file, and has it read again.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { replaceFile } from '../../../durable-file.ts';
import { BrokerAccessError } from './broker-access.ts';

/** SIGHUP to the process of a pid file, or a command with its arguments: `["systemctl", "reload", "mosquitto"]`. */
export type Nudge =
  | { readonly kind: 'pid-file'; readonly file: string }
  | { readonly kind: 'command'; readonly command: readonly string[] };

/** A broker runs as a user of its own, and a list is no secret. */
const publicMode = 0o644;

/** @throws BrokerAccessError revocation-list-unwritable */
export function writeList(file: string, pem: string): void {
  try {
    replaceFile(file, pem, publicMode);
  } catch (cause) {
    throw new BrokerAccessError(
      'revocation-list-unwritable',
      `the revocation list ${file} cannot be written; give headquarters' user the right to write in its folder.`,
      { cause },
    );
  }
}

/** @throws BrokerAccessError revocation-list-unwritable */
export async function nudge(how: Nudge, patienceMs: number): Promise<void> {
  try {
    if (how.kind === 'pid-file') process.kill(readPid(how.file), 'SIGHUP');
    else await run(how.command, patienceMs);
  } catch (cause) {
    const what = how.kind === 'pid-file' ? `the process of ${how.file}` : how.command.join(' ');
    throw new BrokerAccessError(
      'revocation-list-unwritable',
      `the broker could not be told of its new revocation list: ${what} failed; mend broker.access.reload.`,
      { cause },
    );
  }
}

function readPid(file: string): number {
  const pid = Number(readFileSync(file, 'utf8').trim());
  // 0 and below are whole groups of processes
  if (!Number.isInteger(pid) || pid < 2) throw new Error('no process id');
  return pid;
}

function run([program = '', ...args]: readonly string[], timeout: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore', timeout });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`it ended with ${code}`))));
  });
}
