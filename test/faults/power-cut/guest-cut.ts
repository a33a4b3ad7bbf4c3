// Power cuts of a whole machine: a terminal's store on ext4 on a disk of which QEMU logs every write and every flush.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guestObstacle, runInGuest } from '../../simulators/guest/guest.ts';
import type { Recovered } from './confirmed.ts';
import { DiskWriteLog } from './disk-write-log.ts';
import { recover } from './power-cut-proof.ts';
import { type ReplayFigures, replayPowerCuts } from './replay-power-cuts.ts';
import type { DiskOp } from './strace-log.ts';
import type { WriterOptions } from './terminal-writer.ts';

export interface GuestCutProof extends ReplayFigures {
  readonly ok: boolean;
  readonly control: ReplayFigures;
  /** why the guest said less than it should have */
  readonly why?: string;
}

const nothing: ReplayFigures = { points: 0, accepted: 0, lost: 0, losingPoints: 0, corrupt: 0, faults: [] };
const diskBytes = 48 * 1024 * 1024;
const logBytes = 1024 * 1024 * 1024;
/** a guest boots in 15 s, and writes slowly */
const guestMs = 240_000;
const imageName = 'disk';
const folderInGuest = 'data';
const controlPoints = 40;

/** Takes a minute or two for the two guests, then some tenths of a second a point. */
export async function proveGuestCuts(seed: number, points: number): Promise<GuestCutProof> {
  const why = guestObstacle();
  if (why !== undefined) return { ok: false, ...nothing, control: nothing, why };
  const figures = await cutGuest({ seed, steps: 150, synchronous: 'FULL' }, points);
  const control = await cutGuest({ seed, steps: 150, synchronous: 'NORMAL' }, controlPoints);
  const isRight = figures.lost === 0 && figures.corrupt === 0 && figures.accepted > 0;
  return { ok: isRight && control.lost > 0, ...figures, control };
}

async function cutGuest(
  options: Pick<WriterOptions, 'seed' | 'steps' | 'synchronous'>,
  points: number,
): Promise<ReplayFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-guest-cut-'));
  try {
    const ops = await history(folder, options);
    return replayPowerCuts(
      { folder: '/', ops },
      { seed: options.seed, points, recover: recoverImage, isToldLate: true },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything that reached the disk, and what the guest had said by then. */
async function history(
  folder: string,
  options: Pick<WriterOptions, 'seed' | 'steps' | 'synchronous'>,
): Promise<DiskOp[]> {
  const [image, log] = [join(folder, 'image'), join(folder, 'log')];
  for (const [file, bytes] of [
    [image, diskBytes],
    [log, logBytes],
  ] as const) {
    writeFileSync(file, '');
    truncateSync(file, bytes);
  }
  execFileSync('/sbin/mkfs.ext4', ['-q', '-b', '4096', image]);
  const path = `/${imageName}`;
  const ops: DiskOp[] = [
    { kind: 'create', path },
    { kind: 'write', path, at: 0, bytes: readFileSync(image) },
    { kind: 'sync', path },
    { kind: 'sync', path: '/' },
  ];
  const written = new DiskWriteLog(log, path);
  try {
    const file = `/mnt/disk/${folderInGuest}/terminal.db`;
    const writer: WriterOptions = { ...options, file, end: 'close' };
    const result = await runInGuest({
      command: [
        ...['sh', '-c', 'mkdir -p /mnt/disk && mount -t ext4 /dev/vda /mnt/disk && exec "$0" "$@"'],
        ...[process.execPath, 'dist/test/faults/power-cut/terminal-writer.js', JSON.stringify(writer)],
      ],
      folder: fileURLToPath(new URL('../../../..', import.meta.url)),
      // ext4 asks for it by another name
      modules: ['crc32c_generic'],
      disk: { image, log },
      limitMs: guestMs,
      // what was on disk when it was said is in the log by now
      onLine: (line) => ops.push(...written.next(), { kind: 'say', line }),
    });
    if (result.exitCode !== 0) throw new Error(`the guest did not end well\n${result.console.join('\n')}`);
    return ops;
  } finally {
    written.close();
  }
}

/** Mends the file system as a boot does, and opens what is on it. @param folder in which the image lies */
function recoverImage(folder: string): Recovered {
  const image = join(folder, imageName);
  const check = spawnSync('/sbin/e2fsck', ['-fy', image], { encoding: 'utf8' });
  // 1 = mended, which replaying the journal counts as
  if (check.status !== 0 && check.status !== 1) throw new Error(`the file system is broken: ${check.stdout}`);
  const out = join(folder, 'out');
  mkdirSync(out);
  execFileSync('/sbin/debugfs', ['-R', `rdump /${folderInGuest} ${out}`, image], { stdio: 'ignore' });
  const data = join(out, folderInGuest);
  mkdirSync(data, { recursive: true });
  for (const name of readdirSync(data)) if (name.endsWith('-shm')) rmSync(join(data, name));
  return recover(data);
}
