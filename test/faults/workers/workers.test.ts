// F21 and F4 with real worker programs on a real PostgreSQL and mosquitto: one dies, one is frozen and wakes up too late.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { untilCalm } from './worker-faults.ts';
import { openWorkerWorld, type WorkerWorld } from './worker-world.ts';

let world: WorkerWorld;
let telling: NodeJS.Timeout;
beforeAll(async () => {
  world = await openWorkerWorld({ design: 'ours', broker: 'mosquitto', workers: 2, terminals: 8 });
  telling = setInterval(() => world.terminals.tell(), 5);
}, 60_000);
afterAll(async () => {
  clearInterval(telling);
  await world.close();
});

const patience = { timeout: 30_000, interval: 50 };
/** How many shards each worker that is alive has, most first. */
const shares = async () => {
  const rows = await world.ask(`select w.worker, count(l.shard)::int as n
    from worker w left join shard_lease l on l.worker = w.worker and l.shard <> 'leader'
    where w.until_ms > extract(epoch from clock_timestamp()) * 1000 group by w.worker order by n desc`);
  return rows.map(({ n }) => n);
};
const applied = async () => {
  const [row] = await world.ask('select count(*)::int as n from fact');
  return Number(row?.['n']);
};
const moves = async () => {
  const before = await applied();
  await vi.waitFor(async () => expect(await applied()).toBeGreaterThan(before + 100), patience);
};
const lostAndDoubled = { lost: 0, doubled: 0, disordered: 0, wrongMarks: 0, refused: 0 };

describe('workers', () => {
  it('F21 IN14 one is killed in mid-stream, another takes over, and order and marks hold', async () => {
    await vi.waitFor(async () => expect(await shares()).toEqual([32, 32]), patience);
    await moves();
    await world.workers[0]?.kill();
    await vi.waitFor(async () => expect(await shares()).toEqual([64]), patience);
    await moves();
    await world.workers[0]?.start();
    await vi.waitFor(async () => expect(await shares()).toEqual([32, 32]), patience);
    await moves();
  }, 120_000);

  it('F4 IN14 one that is frozen past its leases applies nothing when it wakes, says so, and serves again', async () => {
    await world.workers[1]?.freeze();
    await vi.waitFor(async () => expect(await shares()).toEqual([64]), patience);
    await moves();
    await world.workers[1]?.thaw();
    await vi.waitFor(
      () =>
        expect(world.log()).toContainEqual(
          expect.objectContaining({ event: 'lease-lost', code: 'hq-lease-lost' }),
        ),
      patience,
    );
    await vi.waitFor(async () => expect(await shares()).toEqual([32, 32]), patience);
    await moves();
  }, 120_000);

  it('F4 F21 in the end every fact is there once, in the order in which its terminal told it', async () => {
    clearInterval(telling);
    await untilCalm(world);
    const verdict = await world.verdict();
    expect(verdict).toMatchObject(lostAndDoubled);
    expect(verdict.accepted).toBeGreaterThan(400);
    expect(world.log().filter(({ event }) => event === 'unforeseen')).toEqual([]);
  }, 60_000);
});
