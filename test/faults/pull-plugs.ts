// Runs one proof: swipes without pause while the plan pulls plugs, then waits for calm and judges.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Party } from './child.ts';
import type { FaultRound, PartyName } from './fault-plan.ts';
import { judge, type Verdict } from './oracle.ts';
import type { BrokerName, MakeWorld, World, WorldOptions } from './world.ts';

export interface PullPlugsResult extends Verdict {
  /** set aside at headquarters, visible */
  readonly refused: number;
  readonly kills: number;
  readonly freezes: number;
}

/** Enough to be in the middle of something at every moment, and no more than a slow broker can queue. */
const swipeEveryMs = 2;
/** Calm that lasts this long without progress is all that will come. */
const calmMs = 30_000;

/** @throws when a party cannot be started again: that is a failure of the proof, not of the design */
export async function pullPlugs(
  make: MakeWorld,
  broker: BrokerName,
  plan: readonly FaultRound[],
  options: Pick<WorldOptions, 'isBrokerWiped' | 'store'> = {},
): Promise<PullPlugsResult> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-proof-'));
  const accepted: string[] = [];
  const end = new AbortController();
  let world: World | undefined;
  try {
    world = await make({ broker, folder, ...options });
    const swiping = keepSwiping(world, accepted, end.signal);
    let kills = 0;
    let freezes = 0;
    for (const round of plan) {
      await play(world, round);
      kills += round.hits.filter(({ kind }) => kind !== 'freeze').length;
      freezes += round.hits.filter(({ kind }) => kind === 'freeze').length;
    }
    end.abort();
    await swiping;
    await untilCalm(world);
    const { ids, setAside } = await world.arrivals();
    return { ...judge(accepted, ids), refused: setAside, kills, freezes };
  } finally {
    end.abort();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(world: World, round: FaultRound): Promise<void> {
  await sleep(round.waitMs);
  const isFrozen = new Set<string>();
  for (const { party, kind, gapMs } of round.hits) {
    await sleep(gapMs);
    if (kind === 'freeze') {
      partyOf(world, party).freeze();
      isFrozen.add(party);
    } else {
      await partyOf(world, party).kill();
      if (kind === 'wipe') partyOf(world, party).wipe?.();
    }
  }
  await sleep(round.outageMs);
  const starting: Promise<void>[] = [];
  for (const party of round.returns) {
    if (isFrozen.has(party)) partyOf(world, party).thaw();
    else starting.push(partyOf(world, party).start());
  }
  await Promise.all(starting);
}

function partyOf({ parties }: World, name: PartyName): Party {
  const party = parties[name];
  if (!party) throw new Error(`this world has no ${name}`);
  return party;
}

async function keepSwiping(world: World, accepted: string[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const id = await world.swipe();
    if (id !== undefined) accepted.push(id);
    await sleep(id === undefined ? 20 : swipeEveryMs);
  }
}

async function untilCalm(world: World): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let progressAt = performance.now();
  while (least > 0 && performance.now() - progressAt < calmMs) {
    const waiting = await world.waiting();
    if (waiting !== undefined && waiting < least) {
      least = waiting;
      progressAt = performance.now();
    }
    await sleep(50);
  }
  // who deletes on the broker's word is done before headquarters has everything; be fair and give it time
  await sleep(1_500);
}
