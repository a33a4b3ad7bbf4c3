// Runs a program under strace, session after session in one folder, and gives what it did and said.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DiskOp, readStraceLog, straceArguments } from './strace-log.ts';

export interface PowerCutLog {
  /** the folder whose history it is; gone by now */
  readonly folder: string;
  readonly ops: readonly DiskOp[];
}

/**
 * @param program beside this file, compiled
 * @param sessions its argument in each session; `folder` is where it is to write
 * @throws when a session fails by itself
 */
export async function powerCutLog(
  program: string,
  sessions: readonly ((folder: string) => object)[],
): Promise<PowerCutLog> {
  const work = mkdtempSync(join(tmpdir(), 'yingbin-power-cut-'));
  const folder = join(work, 'data');
  try {
    const ops: DiskOp[] = [];
    for (const session of sessions) {
      const logFile = join(work, 'strace');
      await runTraced(logFile, [compiled(program), JSON.stringify(session(folder))]);
      ops.push(...readStraceLog(readFileSync(logFile, 'latin1'), folder));
    }
    return { folder, ops };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The compiled form of a program of this folder, also when this runs from source. */
export function compiled(program: string): string {
  return fileURLToPath(
    new URL(
      import.meta.url.includes('/dist/')
        ? `./${program}.js`
        : `../../../dist/test/faults/power-cut/${program}.js`,
      import.meta.url,
    ),
  );
}

function runTraced(logFile: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('strace', [...straceArguments(logFile), process.execPath, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (bytes: Buffer) => {
      complaint = `${complaint}${bytes.toString()}`.slice(-2_000);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      // strace ends as its program did
      if (code === 0 || signal === 'SIGKILL') resolve();
      else reject(new Error(`${args[0]} ended with ${code}\n${complaint}`));
    });
  });
}
