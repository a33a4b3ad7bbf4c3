// Runs this project's programs in the guest as a user without rights to any device.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** `nobody` and `nogroup` of Debian */
const nobody = { uid: 65_534, gid: 65_534 };
const folder = fileURLToPath(new URL('../../../', import.meta.url));

export interface RunningProgram {
  /** what it said so far, on stdout and stderr */
  readonly lines: readonly string[];
  /** its exit code; null when it was killed */
  readonly ended: Promise<number | null>;
  /** Ends its stdin and waits. */
  end(): Promise<void>;
}

/** @param path compiled program, from the folder `dist` */
export function startProgram(
  path: string,
  args: readonly string[],
  as: 'root' | 'nobody' = 'root',
): RunningProgram {
  if (as === 'nobody') letEverybodyThrough(folder);
  const child = spawn(process.execPath, [`${folder}${path}`, ...args], {
    cwd: '/',
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(as === 'nobody' ? nobody : {}),
  });
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => lines.push(line));
  child.stdin.on('error', () => undefined);
  const ended = endOf(child);
  return {
    lines,
    ended,
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code));
  });
}

/** Only the guest's own layer over the machine's files is changed: it is gone when the guest ends. */
function letEverybodyThrough(path: string): void {
  if (process.env['GUEST'] !== '1') throw new Error('this is no guest: rights of files stay as they are');
  for (let each = dirname(path); each !== '/'; each = dirname(each)) {
    const { mode } = statSync(each);
    if ((mode & 0o005) !== 0o005) chmodSync(each, (mode & 0o7777) | 0o005);
  }
}
