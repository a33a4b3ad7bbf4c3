// What both databases must do for headquarters: keep what they confirmed, all or nothing, and say when they cannot.
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ReplicaWatch } from '../../../sync/headquarters/backup/replica-watch.ts';
import { GatheredWrites } from '../../../sync/headquarters/store/gathered-writes.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import type { Store, Tx } from '../../../sync/headquarters/store/store.ts';
import { type Postgres, startPostgres } from '../../simulators/postgres.ts';
import { freshStore, storeKinds } from './store-kinds.ts';
import { ackOf, checkIn, fact, openWorldAt, send } from './world.ts';

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});
async function open(url: string): Promise<Store> {
  const store = await openStore(url);
  stores.push(store);
  return store;
}

describe.each(storeKinds)('the store on %s', (kind) => {
  it('what many write at the same time is committed together, in order, and refused together', async () => {
    const store = await open((await freshStore(kind)).url);
    const writes = new GatheredWrites(store);
    const put = (name: string, value: string) =>
      writes.write((tx) =>
        tx
          .insertInto('mark')
          .values({ name, value })
          .onConflict((it) => it.column('name').doUpdateSet({ value }))
          .execute(),
      );
    const together = [put('a', 'first'), put('b', 'x'), put('a', 'second')];
    expect(new Set(together).size).toBe(1);
    await Promise.all(together);
    const all = () => store.db.selectFrom('mark').select(['name', 'value']).orderBy('name').execute();
    const written = [
      { name: 'a', value: 'second' },
      { name: 'b', value: 'x' },
    ];
    expect(await all()).toEqual(written);
    const fault = new Error('the disk is full');
    const failing = [put('a', 'third'), writes.write(() => Promise.reject(fault))];
    for (const each of failing) await expect(each).rejects.toThrow(fault);
    expect(await all()).toEqual(written);
    await put('c', 'x');
    expect((await all()).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('IN1: keeps all of a transaction or nothing, and tells of a change only after the commit', async () => {
    const store = await open((await freshStore(kind)).url);
    const told: string[] = [];
    const write = (name: string, end: () => void) =>
      store.transaction(async (tx) => {
        await store.insert(tx, 'mark', [{ name, value: 'x' }]);
        store.afterCommit(tx, () => told.push(name));
        expect(told).not.toContain(name);
        end();
      });
    await write('kept', () => {});
    const refused = write('dropped', () => {
      throw new Error('changed our mind');
    });
    await expect(refused).rejects.toThrow('changed our mind');
    expect(told).toEqual(['kept']);
    expect(await store.db.selectFrom('mark').select('name').execute()).toEqual([{ name: 'kept' }]);
  });

  it('IN1: keeps words to the letter, many rows at once, and half a character as the one that stands for it', async () => {
    const store = await open((await freshStore(kind)).url);
    const words = ['“\'"\\ {},\n\t', '下水管周围渗漏 😀', '\\ud83d', '{"a":"\\ud83d"}', ''];
    const rows = [...Array(1_200).keys()].map((n) => ({
      name: `${n}`,
      value: words[n % words.length] ?? '',
    }));
    await store.transaction((tx) => store.insert(tx, 'mark', rows));
    const kept = await store.db.selectFrom('mark').selectAll().execute();
    const byNumber = kept.toSorted((a, b) => Number(a.name) - Number(b.name));
    expect(byNumber).toEqual(rows);
    await store.transaction((tx) =>
      store.insert(tx, 'mark', [{ name: 'half', value: '渗\ud83d漏' }, ...rows.slice(0, 5)], {
        onConflict: { keys: ['name'] },
      }),
    );
    const half = await store.db.selectFrom('mark').select('value').where('name', '=', 'half').execute();
    expect(half).toEqual([{ value: '渗\ufffd漏' }]);
  });

  it('IN15: transactions in each other’s way all come through, once', async () => {
    const store = await open((await freshStore(kind)).url);
    const names = ['a', 'b', 'c'];
    await store.transaction((tx) =>
      store.insert(
        tx,
        'mark',
        names.map((name) => ({ name, value: '' })),
      ),
    );
    const append = async (tx: Tx, name: string, word: string): Promise<void> => {
      const query = tx.selectFrom('mark').select('value').where('name', '=', name);
      const { value } = await store.locked(query).executeTakeFirstOrThrow();
      await tx
        .updateTable('mark')
        .set({ value: `${value}${word}` })
        .where('name', '=', name)
        .execute();
    };
    // every other one takes the rows the other way round: deadlocks, where there are locks
    await Promise.all(
      Array.from({ length: 4 }, (_, n) =>
        store.transaction(async (tx) => {
          for (const name of n % 2 === 0 ? names : names.toReversed()) await append(tx, name, String(n));
        }),
      ),
    );
    for (const { value } of await store.db.selectFrom('mark').select('value').execute()) {
      expect([...value].sort().join('')).toBe('0123');
    }
  });

  it('refuses a database of a newer version', async () => {
    const { url } = await freshStore(kind);
    const store = await openStore(url);
    await store.db.insertInto('migration').values({ name: 'headquarters-99' }).execute();
    await store.close();
    await expect(openStore(url)).rejects.toMatchObject({ code: 'sync-store-newer' });
  });

  it('sorts keys by their bytes, and keeps every text as it is', async () => {
    const store = await open((await freshStore(kind)).url);
    const keys = ['Z', 'a', 'ä', '中', '\u{1f600}', 'a/b', 'a-b', 'é'];
    const version = Number.MAX_SAFE_INTEGER;
    const rows = keys.map((name) => ({ name, version }));
    await store.transaction((tx) => store.insert(tx, 'dataset_version', rows));
    const kept = await store.db.selectFrom('dataset_version').selectAll().orderBy('name').execute();
    const byBytes = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(kept).toEqual(byBytes.map((name) => expect.objectContaining({ name, version })));
  });

  it('IN14: whoever is silent in a transaction for too long loses it, unless that was allowed', async () => {
    const { url } = await freshStore(kind);
    const store = await openStore(url, { frozenMs: 50 });
    stores.push(store);
    const slow = (name: string, isAllowed: boolean) =>
      store.transaction(async (tx) => {
        if (isAllowed) await store.allowSilence(tx);
        await setTimeout(300);
        await store.insert(tx, 'mark', [{ name, value: '' }]);
      });
    await slow('allowed', true);
    if (kind === 'postgres') await expect(slow('frozen', false)).rejects.toThrow();
    expect(await store.db.selectFrom('mark').select('name').execute()).toEqual([{ name: 'allowed' }]);
  });
});

describe('PostgreSQL as the store', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.close());

  it('F8: what was acked outlives a server that stops dead at any moment; sent again, nothing is doubled', async () => {
    let world = await openWorldAt(await postgres.freshDatabase());
    const facts = Array.from({ length: 60 }, (_, n) => fact(n + 1, n % 7 === 0 ? checkIn(`m${n}`) : {}));
    let acked = 0;
    for (let round = 0; acked < facts.length; round += 1) {
      // from the last ack, as a terminal does; now and then the server dies under it
      const killing = round % 3 === 2 ? postgres.kill() : undefined;
      const [answer] = await Promise.allSettled([send(world, facts.slice(acked, acked + 5))]);
      if (answer.status === 'fulfilled') acked = ackOf(answer.value).applied;
      if (!killing) continue;
      await killing;
      await postgres.start();
      world = await world.reopen();
      const stream = await world.store.db.selectFrom('stream').select('applied').executeTakeFirst();
      expect(stream?.applied ?? 0).toBeGreaterThanOrEqual(acked);
    }
    const kept = await world.store.db.selectFrom('fact').select('seq').orderBy('n').execute();
    expect(kept.map(({ seq }) => seq)).toEqual(facts.map(({ seq }) => seq));
    await world.remove();
  });

  it('IN9: with a replica, facts are safe when it has them on disk, and not while it is away', async () => {
    const world = await openWorldAt(await postgres.freshDatabase());
    let alone = 0;
    const watch = new ReplicaWatch({
      store: world.store,
      onAlone: () => {
        alone += 1;
      },
      onFault: (error) => {
        throw error;
      },
    });
    const safeAfter = async (seq: number) => ackOf(await send(world, [fact(seq)])).safe;
    await send(world, [fact(1)]);
    await watch.look();
    expect({ alone, safe: await safeAfter(2) }).toEqual({ alone: 1, safe: 0 });
    const standby = await postgres.startStandby();
    // what was seen before the standby came is looked at first
    for (let safe = 0; safe < 2; ) {
      await watch.look();
      safe = (await world.store.db.selectFrom('stream').select('safe').executeTakeFirst())?.safe ?? 0;
    }
    await standby.close();
    await safeAfter(3);
    await watch.look();
    expect(await safeAfter(4)).toBe(2);
    await world.remove();
  });

  it.each([{ fsync: 'off' }, { synchronous_commit: 'off' }, { full_page_writes: 'off' }])(
    'refuses a server with %o',
    async (setting) => {
      const unsafe = await startPostgres(setting);
      try {
        await expect(openStore(await unsafe.freshDatabase())).rejects.toMatchObject({
          code: 'hq-store-unsafe',
          message: expect.stringContaining(Object.keys(setting)[0] ?? ''),
        });
      } finally {
        await unsafe.close();
      }
    },
  );

  it('a server that is not there, or lets nobody in, is a coded sentence without the password', async () => {
    for (const url of ['postgres://u:geheim@127.0.0.1:1/x', `${await postgres.freshDatabase()}-not`]) {
      await expect(openStore(url)).rejects.toMatchObject({
        code: 'hq-store-unreachable',
        message: expect.not.stringContaining('geheim'),
      });
    }
  });
});
