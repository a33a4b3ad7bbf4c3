// EIO, and a disk that is full for a moment (F10): lets one call of a busy terminal to its disk fail, and looks at what it still confirms, how it ends, and what is left.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../fault-plan.ts';
import { Confirmed } from './confirmed.ts';
import { compiled, powerCutLog } from './power-cut-log.ts';
import { recover } from './power-cut-proof.ts';
import { type DiskOp, readStraceLog, straceArguments } from './strace-log.ts';
import type { WriterOptions } from './terminal-writer.ts';

export interface BrokenDisk {
  readonly call: 'fsync' | 'pwrite64';
  readonly error: 'EIO' | 'ENOSPC';
  /** which of these calls, from 1 */
  readonly when: number;
}

export interface BrokenDiskResult {
  /** was there such a call at all? */
  readonly isHit: boolean;
  readonly exitCode: number | null;
  readonly accepted: number;
  /** facts confirmed after the call had failed */
  readonly confirmedAfter: number;
  readonly lost: number;
  readonly faults: readonly string[];
}

export interface BrokenDiskProof {
  readonly ok: boolean;
  /** calls that failed */
  readonly points: number;
  readonly accepted: number;
  readonly lost: number;
  readonly confirmedAfter: number;
  readonly faults: readonly string[];
  readonly control: { readonly accepted: number; readonly confirmedAfter: number };
}

/** A writer of 60 steps writes about 600 times, and syncs about 120 times. */
const lastCall = { fsync: 110, pwrite64: 550 } as const;
const kinds = [
  { call: 'fsync', error: 'EIO' },
  { call: 'pwrite64', error: 'EIO' },
  { call: 'pwrite64', error: 'ENOSPC' },
] as const;

export async function proveBrokenDisks(seed: number, points: number): Promise<BrokenDiskProof> {
  const random = seededRandom(seed);
  const found: BrokenDiskResult[] = [];
  const faults: string[] = [];
  for (let n = 0; n < points; n += 1) {
    const { call, error } = kinds[n % kinds.length] ?? kinds[0];
    const when = 1 + Math.floor(random() * lastCall[call]);
    const result = await breakDisk('terminal-writer', { call, error, when }, { seed: seed + n, steps: 60 });
    found.push(result);
    // SQLite does without some writes; who went on must have ended well, and who did not as one that broke
    const isClean = result.exitCode === 0 || result.exitCode === 70;
    const mayConfirm = error === 'ENOSPC' || result.exitCode === 0;
    if (!isClean || (!mayConfirm && result.confirmedAfter > 0)) {
      faults.push(
        `${call} ${when} ${error}: ended with ${result.exitCode}, confirmed ${result.confirmedAfter} afterwards`,
      );
    }
    faults.push(...result.faults.map((fault) => `${call} ${when} ${error}: ${fault}`));
  }
  const control = await breakDisk(
    'stubborn-writer',
    { call: 'fsync', error: 'EIO', when: 30 },
    { seed, steps: 60 },
  );
  const total = (of: (result: BrokenDiskResult) => number): number =>
    found.reduce((all, one) => all + of(one), 0);
  const lost = total((result) => result.lost);
  return {
    ok: lost === 0 && faults.length === 0 && control.confirmedAfter > 0,
    points: found.filter(({ isHit }) => isHit).length,
    accepted: total(({ accepted }) => accepted),
    lost,
    confirmedAfter: total(({ confirmedAfter }) => confirmedAfter),
    faults: faults.slice(0, 5),
    control: { accepted: control.accepted, confirmedAfter: control.confirmedAfter },
  };
}

/** @param program `terminal-writer`, or the control `stubborn-writer` */
export async function breakDisk(
  program: 'terminal-writer' | 'stubborn-writer',
  { call, error, when }: BrokenDisk,
  options: Pick<WriterOptions, 'seed' | 'steps'>,
): Promise<BrokenDiskResult> {
  const work = mkdtempSync(join(tmpdir(), 'yingbin-broken-disk-'));
  try {
    const folder = join(work, 'data');
    const logFile = join(work, 'strace');
    const writer: WriterOptions = {
      file: join(folder, 'terminal.db'),
      synchronous: 'FULL',
      end: 'close',
      ...options,
    };
    const exitCode = await exitOf('strace', [
      ...straceArguments(logFile),
      ...['-e', `inject=${call}:error=${error}:when=${when}`],
      process.execPath,
      compiled(program),
      JSON.stringify(writer),
    ]);
    const log = readFileSync(logFile, 'latin1');
    const failedAt = log.indexOf('(INJECTED)');
    const ops = readStraceLog(log, folder);
    const until = failedAt < 0 ? ops.length : readStraceLog(log.slice(0, failedAt), folder).length;
    // names reach the disk with the next sync of their folder that succeeds; a file's content may not
    const later = ops.slice(until);
    const mended = later.findIndex((op) => op.kind === 'sync' && op.path === folder);
    const isFolder = log.slice(log.lastIndexOf('\n', failedAt), failedAt).includes(`<${hex(folder)}>`);
    const confirmedAfter = factsIn(isFolder && mended >= 0 ? later.slice(0, mended) : later);
    const verdict =
      program === 'terminal-writer'
        ? new Confirmed(ops).judge(ops.length, recover(folder), exitCode !== 0)
        : undefined;
    return {
      isHit: failedAt >= 0,
      exitCode,
      accepted: factsIn(ops),
      confirmedAfter,
      lost: verdict?.lost ?? 0,
      faults: verdict?.faults ?? [],
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** How many calls the opening of a new store takes: what comes later concerns what somebody did. */
export async function callsOfOpening(): Promise<{ readonly fsync: number; readonly pwrite64: number }> {
  const { ops } = await powerCutLog('terminal-writer', [
    (folder): WriterOptions => ({
      file: join(folder, 'terminal.db'),
      seed: 1,
      steps: 0,
      synchronous: 'FULL',
      end: 'kill',
    }),
  ]);
  const count = (kind: DiskOp['kind']): number => ops.filter((op) => op.kind === kind).length;
  return { fsync: count('sync'), pwrite64: count('write') };
}

function factsIn(ops: readonly DiskOp[]): number {
  return ops.filter((op) => op.kind === 'say' && op.line.startsWith('FACT ')).length;
}

/** As strace writes paths. */
function hex(path: string): string {
  return [...Buffer.from(path)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

function exitOf(command: string, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore' });
    child.once('error', reject);
    child.once('close', resolve);
  });
}
