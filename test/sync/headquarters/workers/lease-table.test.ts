// Leases in a real PostgreSQL: who holds which shard, how it changes hands, and what an old holder can still do.
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TerminalId } from '../../../../sync/contract/ids.ts';
import { shardNames, shardOf } from '../../../../sync/contract/topics.ts';
import { openStore } from '../../../../sync/headquarters/store/open-store.ts';
import { leaderLease } from '../../../../sync/headquarters/store/schema.ts';
import type { Store } from '../../../../sync/headquarters/store/store.ts';
import { LeaseTable, listWorkers, shareOf } from '../../../../sync/headquarters/workers/lease-table.ts';
import { LeasedShards } from '../../../../sync/headquarters/workers/leased-shards.ts';
import type { Holding } from '../../../../sync/headquarters/workers/shards.ts';
import { freshStore } from '../store-kinds.ts';

/** Nothing ends by itself in a test: time passes when `age` says so. */
const leaseMs = 600_000;
let store: Store;
beforeEach(async () => {
  store = await openStore((await freshStore('postgres')).url, { frozenMs: 5_000 });
});
afterEach(() => store.close());

const table = (name: string) => new LeaseTable(store, name, leaseMs);
/** As if a worker had been silent for so long that its leases ended. */
const age = async (worker: string, { db } = store) => {
  await sql`update worker set until_ms = 1 where worker = ${worker}`.execute(db);
  await sql`update shard_lease set until_ms = 1 where worker = ${worker}`.execute(db);
};
const shardsOf = (held: ReadonlyMap<string, number>) => [...held.keys()].filter((it) => it !== leaderLease);

describe('the lease table', () => {
  it('IN14 one worker alone gets everything, under a new fence', async () => {
    const { workers, held } = await table('a').beat(true);
    expect(workers).toBe(1);
    expect(new Set(held.keys())).toEqual(new Set([...shardNames, leaderLease]));
    expect(new Set(held.values())).toEqual(new Set([1]));
  });

  it('IN14 what is held is renewed under the same fence, and nobody else gets it', async () => {
    const [a, b] = [table('a'), table('b')];
    const first = await a.beat(true);
    expect((await b.beat(true)).held.size).toBe(0);
    expect((await a.beat(true)).held).toEqual(first.held);
  });

  it('IN14 two workers share, and one that hears no terminals takes nothing', async () => {
    const [a, b, deaf] = [table('a'), table('b'), table('deaf')];
    expect((await deaf.beat(false)).held.size).toBe(0);
    await b.beat(false);
    await a.beat(true);
    await a.giveBack(shardNames.slice(0, 40));
    const { held, workers } = await b.beat(true);
    expect(workers).toBe(2);
    expect(shardsOf(held)).toHaveLength(32);
    expect([...held.values()].every((fence) => fence === 2)).toBe(true);
    expect(shardsOf((await a.beat(true)).held)).toHaveLength(32);
    expect(await listWorkers(store)).toEqual([
      { worker: 'a', shards: 32, isLeader: true, isBrokerUp: true },
      { worker: 'b', shards: 32, isLeader: false, isBrokerUp: true },
      { worker: 'deaf', shards: 0, isLeader: false, isBrokerUp: false },
    ]);
  });

  it('IN14 leases that ended go to another under a higher fence, the leader’s too', async () => {
    const [a, b] = [table('a'), table('b')];
    await a.beat(true);
    await age('a');
    const { workers, held } = await b.beat(true);
    expect(workers).toBe(1);
    expect(held.size).toBe(65);
    expect(new Set(held.values())).toEqual(new Set([2]));
    // it comes back and finds that nothing is its own
    expect((await a.beat(true)).held.size).toBe(0);
  });

  it('IN14 who was silent too long but was not missed goes on under its fence', async () => {
    const a = table('a');
    const { held } = await a.beat(true);
    await age('a');
    expect((await a.beat(true)).held).toEqual(held);
  });

  it('IN14 a transaction under the fence keeps the shard until its end, and a renewal need not wait for it', async () => {
    const [a, b] = [table('a'), table('b')];
    await a.beat(true);
    await store.transaction(async (tx) => {
      expect(await a.isHeld(tx, '07', 1)).toBe(true);
      expect((await a.beat(true)).held.get('07')).toBe(1);
      await age('a');
      const { held } = await b.beat(true);
      expect(held.has('07')).toBe(false);
      expect(held.size).toBe(64);
    });
    expect((await b.beat(true)).held.get('07')).toBe(2);
    expect(await store.transaction((tx) => a.isHeld(tx, '07', 1))).toBe(false);
  });

  it('IN14 F4 one that is frozen in the midst of a transaction is thrown out of it by the database', async () => {
    const impatient = await openStore((await freshStore('postgres')).url, { frozenMs: 500 });
    let release = (): void => {};
    const frozen = new Promise<void>((resolve) => {
      release = resolve;
    });
    const a = new LeaseTable(impatient, 'a', leaseMs);
    await a.beat(true);
    const stuck = impatient
      .transaction(async (tx) => {
        await a.isHeld(tx, '07', 1);
        await frozen;
        await sql`select 1`.execute(tx);
      })
      .then(
        () => 'committed',
        () => 'thrown out',
      );
    const others = new LeaseTable(impatient, 'b', leaseMs);
    await age('a', impatient);
    await expect.poll(async () => (await others.beat(true)).held.has('07'), { timeout: 10_000 }).toBe(true);
    release();
    expect(await stuck).toBe('thrown out');
    await impatient.close();
  });

  it('IN14 many that beat at once share everything out, and nothing has two holders', async () => {
    const all = Array.from({ length: 6 }, (_, n) => table(`w${n}`));
    for (const one of all) await one.beat(false);
    // they come to know of each other; each takes at most its share of how many there are
    await Promise.all(all.map((one) => one.beat(true)));
    const beats = await Promise.all(all.map((one) => one.beat(true)));
    const names = beats.flatMap(({ held }) => [...held.keys()]);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(65);
  });

  it('IN14 a share is never too small for all shards to be held', () => {
    for (let workers = 1; workers <= 70; workers += 1) {
      expect(shareOf(workers) * workers).toBeGreaterThanOrEqual(64);
    }
  });
});

describe('leased shards', () => {
  const terminal = 'hall-1' as TerminalId;
  const make = async (name: string, isAble: () => boolean = () => true) => {
    const seen: Holding[] = [];
    const faults: number[] = [];
    const shards = new LeasedShards({ table: table(name), leaseMs, onFault: () => void faults.push(1) });
    await shards.start(async (holding) => void seen.push(holding), isAble);
    return { shards, seen, faults, last: () => seen.at(-1) };
  };

  it('IN14 F4 one that woke up after another took over can do nothing, and lets go', async () => {
    const a = await make('a');
    expect(a.shards.isMine(terminal)).toBe(true);
    await store.transaction((tx) => a.shards.assertMine(tx, terminal));
    await age('a');
    const b = await make('b');
    expect(b.last()).toMatchObject({ isLeader: true });
    // nothing has told it yet
    expect(a.shards.isMine(terminal)).toBe(true);
    await expect(store.transaction((tx) => a.shards.assertMine(tx, terminal))).rejects.toMatchObject({
      code: 'hq-lease-lost',
    });
    await expect.poll(() => a.last()).toEqual({ shards: [], isLeader: false });
    expect(a.shards.isMine(terminal)).toBe(false);
    await store.transaction((tx) => b.shards.assertMine(tx, terminal));
    await Promise.all([a.shards.close(), b.shards.close()]);
  });

  it('IN14 gives back what is beyond its share when another has come to stay', async () => {
    const a = await make('a');
    const b = await make('b');
    // nothing is left for it yet
    expect(b.last()).toBeUndefined();
    // the second beat with the same number: it stays
    await expect
      .poll(() => {
        a.shards.check();
        return a.last()?.shards.length;
      })
      .toBe(32);
    await expect
      .poll(() => {
        b.shards.check();
        return b.last()?.shards.length;
      })
      .toBe(32);
    expect(a.last()?.isLeader).toBe(true);
    await a.shards.close();
    await expect
      .poll(() => {
        b.shards.check();
        return b.last();
      })
      .toMatchObject({ isLeader: true });
    expect(b.last()?.shards).toHaveLength(64);
    await b.shards.close();
    expect(await listWorkers(store)).toEqual([]);
  });

  it('IN14 without a broker it gives everything back, not at the first beat, and takes it again', async () => {
    let isAble = true;
    const a = await make('a', () => isAble);
    const beats = async (length: number) =>
      await expect
        .poll(() => {
          a.shards.check();
          return a.last()?.shards.length;
        })
        .toBe(length);
    isAble = false;
    await beats(0);
    expect((await listWorkers(store))[0]).toMatchObject({ shards: 0, isLeader: false });
    isAble = true;
    await beats(64);
    expect(a.shards.isMine(terminal)).toBe(true);
    expect(shardOf(terminal)).toMatch(/^\d\d$/);
    await a.shards.close();
  });
});
