// The proofs about disks as `npm run proof` runs them: how much a round is, and what is told of it.
import type { RunOptions, RunResult } from '../run-result.ts';
import { proveBrokenDisks } from './broken-disk.ts';
import { provePowerCuts } from './power-cut-proof.ts';

export const diskRuns: Readonly<Record<string, (options: RunOptions) => Promise<RunResult>>> = {
  'power-cut': powerCut,
  'broken-disk': brokenDisk,
};

/** 45 rounds are 675 moments, 700 are 10,500 */
const powerCutsPerRound = 15;
/** each is a program under strace, which takes a second */
const roundsPerBrokenDisk = 3;

/** Power cuts of a terminal's real store, replayed from what it really wrote: unsynced writes lost, torn and reordered. */
async function powerCut({ seed, rounds }: RunOptions): Promise<RunResult> {
  const { ok, control, faults, points, corrupt, ...counts } = await provePowerCuts(
    seed,
    Math.ceil(rounds * powerCutsPerRound),
  );
  const figures = kept(counts);
  return {
    fault: 'power-cut',
    ok,
    lines: [
      `power-cut: ${points} moments, ${corrupt} of them corrupt`,
      told(figures),
      ...faults,
      `control (synchronous=NORMAL): lost ${control.lost} of ${control.accepted}, at ${control.losingPoints} of ${control.points} moments${mustLose(control.lost)}`,
    ],
    figures: {
      points,
      corrupt,
      ...figures,
      control: { points: control.points, accepted: control.accepted, lost: control.lost, mustLose: true },
    },
  };
}

/** One write or sync of a terminal fails: nothing more is confirmed, and it comes back with all that was. */
async function brokenDisk({ seed, rounds }: RunOptions): Promise<RunResult> {
  const { ok, control, faults, points, ...counts } = await proveBrokenDisks(
    seed,
    Math.ceil(rounds / roundsPerBrokenDisk),
  );
  const figures = kept(counts);
  return {
    fault: 'broken-disk',
    ok,
    lines: [
      `broken-disk: ${points} writes and syncs failed`,
      told(figures),
      ...faults,
      `control (goes on after a failed sync): confirmed ${control.confirmedAfter} of ${control.accepted} afterwards${mustLose(control.confirmedAfter)}`,
    ],
    figures: { points, ...figures, control: { ...control, mustLose: true } },
  };
}

interface Kept {
  readonly store: 'sqlite';
  readonly accepted: number;
  readonly applied: number;
  readonly lost: number;
  readonly doubled: number;
  readonly refused: number;
}

/** Numbers are gap-free, so nothing can stand twice in a store. */
function kept({ accepted, lost }: { readonly accepted: number; readonly lost: number }): Kept {
  return { store: 'sqlite', accepted, applied: accepted - lost, lost, doubled: 0, refused: 0 };
}

function told({ accepted, applied, lost, doubled, refused }: Kept): string {
  return `accepted ${accepted}  applied ${applied}  lost ${lost}  doubled ${doubled}  refused-and-visible ${refused}`;
}

function mustLose(count: number): string {
  return count > 0 ? '' : ' — it must lose, so this run proves nothing';
}
