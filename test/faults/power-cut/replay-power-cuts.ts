// Cuts the power at random moments of a log, in every way that a disk may take it, and opens what is left.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../fault-plan.ts';
import { Confirmed, type Recovered } from './confirmed.ts';
import { CrashDisk, crashFates, restoreInto } from './crash-disk.ts';
import type { PowerCutLog } from './power-cut-log.ts';

export interface ReplayFigures {
  readonly points: number;
  /** facts confirmed before a cut, over all points */
  readonly accepted: number;
  readonly lost: number;
  /** points at which something was lost */
  readonly losingPoints: number;
  /** points at which the file could not be opened, or held what was never committed */
  readonly corrupt: number;
  /** the first ones, for finding out */
  readonly faults: readonly string[];
}

const keptFaults = 5;

/** @param recover opens the folder with the product's own code; throws when that refuses it */
export function replayPowerCuts(
  { folder, ops }: PowerCutLog,
  options: {
    readonly seed: number;
    readonly points: number;
    readonly recover: (folder: string) => Recovered;
    /** as `Confirmed` */
    readonly isToldLate?: boolean;
  },
): ReplayFigures {
  const random = seededRandom(options.seed);
  const confirmed = new Confirmed(ops, options.isToldLate);
  const cuts = Array.from({ length: options.points }, () => 1 + Math.floor(random() * ops.length)).sort(
    (a, b) => a - b,
  );
  const disk = new CrashDisk();
  const work = mkdtempSync(join(tmpdir(), 'yingbin-replay-'));
  const figures = { points: 0, accepted: 0, lost: 0, losingPoints: 0, corrupt: 0, faults: [] as string[] };
  let done = 0;
  try {
    for (const cut of cuts) {
      for (; done < cut; done += 1) disk.apply(ops[done] ?? { kind: 'say', line: '' });
      const fate = crashFates[figures.points % crashFates.length] ?? 'nothing';
      const place = join(work, String(figures.points));
      restoreInto(place, folder, disk.crash(fate, random));
      const { accepted, lost, faults } = judgeAt(cut, place);
      figures.points += 1;
      figures.accepted += accepted;
      figures.lost += lost;
      if (lost > 0) figures.losingPoints += 1;
      if (faults.length > 0) figures.corrupt += 1;
      if (figures.faults.length < keptFaults) {
        figures.faults.push(...faults.map((fault) => `operation ${cut}, ${fate}: ${fault}`));
      }
      rmSync(place, { recursive: true, force: true });
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return figures;

  function judgeAt(cut: number, place: string) {
    try {
      return confirmed.judge(cut, options.recover(place));
    } catch (error) {
      return { accepted: 0, lost: 0, faults: [error instanceof Error ? error.message : String(error)] };
    }
  }
}
