// Two members who are one person: everything that names the one comes under the other, and nobody takes an account over so.
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardToken } from '../../../../sync/contract/card-token.ts';
import type { MemberId } from '../../../../sync/contract/ids.ts';
import { parseDeveloper } from '../../../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../../../sync/headquarters/import.ts';
import { firstTables } from '../../../../sync/headquarters/store/schema.ts';
import type { TableShape } from '../../../../sync/headquarters/store/table-shape.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { checkIn, fact, fleetKey, makeWorld, send, type World } from '../world.ts';
import { blank, idKeyOf, issued, joined, newMember, profile } from './joining-facts.ts';

let world: World;
const [a, b] = [newMember(), newMember()].sort((x, y) => (x < y ? -1 : 1)) as [MemberId, MemberId];
const at = (second: number): string => new Date(Date.UTC(2025, 10, 21, 7, 0, second)).toISOString();
const idNumber = '440301198005170011';

async function member(id: string) {
  return await world.store.db.selectFrom('member').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}
async function cardState(token: string): Promise<string | undefined> {
  const row = await world.store.db
    .selectFrom('card')
    .selectAll()
    .where('token', '=', token)
    .executeTakeFirst();
  return row && `${row.member} ${row.state}`;
}
/** m1 told an identity card; staff has a card. */
const developer = () => {
  const file = smallDeveloper();
  const [first] = file.members;
  if (first) Object.assign(first, { idNumber, phone: '+86 138 1234 1234' });
  return {
    ...file,
    staff: [{ name: '刘工', project: null, cards: [{ technology: 'em4100', number: '0A000000C1' }] }],
  };
};
const parse = () => parseDeveloper(developer(), 'test');

describe.each(storeKinds)('merging on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld(developer(), kind);
  });
  afterEach(() => world.remove());

  it('CL2: who joins once more with another’s identity card does not put their telephone in the owner’s place', async () => {
    await send(world, [
      fact(
        1,
        joined(a, { name: '王强', phone: '13900000099', idKey: idKeyOf(idNumber), birthday: '1980-05-17' }),
      ),
    ]);
    expect((await member(a)).merged_into).toBe('m1');
    expect(await member('m1')).toMatchObject({ phone: '+86 138 1234 1234', birthday: '1980-05-17' });
    await send(world, [fact(2, { ...profile(a, { phone: '13700000077' }), at: at(9) })]);
    expect((await member('m1')).phone).toBe('13700000077');
  });

  it('CL2: +86 before a number says nothing', async () => {
    await send(world, [fact(1, joined(a, { name: '张曉明', phone: '13812341234' }))]);
    expect((await member(a)).merged_into).toBe('m1');
  });

  it('CL3: what the desk told apart stays apart, whatever is told later', async () => {
    await send(world, [fact(1, joined(a)), fact(2, joined(b, { name: '周力新', phone: '13500000001' }))]);
    const isDecided = await world.store.transaction((tx) =>
      world.suspicions.decide(tx, a, b, 'distinct', 'desk-1'),
    );
    expect(isDecided).toBe(true);
    await send(world, [fact(3, profile(b, { phone: '13900000001' }))]);
    expect((await member(b)).merged_into).toBeNull();
  });

  it('CL8: who loses a card to its first owner has the one of before back', async () => {
    const [old, disputed] = [blank(1), blank(2)];
    await send(world, [
      fact(1, { ...joined(a, { card: old }), at: at(1) }),
      fact(2, { ...issued(a, disputed, old, 'damaged'), at: at(5) }),
    ]);
    expect(await cardState(old)).toBe(`${a} replaced`);
    const other = { card: disputed, name: '李芳芳', phone: '13800000008' };
    await send(world, [fact(1, { ...joined(b, other), at: at(3) })], 'hall-2');
    expect(await cardState(disputed)).toBe(`${b} active`);
    expect(await cardState(old)).toBe(`${a} active`);
  });

  it('CL7: a file that comes again takes back nothing that its owner changed, nor gives a withdrawn staff card', async () => {
    const pin = 'q'.repeat(43);
    await send(world, [fact(1, profile('m2', { phone: '13700000077', pin, birthday: '1970-01-02' }))]);
    const staffCard = cardToken(fleetKey, 'em4100', '0A000000C1');
    await world.store.transaction((tx) => world.staff.end(tx, staffCard));
    await importDeveloper({ ...world, fleetKey, cardWidth: 'all' }, parse());
    expect(await member('m2')).toMatchObject({ phone: '13700000077', pin, birthday: '1970-01-02' });
    expect((await world.staff.list(world.store.db)).map(({ ended_at }) => ended_at === null)).toEqual([
      false,
    ]);
  });

  it('CL2: what came under an id while it was being merged moves after, once, and terminals are told', async () => {
    await send(world, [fact(1, joined(a, { card: blank(1) })), fact(2, joined(b))]);
    expect((await member(b)).merged_into).toBe(a);
    // as another process would have written it, not knowing yet
    const fields = { member: b, session: 'open-1', at: at(2) };
    await world.store.transaction(async (tx) => {
      await tx
        .insertInto('check_in')
        .values({ ...fields, terminal: 'hall-2', fact: 'f-1' })
        .execute();
      await tx
        .insertInto('shortlist')
        .values({ member: b, units: '["milan-302"]', at: at(2) })
        .execute();
      const entry = { id: 'f-1', businessKey: `check-in/open-1/${b}`, fact: null };
      const reason = { zh: '签到', en: 'Check-in' };
      await world.ledger.book(tx, [{ ...entry, member: b, at: at(2), points: 20, reason }]);
    });
    for (let time = 0; time < 2; time += 1) {
      await world.joining.sweep();
      const row = await world.store.db
        .selectFrom('dataset_row')
        .select('body')
        .where('key', '=', `member/${a}`)
        .executeTakeFirstOrThrow();
      expect(JSON.parse(String(row.body))).toMatchObject({ balance: 20, shortlist: ['milan-302'] });
    }
    await send(world, [fact(3, checkIn(a))]);
    expect((await world.desk.member(a))?.points).toBe(20);
  });

  it('CL2: homes that both kept are kept, and of two answers to one survey the first counts', async () => {
    const survey = { title: '{}', questions: '[]', state: 'open' };
    const columns = firstTables.find(({ name }) => name === 'survey')?.columns ?? {};
    await insertAny('survey', columns, { ...survey, id: 's1' });
    await send(world, [fact(1, joined(a)), fact(2, joined(b, { name: '周小燕' }))]);
    for (const [who, units, second] of [
      [a, '["u1","u2"]', 1],
      [b, '["u2","u3"]', 2],
    ] as const) {
      await world.store.db
        .insertInto('shortlist')
        .values({ member: who, units, at: at(second) })
        .execute();
      const answers = firstTables.find(({ name }) => name === 'survey_answer')?.columns ?? {};
      await insertAny('survey_answer', answers, {
        fact: `f-${who}`,
        survey: 's1',
        member: who,
        at: at(second),
        counts: 1,
      });
    }
    await world.store.transaction((tx) => world.joining.join(tx, a, b, 'desk-1'));
    const kept = await world.store.db.selectFrom('shortlist').selectAll().execute();
    expect(kept).toEqual([{ member: a, units: '["u2","u3","u1"]', at: at(2) }]);
    const counted = await world.store.db
      .selectFrom('survey_answer')
      .select(['fact', 'counts'])
      .orderBy('at')
      .execute();
    expect(counted).toEqual([
      { fact: `f-${a}`, counts: 1 },
      { fact: `f-${b}`, counts: 0 },
    ]);
  });
});

describe('whatever names a member', () => {
  beforeEach(async () => {
    world = await makeWorld();
  });
  afterEach(() => world.remove());

  it('CL2: comes along: every column of the schema that can hold one, also of tables made tomorrow', async () => {
    await send(world, [fact(1, joined(a)), fact(2, joined(b, { name: '周小燕', phone: '13900000002' }))]);
    await sql`pragma foreign_keys = off`.execute(world.store.db);
    for (const { name, columns, refers = {} } of firstTables) {
      const naming = Object.keys(columns).filter(
        (column) => column === 'member' || refers[column] === 'member',
      );
      if (naming.length === 0 || name === 'ledger') continue;
      for (const column of naming) await insertAny(name, columns, { [column]: b });
    }
    const said = { zh: '入会', en: 'Joined' };
    await world.store.transaction(async (tx) => {
      const entry = {
        id: 'e1',
        businessKey: 'e1',
        member: b,
        at: at(1),
        points: 30,
        reason: said,
        fact: null,
      };
      await world.ledger.book(tx, [entry]);
      await world.publication.publish(tx, await world.joining.join(tx, a, b, 'desk-1'));
    });
    const left: string[] = [];
    for (const shape of firstTables) left.push(...(await columnsWith(shape, b)));
    // who they were, that they were merged, and entries that are taken back
    expect(new Set(left)).toEqual(new Set(['ledger.member', 'member.id', 'member_merge.loser']));
    expect((await world.desk.member(a))?.points).toBe(30);
  });
});

/** A row with whatever its columns may hold. */
async function insertAny(
  table: string,
  columns: TableShape['columns'],
  values: Readonly<Record<string, string | number>>,
): Promise<void> {
  const row = Object.entries(columns).filter(([, kind]) => kind !== 'number');
  const names = row.map(([column]) => sql.ref(column));
  const all = row.map(([column, kind]) => values[column] ?? (kind.startsWith('text') ? '[]' : 0));
  await sql`insert into ${sql.table(table)} (${sql.join(names)}) values (${sql.join(all)})`.execute(
    world.store.db,
  );
}

async function columnsWith({ name, columns }: TableShape, value: string): Promise<string[]> {
  const found: string[] = [];
  for (const [column, kind] of Object.entries(columns)) {
    if (!kind.startsWith('text')) continue;
    const rows = await sql`select 1 from ${sql.table(name)} where ${sql.ref(column)} = ${value}`.execute(
      world.store.db,
    );
    if (rows.rows.length > 0) found.push(`${name}.${column}`);
  }
  return found;
}
