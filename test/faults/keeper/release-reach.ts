// How many of a thousand terminals a bad release reaches before its rollout stops by itself; and how many where "written" counts as "serves".
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildParts } from '../../../sync/headquarters/parts.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import { setOnline } from '../../sync/headquarters/fleet/fleet-devices.ts';
import { RolloutWorld, type Taking } from '../../sync/headquarters/fleet/rollout-world.ts';
import { someOpener, someSealer } from '../../sync/some-keys.ts';

export interface Reach {
  readonly fleet: number;
  /** of the kind that reached most */
  readonly most: number;
  /** rollouts that did not stop by themselves */
  readonly running: number;
  readonly control: number;
}

const kinds: readonly Taking[] = ['crash', 'http-500', 'hang', 'white-screen', 'reader-lost', 'dead', 'mute'];
const startMs = Date.parse('2026-03-01T08:00:00.000Z');
/** until three heartbeats of a silent one are over, and longer */
const minutes = 40;
const controlFleet = 100;

/** @param fleet devices; the first three are of the lab */
export async function reachOfBadReleases(fleet: number): Promise<Reach> {
  const reached: number[] = [];
  let running = 0;
  await withFleet(fleet, async (world, devices) => {
    for (const [n, kind] of kinds.entries()) {
      await world.list(n + 2);
      await begin(world, n + 2);
      await world.pass(minutes, () => kind);
      reached.push(world.reachedBy(n + 2));
      if ((await world.rollouts.list(1))[0]?.state !== 'halted') running += 1;
      await setOnline(world.world, devices, true);
      await world.pass(1);
    }
  });
  const control = await reachWithoutGate();
  return { fleet, most: Math.max(...reached), running, control };
}

/** An updater that reports what it has written: nobody hears that it does not serve. */
async function reachWithoutGate(): Promise<number> {
  let reached = 0;
  await withFleet(controlFleet, async (world) => {
    await world.list(2);
    await begin(world, 2);
    await world.pass(2 * minutes, () => 'serves');
    reached = world.reachedBy(2);
  });
  return reached;
}

async function begin(world: RolloutWorld, seq: number): Promise<void> {
  const done = await world.rollouts.start({ account: 'anna' }, seq);
  if (done.kind !== 'done') throw new Error(`the rollout was refused: ${done.code}`);
}

async function withFleet(
  count: number,
  work: (world: RolloutWorld, devices: readonly string[]) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-reach-'));
  const store = await openStore(`sqlite:${join(folder, 'headquarters.sqlite')}`);
  try {
    const parts = buildParts({
      store,
      opener: someOpener,
      sealer: someSealer,
      fleetKey: Buffer.alloc(32, 7),
      now: () => new Date(startMs),
      limits: { undoMs: 30_000, keptFrames: 3 },
      onChange: () => {},
    });
    const world = new RolloutWorld(parts, startMs);
    const devices = Array.from({ length: count }, (_, n) => ({ id: `t${n}`, ring: n < 3 ? 'lab' : '' }));
    await world.bring(devices);
    await work(
      world,
      devices.map(({ id }) => id),
    );
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
