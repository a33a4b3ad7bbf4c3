// Virtual weeks of a fleet, one a seed, with every accident there is; and the same weeks with a design that is bad in one way.
import type { WorldResult } from '../../simulators/sync-world/sync-world.ts';
import { type Counts, countsOf, type RunOptions, type RunResult } from '../run-result.ts';
import { runWorlds } from './run-worlds.ts';

/** What each control leaves out; every one must lose. */
const flawsByName = {
  "deletes on the broker's PUBACK": { trustsPuback: true },
  'never begins a new epoch': { neverRenews: true },
  'keeps nothing that headquarters has': { hasNoRing: true },
} as const;
/** Not every week holds the accident that a control needs: it lives on until it loses, and no longer. */
const weeksAtOnce = 2;
const mostWeeksOfControl = 24;
const shownSeeds = 5;

/** One round is one week. */
export async function proveSimulation({ seed, rounds }: RunOptions): Promise<RunResult> {
  const sum = {
    accepted: 0,
    applied: 0,
    lost: 0,
    doubled: 0,
    unexpected: 0,
    disordered: 0,
    stuck: 0,
    excused: 0,
  };
  const names = Object.keys(sum) as (keyof typeof sum)[];
  const failed: WorldResult[] = [];
  let faults = 0;
  await runWorlds(seeds(seed, rounds), (result) => {
    for (const name of names) sum[name] += result[name];
    for (const count of Object.values(result.faults)) faults += count;
    if (!result.ok) failed.push(result);
  });
  const controls = await runControls(seed);
  const isLosing = controls.every(({ counts }) => counts.lost > 0);
  // what headquarters did not take would stand among the lost and the stuck
  const ours = countsOf({ ...sum, refused: 0 });
  return {
    fault: 'simulation',
    ok: failed.length === 0 && sum.accepted > 0 && isLosing,
    headline: `simulation: ${rounds} weeks of 50 terminals, ${faults} accidents`,
    outcomes: [
      {
        who: 'ours',
        counts: ours,
        note: `unexpected ${sum.unexpected}  disordered ${sum.disordered}  stuck ${sum.stuck}`,
      },
      ...controls.map(({ name, counts }) => ({
        who: `control (${name})`,
        counts,
        provesNothing: counts.lost === 0,
      })),
    ],
    details: [
      `${sum.excused} facts stood only on cards or backups that were destroyed, and are not counted as lost`,
      ...failed
        .slice(0, shownSeeds)
        .map(
          (result) =>
            `seed ${result.seed} failed: ${result.examples.join(', ')}; alone: --only simulation --seed ${result.seed} --rounds 1`,
        ),
    ],
    figures: {
      weeks: rounds,
      faults,
      ...sum,
      control: {
        lost: Object.fromEntries(controls.map(({ name, counts }) => [name, counts.lost])),
        mustLose: true,
      },
    },
  };
}

function* seeds(from: number, count: number): Generator<{ readonly seed: number }> {
  for (let n = 0; n < count; n += 1) yield { seed: from + n };
}

async function runControls(
  seed: number,
): Promise<readonly { readonly name: string; readonly counts: Counts }[]> {
  const found: { name: string; counts: Counts }[] = [];
  for (const [name, flaws] of Object.entries(flawsByName)) {
    const counts = { accepted: 0, applied: 0, lost: 0, doubled: 0, refused: 0 };
    for (let from = 0; from < mostWeeksOfControl && counts.lost === 0; from += weeksAtOnce) {
      const weeks = [...seeds(seed + from, weeksAtOnce)].map((week) => ({ ...week, flaws }));
      await runWorlds(weeks, (result) => {
        counts.accepted += result.accepted;
        counts.applied += result.applied;
        counts.lost += result.lost;
        counts.doubled += result.doubled;
      });
    }
    found.push({ name, counts });
  }
  return found;
}
