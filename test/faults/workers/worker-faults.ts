// Kills and freezes of workers and their database by a seed, while terminals tell facts; then calm, and the verdict.
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../fault-plan.ts';
import type { BrokerName } from '../world.ts';
import {
  leaseMs,
  openWorkerWorld,
  type WorkerDesign,
  type WorkerVerdict,
  type WorkerWorld,
} from './worker-world.ts';

export interface WorkerFault {
  /** `database` and `broker` are killed and come back empty-handed or whole, as they are; of the workers some go on */
  readonly party: 'worker' | 'database' | 'broker';
  readonly kind: 'kill' | 'freeze';
  /** which worker */
  readonly victim: number;
  readonly waitMs: number;
  readonly awayMs: number;
}

export interface WorkerFaultsResult extends WorkerVerdict {
  readonly kills: number;
  readonly freezes: number;
  /** batches that the database refused because of an old fence */
  readonly fenced: number;
}

const workers = 3;
const terminals = 12;
const tellEveryMs = 4;
/** Without progress for so long, nothing more will come; who believes its clock has lost by then what it will lose. */
const calmMs = { ours: 30_000, naive: 4_000 };

/** @param isFreezesOnly what fences are for */
export function workerFaults(seed: number, rounds: number, isFreezesOnly = false): WorkerFault[] {
  const random = seededRandom(seed);
  const between = (least: number, most: number): number => Math.floor(least + random() * (most - least + 1));
  return Array.from({ length: rounds }, (_, round) => {
    const other = round % 6 === 3 ? 'database' : round % 6 === 5 ? 'broker' : 'worker';
    const party = isFreezesOnly ? 'worker' : other;
    const isFrozen = isFreezesOnly || (party === 'worker' && round % 2 === 0);
    return {
      party,
      kind: isFrozen ? 'freeze' : 'kill',
      victim: between(0, workers - 1),
      waitMs: between(200, 1_000),
      // a frozen one wakes up when all that it held has gone to others; a killed one may be back before it is missed
      awayMs: isFrozen ? between(leaseMs * 2, leaseMs * 3) : between(100, leaseMs * 2),
    };
  });
}

/** @throws when a party cannot be started again */
export async function breakWorkers(
  design: WorkerDesign,
  broker: BrokerName,
  plan: readonly WorkerFault[],
): Promise<WorkerFaultsResult> {
  const world = await openWorkerWorld({ design, broker, workers, terminals });
  const end = new AbortController();
  try {
    const telling = keepTelling(world, end.signal);
    for (const fault of plan) await play(world, fault);
    end.abort();
    await telling;
    await untilCalm(world, calmMs[design]);
    const kills = plan.filter(({ kind }) => kind === 'kill').length;
    const fenced = world.log().filter(({ event }) => event === 'lease-lost').length;
    return { ...(await world.verdict()), kills, freezes: plan.length - kills, fenced };
  } finally {
    end.abort();
    await world.close();
  }
}

async function play({ workers: all, database, broker }: WorkerWorld, fault: WorkerFault): Promise<void> {
  await sleep(fault.waitMs);
  const party = fault.party === 'worker' ? all[fault.victim] : fault.party === 'database' ? database : broker;
  if (!party) return;
  if (fault.kind === 'freeze' && 'freeze' in party) {
    party.freeze();
    await sleep(fault.awayMs);
    party.thaw();
  } else {
    await party.kill();
    await sleep(fault.awayMs);
    await party.start();
  }
}

async function keepTelling({ terminals: some }: WorkerWorld, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    some.tell();
    await sleep(tellEveryMs);
  }
}

/** @returns when nothing waits, or nothing moves any more */
export async function untilCalm(
  { terminals: some }: Pick<WorkerWorld, 'terminals'>,
  stillMs = calmMs.ours,
): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let progressAt = performance.now();
  while (least > 0 && performance.now() - progressAt < stillMs) {
    const waiting = some.waiting();
    if (waiting < least) {
      least = waiting;
      progressAt = performance.now();
    }
    await sleep(50);
  }
}
