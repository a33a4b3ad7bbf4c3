// Batches of many terminals at once: they share transactions and publications, and none suffers for another.
import { brotliCompressSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { Gathering } from '../../../sync/headquarters/gathering.ts';
import { HeadquartersError } from '../../../sync/headquarters/headquarters-error.ts';
import { buildParts } from '../../../sync/headquarters/parts.ts';
import { allShards } from '../../../sync/headquarters/workers/shards.ts';
import { someOpener, someSealer } from '../some-keys.ts';
import { storeKinds } from './store-kinds.ts';
import {
  ackOf,
  batchOf,
  checkIn,
  fact,
  filing,
  fleetKey,
  makeWorld,
  now,
  send,
  type World,
} from './world.ts';

let world: World;
const halls = Array.from({ length: 20 }, (_, n) => `hall-${n + 1}`);
const publications = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from dataset_version
    where name = 'requests'`.execute(world.store.db);
  return Number(rows[0]?.n);
};

describe.each(storeKinds)('intake of many terminals on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterEach(() => world.remove());

  it('IN1 IN4: each is acked for itself, at versions that show its effects, and few publications serve all', async () => {
    const before = await publications();
    const acks = await Promise.all(
      halls.map(async (hall) => ackOf(await send(world, [fact(1, filing()), fact(2)], hall))),
    );
    expect(acks.map(({ applied }) => applied)).toEqual(halls.map(() => 2));
    expect(await world.service.list(100)).toHaveLength(20);
    const { requests } = await world.publication.versions();
    expect(Math.max(...acks.map(({ visible }) => visible.requests))).toBe(requests);
    expect((await publications()) - before).toBeLessThan(halls.length / 2);
  });

  it('IN1: the same check-in from all of them counts once', async () => {
    await Promise.all(halls.map((hall) => send(world, [fact(1, checkIn('m1'))], hall)));
    expect((await world.desk.member('m1'))?.points).toBe(210);
    expect(await world.desk.factCount()).toBe(20);
  });

  it('IN5: one with a fact that fails is set right by itself, the others are not touched', async () => {
    await sql`create unique index one_hall_each on request(terminal)`.execute(world.store.db);
    const results = await Promise.all(
      halls.map((hall) =>
        send(world, hall === 'hall-7' ? [fact(1, filing()), fact(2, filing())] : [fact(1, filing())], hall),
      ),
    );
    expect(results.map((result) => ackOf(result).applied)).toEqual(
      halls.map((hall) => (hall === 'hall-7' ? 2 : 1)),
    );
    expect(results.flatMap(({ deadLetters }) => deadLetters)).toEqual(['effect-failed']);
    expect(await world.service.list(100)).toHaveLength(20);
  });

  it('IN5: one with words nested too deep to be written down is set aside, the others are not touched', async () => {
    const depth = 500_000;
    const deep = JSON.stringify(batchOf([fact(1), fact(2)], 'hall-7')).replace(
      '"boot-1"',
      `${'['.repeat(depth)}${']'.repeat(depth)}`,
    );
    const frame = Buffer.concat([Buffer.of(1), brotliCompressSync(deep)]);
    const results = await Promise.all(
      halls.map((hall) =>
        hall === 'hall-7'
          ? world.intake.receive(hall as TerminalId, frame)
          : send(world, [fact(1), fact(2)], hall),
      ),
    );
    expect(results.map((result) => ackOf(result).applied)).toEqual(halls.map(() => 2));
    expect(results.flatMap(({ deadLetters }) => deadLetters)).toEqual(['fact-shape']);
  });

  it('IN14: one that belongs to another worker now is refused alone', async () => {
    const shards = {
      ...allShards,
      assertMine: async (_tx: unknown, terminal: TerminalId) => {
        if (terminal === 'hall-3') throw new HeadquartersError('hq-lease-lost', 'it went');
      },
    };
    const limits = { undoMs: 1, keptFrames: 1 };
    const parts = buildParts({
      store: world.store,
      opener: someOpener,
      sealer: someSealer,
      fleetKey,
      shards,
      now,
      limits,
      onChange: () => {},
    });
    const results = await Promise.allSettled(halls.map((hall) => send(parts, [fact(1)], hall)));
    const refused = results.flatMap((result, n) => (result.status === 'rejected' ? [halls[n]] : []));
    expect(refused).toEqual(['hall-3']);
    expect(await world.desk.factCount()).toBe(19);
  });
});

describe('gathering', () => {
  it('what comes while others are at work is done together, in order, within the limits', async () => {
    const lots: string[][] = [];
    let release = (): void => {};
    const first = new Promise<void>((resolve) => {
      release = resolve;
    });
    const gathering = new Gathering<string, string>({
      lanes: 1,
      mostItems: 3,
      mostWeight: 10,
      weigh: ({ length }) => length,
      work: async (items) => {
        lots.push([...items]);
        if (lots.length === 1) await first;
        if (items.includes('broken')) throw new Error('broken');
        return items.map((item) => ({ status: 'fulfilled', value: item.toUpperCase() }));
      },
    });
    const all = ['a', 'b', 'c', 'd', 'eeeeeeeeeeeeee', 'f', 'broken', 'g'].map((item) => gathering.add(item));
    release();
    const results = await Promise.allSettled(all);
    expect(lots).toEqual([['a'], ['b', 'c', 'd'], ['eeeeeeeeeeeeee'], ['f', 'broken', 'g']]);
    expect(results.map(({ status }) => status)).toEqual([
      ...Array<string>(5).fill('fulfilled'),
      ...Array<string>(3).fill('rejected'),
    ]);
    expect(await gathering.add('h')).toBe('H');
  });
});
