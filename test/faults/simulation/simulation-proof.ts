// Virtual weeks of a fleet, one a seed, with every accident there is; and the same weeks with a design that is bad in one way.
import type { WorldResult } from '../../simulators/sync-world/sync-world.ts';
import type { RunOptions, RunResult } from '../run-result.ts';
import { runWorlds } from './run-worlds.ts';

/** What each control leaves out; every one must lose. */
const controls = {
  "deletes on the broker's PUBACK": { trustsPuback: true },
  'never begins a new epoch': { neverRenews: true },
  'keeps nothing that headquarters has': { hasNoRing: true },
} as const;
const weeksOfControl = 2;
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
  const lost = await runControls(seed);
  const isLosing = Object.values(lost).every((count) => count > 0);
  return {
    fault: 'simulation',
    ok: failed.length === 0 && sum.accepted > 0 && isLosing,
    lines: [
      `simulation: ${rounds} weeks of 50 terminals, ${faults} accidents`,
      `accepted ${sum.accepted}  applied ${sum.applied}  lost ${sum.lost}  doubled ${sum.doubled}  unexpected ${sum.unexpected}  disordered ${sum.disordered}  stuck ${sum.stuck}`,
      `${sum.excused} facts stood only on cards or backups that were destroyed, and are not counted as lost`,
      ...failed
        .slice(0, shownSeeds)
        .map(
          (result) =>
            `seed ${result.seed} failed: ${result.examples.join(', ')}; alone: --seed ${result.seed} --rounds 1`,
        ),
      ...Object.entries(lost).map(
        ([name, count]) =>
          `control (${name}): lost ${count}${count > 0 ? '' : ' — it must lose, so this run proves nothing'}`,
      ),
    ],
    figures: { weeks: rounds, faults, ...sum, control: { lost, mustLose: true } },
  };
}

function* seeds(from: number, count: number): Generator<{ readonly seed: number }> {
  for (let n = 0; n < count; n += 1) yield { seed: from + n };
}

async function runControls(seed: number): Promise<Record<string, number>> {
  const lost: Record<string, number> = {};
  for (const [name, flaws] of Object.entries(controls)) {
    lost[name] = 0;
    const weeks = [...seeds(seed, weeksOfControl)].map((week) => ({ ...week, flaws }));
    await runWorlds(weeks, (result) => {
      lost[name] = (lost[name] ?? 0) + result.lost;
    });
  }
  return lost;
}
