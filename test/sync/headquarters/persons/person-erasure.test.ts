// Who asks to be forgotten is: no word of theirs anywhere in the database, what was counted as before, and it is on record.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../../sync/headquarters/accounts/actor.ts';
import { parseDeveloper } from '../../../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../../../sync/headquarters/import.ts';
import {
  type ErasureOutcome,
  erasePerson,
  erasureOutlook,
} from '../../../../sync/headquarters/persons/person-erasure.ts';
import { nobodysTables, personalTables } from '../../../../sync/headquarters/persons/personal-columns.ts';
import { everyTable } from '../../../../sync/headquarters/store/schema.ts';
import { blank, issued, joined, newMember, profile } from '../club/joining-facts.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { checkIn, fact, fleetKey, makeWorld, now, send, type World } from '../world.ts';
import { closeAll, filing, type KnownPerson, knowPerson, secrets, wordsFound } from './known-person.ts';

const actor = {
  account: 'chen',
  name: '陈',
  roles: new Set(['manager']),
  ports: new Set(),
} as unknown as Actor;
/** What may be in the whole database before, and nowhere after. */
const { late, idKey, ...told } = secrets;

it('S48 what becomes of each column of each table when somebody is erased is decided', () => {
  const sorted = (columns: readonly string[]) => columns.toSorted((a, b) => a.localeCompare(b));
  const decided = [
    ...Object.entries(nobodysTables),
    ...Object.entries(personalTables).map(([name, { keeps, empties, searched, goes }]) => {
      const columns = [keeps, ...Object.keys(empties ?? {}), searched, goes].filter(
        (some) => some !== undefined,
      );
      return [name, columns.join(' ')] as const;
    }),
  ];
  expect(Object.fromEntries(decided.map(([name, columns]) => [name, sorted(columns.split(' '))]))).toEqual(
    Object.fromEntries(everyTable.map(({ name, columns }) => [name, sorted(Object.keys(columns))])),
  );
  // rows that say whose they are must be found by it; requests also by a telephone
  const named = everyTable.filter(({ columns }) => 'member' in columns).map(({ name }) => name);
  const found = Object.entries(personalTables).filter(([, { by }]) => by['member'] === 'member');
  expect([...found.map(([name]) => name), 'request'].sort()).toEqual(named.sort());
});

describe.each(storeKinds)('somebody who is erased, on %s', (kind) => {
  let world: World;
  let person: KnownPerson;
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
    person = await knowPerson(world);
  });
  afterEach(() => world.remove());
  const erase = async (id: string = person.id): Promise<ErasureOutcome> =>
    await erasePerson({ ...world, photos: person.photos }, actor, id, 'own-wish');
  const published = async (id: string): Promise<string[]> => {
    const rows = await world.store.db
      .selectFrom('dataset_row')
      .select('key')
      .where('body', 'like', `%"${id}"%`)
      .execute();
    return rows.map(({ key }) => key);
  };

  it('S48 is nowhere in the whole database any more: no name, number, PIN, key or own word, in any column', async () => {
    await closeAll(world);
    const before = await wordsFound(world.store, told);
    for (const which of Object.keys(told))
      expect(
        before.some((each) => each.startsWith(`${which} in `)),
        which,
      ).toBe(true);
    expect(await erase()).toMatchObject({ kind: 'erased', id: person.id });
    expect(await wordsFound(world.store, told)).toEqual([]);
    // a terminal that was away must hear that this key is nobody's any more
    expect(await wordsFound(world.store, { idKey })).toEqual(['idKey in dataset_row.key']);
    expect(await published(person.id)).toEqual([]);
    expect(await published(person.merged)).toEqual([]);
    expect(existsSync(person.file)).toBe(false);
    const letters = await world.store.db.selectFrom('dead_letter').select(['id', 'raw']).execute();
    expect(letters).toContainEqual({ id: person.refused, raw: '""' });
    if (kind !== 'sqlite') return;
    const file = world.url.slice('sqlite:'.length);
    for (const end of ['', '-wal'].filter((each) => existsSync(`${file}${each}`))) {
      const bytes = readFileSync(`${file}${end}`);
      for (const [which, word] of Object.entries(told))
        expect([end, which, bytes.includes(word)]).toEqual([end, which, false]);
    }
  });

  it('S48 is counted as before: facts, ledger, check-ins and the audit’s chain are whole, and it is on record', async () => {
    await closeAll(world);
    const count = async () => {
      const { db } = world.store;
      const [facts, ledger, requests, ratings] = await Promise.all([
        db.selectFrom('fact').select(['n', 'id', 'kind', 'hash', 'at']).orderBy('n').execute(),
        db.selectFrom('ledger').selectAll().orderBy('n').execute(),
        db
          .selectFrom('request')
          .select(['id', 'number', 'member', 'state', 'closed_at'])
          .orderBy('id')
          .execute(),
        db.selectFrom('check_in').selectAll().orderBy('fact').execute(),
      ]);
      return { facts, ledger, requests, ratings };
    };
    const before = await count();
    await erase(person.merged);
    expect(await count()).toEqual(before);
    expect(await world.audit.check()).toMatchObject({ kind: 'whole' });
    const [line] = await world.audit.list({ what: 'person-erased', limit: 5 });
    expect(line).toMatchObject({
      actor: 'chen',
      about: person.merged,
      detail: { reason: 'own-wish', ids: 2 },
    });
    const erased = await world.store.db
      .selectFrom('erasure')
      .select(['member', 'reason', 'by_account'])
      .orderBy('member')
      .execute();
    expect(erased).toEqual(
      [person.id, person.merged].sort().map((member) => ({ member, reason: 'own-wish', by_account: 'chen' })),
    );
    // nobody else lost anything
    expect(await world.persons.open(actor, 'm1')).toMatchObject({ name: '张晓明', phone: '13812341234' });
    expect(await published('m1')).not.toEqual([]);
  });

  it('S48 is refused, with what is open, while something needs them, and nothing is written; nobody is not found', async () => {
    const { store } = world;
    await closeAll(world);
    const filed = fact(13, filing(person.id));
    await send(world, [filed]);
    const words = await wordsFound(store, told);
    const w = JSON.stringify({ zh: '家', en: 'home' });
    const bought = {
      member: person.id,
      unit: 'milan-304',
      project: 'siji',
      label: w,
      reached: '[]',
      payment: w,
    };
    await store.db
      .insertInto('purchase')
      .values({
        ...{ id: 'p1', ...bought, stage: 'signing', total: 100, paid: 10, plan: '[]' },
        ...{ next_document: null, handed_over_on: null, warranty_until: null, contact_on: null },
      })
      .execute();
    await store.transaction((tx) =>
      world.sales.handOver.define(
        tx,
        {
          project: 'siji' as never,
          day: '2025-12-01',
          from: now().toISOString(),
          to: now().toISOString(),
          place: { zh: '', en: '' },
        },
        [{ unit: 'milan-304', member: person.id, label: { zh: '', en: '' } }],
      ),
    );
    const open = [
      { kind: 'request', id: filed['id'], label: 'H01-0008' },
      { kind: 'purchase', id: 'p1', label: 'milan-304' },
      { kind: 'hand-over', id: expect.any(String), label: '2025-12-01 milan-304' },
    ];
    expect(await erase()).toEqual({ kind: 'open', open });
    expect(await erasureOutlook({ store, photos: person.photos }, person.id)).toEqual({
      open,
      erasedAt: null,
    });
    expect(await wordsFound(store, told)).toEqual(words);
    expect(await store.db.selectFrom('erasure').selectAll().execute()).toEqual([]);
    expect(await world.audit.list({ what: 'person-erased', limit: 5 })).toEqual([]);
    expect(existsSync(person.file)).toBe(true);
    expect(await erase("m1' or '1'='1")).toEqual({ kind: 'unknown' });
    await closeAll(world);
    await store.db.updateTable('purchase').set({ stage: 'title', paid: 100 }).execute();
    await store.db.updateTable('hand_over').set({ closed: 'withdrawn' }).execute();
    // where nobody sees the folder, a picture would stay
    expect(await erasePerson(world, actor, person.id, 'own-wish')).toMatchObject({
      kind: 'open',
      open: [{ kind: 'photo' }],
    });
    expect(await erase()).toMatchObject({ kind: 'erased' });
  });

  it('S48 stays nobody whatever a terminal tells late, and it is kept as a fact; a file of before brings nobody back', async () => {
    await closeAll(world);
    await erase();
    const { id } = person;
    const again = filing(id);
    const result = await send(world, [
      fact(13, joined(id, { name: secrets.name, phone: secrets.phone, pin: secrets.pin, card: blank(7) })),
      fact(
        14,
        profile(person.merged, {
          phone: secrets.phone,
          birthday: secrets.birthday,
          pin: secrets.pin,
          mayContact: true,
        }),
      ),
      fact(15, issued(id, blank(10))),
      fact(16, { ...again, body: { ...again.body, number: 'H01-0010', text: late } }),
      fact(17, { ...again, body: { ...again.body, number: 'H01-0011', unit: 'milan-301', text: late } }),
      fact(18, checkIn(id, 'open-1')),
      fact(19, { kind: 'shortlist-kept', body: { member: id, units: ['milan-302'] } }),
    ]);
    expect(result).toMatchObject({ applied: 7, ack: { applied: 19 } });
    await world.club.refreshLevels();
    const { idKey: _, ...words } = secrets;
    expect(await wordsFound(world.store, words)).toEqual([]);
    expect(await published(id)).toEqual([]);
    expect(await published(blank(10))).toEqual([]);
    for (const table of ['card', 'card_event', 'identity'] as const) {
      const rows = await world.store.db
        .selectFrom(table)
        .select('member')
        .where('member', 'in', [id, person.merged])
        .execute();
      expect([table, rows]).toEqual([table, []]);
    }
    const kept = await world.store.db.selectFrom('fact').select('kind').where('seq', '>', 12).execute();
    expect(kept).toHaveLength(7);
    const member = await world.store.db
      .selectFrom('member')
      .select(['name', 'phone', 'pin'])
      .where('id', '=', id)
      .execute();
    expect(member).toEqual([{ name: '', phone: '', pin: null }]);
  });

  it('S48 leaves to somebody else of the same name what is theirs', async () => {
    await closeAll(world);
    const other = { unit: 'milan-303', buyer: secrets.name, floor_price: null, discount_limit: null };
    await world.store.db.insertInto('unit_internal').values(other).execute();
    await erase();
    expect(await wordsFound(world.store, { name: secrets.name })).toEqual(['name in unit_internal.buyer']);
    expect(
      await world.store.db
        .selectFrom('unit_internal')
        .select('unit')
        .where('buyer', 'is not', null)
        .execute(),
    ).toEqual([{ unit: 'milan-303' }]);
  });

  it('S48 is not brought back by a developer’s file that still names them', async () => {
    await closeAll(world);
    await erase('m1');
    await importDeveloper({ ...world, fleetKey, cardWidth: 'all' }, parseDeveloper(smallDeveloper(), 'test'));
    expect(await wordsFound(world.store, { name: '张晓明' })).toEqual([]);
    expect(await published('m1')).toEqual([]);
    expect(await published('m2')).not.toEqual([]);
  });

  it('S48 may join anew under the same telephone and paper, as somebody new', async () => {
    await closeAll(world);
    await erase();
    const anew = newMember();
    const { name, phone, pin } = secrets;
    await send(world, [fact(13, joined(anew, { name, phone, idKey, pin, card: blank(7) }))]);
    expect(await published(anew)).toEqual(expect.arrayContaining([`member/${anew}`, `card/${blank(7)}`]));
    expect(await world.persons.find(actor, phone, undefined, 10)).toMatchObject([{ id: anew }]);
    const { merged_into } = await world.store.db
      .selectFrom('member')
      .select('merged_into')
      .where('id', '=', anew)
      .executeTakeFirstOrThrow();
    expect(merged_into).toBeNull();
    expect(await published(person.id)).toEqual([]);
  });

  it('S48 stays nobody also when a batch of theirs is applied by another process at the same moment', async () => {
    await closeAll(world);
    const { store, erasures } = world;
    const isWaited = async (): Promise<boolean> => {
      if (kind === 'sqlite') return true;
      const { rows } =
        await sql`select 1 from pg_locks where not granted and relation = 'erasure'::regclass`.execute(
          store.db,
        );
      return rows.length > 0;
    };
    let erasing: Promise<ErasureOutcome> | undefined;
    await store.transaction(async (tx) => {
      // as intake does it: nobody was erased, so their words are kept
      expect(await erasures.among(tx, [person.id])).toEqual(new Set());
      let isOver = false;
      erasing = erase().finally(() => {
        isOver = true;
      });
      while (!isOver && !(await isWaited())) await setImmediate();
      const body = JSON.stringify(joined(person.id, { name: secrets.name, phone: secrets.phone }).body);
      const [some] = await tx
        .selectFrom('fact')
        .selectAll()
        .where('kind', '=', 'member-joined')
        .limit(1)
        .execute();
      if (!some) throw new Error('no fact');
      const { n: _, ...fields } = some;
      await tx
        .insertInto('fact')
        .values({ ...fields, id: randomUUID(), seq: 90, body })
        .execute();
    });
    expect(await erasing).toMatchObject({ kind: 'erased' });
    expect(await wordsFound(store, told)).toEqual([]);
  });

  it('S48 may be erased again after a restored backup: it changes nothing more', async () => {
    await closeAll(world);
    expect(await erase()).toMatchObject({ facts: expect.any(Number) });
    expect(await erase()).toMatchObject({ kind: 'erased', facts: 0 });
    expect(await wordsFound(world.store, told)).toEqual([]);
    expect(await erasureOutlook({ store: world.store }, person.id)).toEqual({
      open: [],
      erasedAt: now().toISOString(),
    });
  });
});
