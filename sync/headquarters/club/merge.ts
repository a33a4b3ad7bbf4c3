// Makes two members one: everything of the one comes under the id of the other, and points count once.
import { sql } from 'kysely';
import type { DatasetName } from '../../contract/datasets.ts';
import type { MemberId, SessionId } from '../../contract/ids.ts';
import { type Home, memberKeys } from '../../contract/members.ts';
import type { Change, PublishedRow } from '../publication.ts';
import { firstTables } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { TableShape } from '../store/table-shape.ts';
import type { Tables } from '../store/tables.ts';
import type { Club } from './club.ts';
import type { Ledger } from './ledger.ts';
import { mergedOwnData } from './own-data.ts';

export type MemberRecord = Tables['member'];
/** Datasets whose keys begin with the member. */
const ownDatasets: readonly DatasetName[] = ['requests', 'owners'];
const mergedReason = { zh: '会员合并', en: 'Memberships joined' };

export interface Merged {
  readonly loser: MemberId;
  readonly survivor: MemberId;
}

export class Merge {
  readonly #store: Store;
  readonly #ledger: Ledger;
  readonly #club: Club;

  constructor(store: Store, ledger: Ledger, club: Club) {
    this.#store = store;
    this.#club = club;
    this.#ledger = ledger;
  }

  /** Of two that are one person, whose id stays: who is known by a file, then who joined first. */
  elect(a: MemberRecord, b: MemberRecord): Merged {
    const isA = seniority(a) < seniority(b);
    return { loser: (isA ? b : a).id as MemberId, survivor: (isA ? a : b).id as MemberId };
  }

  /**
   * @param why the trait that made them one, or `desk`
   * @returns what terminals must be told, besides member and cards
   */
  async merge(
    tx: Tx,
    { loser, survivor }: Merged,
    note: { readonly at: string; readonly why: string; readonly by: string },
  ): Promise<Change[]> {
    // whoever books for the loser right now is waited for, and comes along
    const lock = tx.selectFrom('member').selectAll().where('id', 'in', [loser, survivor]).orderBy('id');
    const records = await this.#store.locked(lock).execute();
    const [from, to] = [loser, survivor].map((id) => records.find((record) => record.id === id));
    if (!from || !to) return [];
    const moved = await this.#moveCheckIns(tx, loser, survivor);
    await this.#ledger.merge(tx, loser, survivor, { at: note.at, reason: mergedReason, by: note.by });
    const keys = await Promise.all(ownDatasets.map((dataset) => this.#ownRows(tx, dataset, loser, survivor)));
    await this.#moveAll(tx, loser, survivor);
    await this.#moveSuspicions(tx, loser, survivor);
    await tx.updateTable('member').set(unionOf(from, to)).where('id', '=', survivor).execute();
    await tx
      .updateTable('member')
      .set({ merged_into: survivor })
      .where((it) => it.or([it('id', '=', loser), it('merged_into', '=', loser)]))
      .execute();
    await this.#store.insert(
      tx,
      'member_merge',
      [{ loser, survivor, at: note.at, why: note.why, by_whom: note.by }],
      { onConflict: 'skip' },
    );
    const gone: Change = { dataset: 'members', rows: async () => [[memberKeys.member(loser), null]] };
    return [gone, moved, ...keys];
  }

  /**
   * Rows that came under a loser's id while it was being merged by another process.
   * @returns whose rows they are now, and what terminals must be told besides member and cards
   */
  async sweep(
    tx: Tx,
    at: string,
  ): Promise<{ readonly members: readonly MemberId[]; readonly changes: readonly Change[] }> {
    const isStray = memberTables.map(
      ({ name }) => sql`exists (select 1 from ${sql.table(name)} as x where x.member = m.id)`,
    );
    const strays = await tx
      .selectFrom('member as m')
      .select(['m.id', 'm.merged_into'])
      .where('m.merged_into', 'is not', null)
      .where(sql<boolean>`(${sql.join([...isStray, hasPoints], sql` or `)})`)
      .execute();
    const changes: Change[] = [];
    for (const { id, merged_into } of strays) {
      const [loser, survivor] = [id as MemberId, merged_into as MemberId];
      changes.push(await this.#moveCheckIns(tx, loser, survivor));
      await this.#ledger.merge(tx, loser, survivor, { at, reason: mergedReason, by: null });
      for (const dataset of ownDatasets) changes.push(await this.#ownRows(tx, dataset, loser, survivor));
      await this.#moveAll(tx, loser, survivor);
    }
    return { members: [...new Set(strays.map(({ merged_into }) => merged_into as MemberId))], changes };
  }

  async #moveAll(tx: Tx, loser: MemberId, survivor: MemberId): Promise<void> {
    await this.#uniteShortlists(tx, loser, survivor);
    for (const shape of memberTables) await this.#moveRows(tx, shape, loser, survivor);
    await this.#countSurveysOnce(tx, survivor);
  }

  /** Of two check-ins of one session the first holds; the ledger counts it once, by its business key. */
  async #moveCheckIns(tx: Tx, loser: MemberId, survivor: MemberId): Promise<Change> {
    const doubles = await tx
      .selectFrom('check_in as one')
      .innerJoin('check_in as two', 'two.session', 'one.session')
      .select([
        'one.session',
        'one.fact',
        'one.at',
        'one.terminal',
        'two.fact as keptFact',
        'two.at as keptAt',
      ])
      .where('one.member', '=', loser)
      .where('two.member', '=', survivor)
      .execute();
    for (const { session, keptFact, keptAt, ...first } of doubles) {
      await tx.deleteFrom('check_in').where('fact', '=', first.fact).execute();
      if (`${keptAt}|${keptFact}` < `${first.at}|${first.fact}`) continue;
      await tx
        .updateTable('check_in')
        .set(first)
        .where('session', '=', session)
        .where('member', '=', survivor)
        .execute();
    }
    const listed = await tx.selectFrom('roster').select('session').where('member', '=', loser).execute();
    return this.#club.rosterChange(
      listed.flatMap(({ session }) =>
        [loser, survivor].map((member) => ({ session: session as SessionId, member })),
      ),
    );
  }

  /** What the survivor has already stays; the loser's double of it goes. */
  async #moveRows(
    tx: Tx,
    { name, key = [], unique = [] }: TableShape,
    loser: string,
    survivor: string,
  ): Promise<void> {
    const table = sql.table(name);
    const once = [key, ...unique].filter((columns) => columns.includes('member'));
    const doubles = once.map((columns) => {
      const same = columns
        .filter((column) => column !== 'member')
        .map((column) => sql`x.${sql.ref(column)} = ${sql.ref(`${name}.${column}`)}`);
      return sql`not exists (select 1 from ${table} as x where ${sql.join([sql`x.member = ${survivor}`, ...same], sql` and `)})`;
    });
    const mine = sql`member = ${loser}`;
    await sql`update ${table} set member = ${survivor} where ${sql.join([mine, ...doubles], sql` and `)}`.execute(
      tx,
    );
    if (once.length > 0) await sql`delete from ${table} where ${mine}`.execute(tx);
  }

  async #uniteShortlists(tx: Tx, loser: MemberId, survivor: MemberId): Promise<void> {
    const lists = await tx
      .selectFrom('shortlist')
      .selectAll()
      .where('member', 'in', [loser, survivor])
      .orderBy('at', 'desc')
      .execute();
    const [newest, older] = lists;
    if (!newest || !older) return;
    const units = new Set([
      ...(JSON.parse(newest.units) as string[]),
      ...(JSON.parse(older.units) as string[]),
    ]);
    await tx
      .updateTable('shortlist')
      .set({ units: JSON.stringify([...units].slice(0, mostKept)), at: newest.at })
      .where('member', '=', survivor)
      .execute();
  }

  /** Of two answers to one survey the first counts; the other stays to be seen. */
  async #countSurveysOnce(tx: Tx, survivor: MemberId): Promise<void> {
    const answers = await tx
      .selectFrom('survey_answer')
      .select(['survey', 'fact'])
      .where('member', '=', survivor)
      .where('counts', '=', 1)
      .orderBy('at')
      .orderBy('fact')
      .execute();
    const first = new Map(answers.toReversed().map(({ survey, fact }) => [survey, fact]));
    const later = answers.filter(({ survey, fact }) => first.get(survey) !== fact).map(({ fact }) => fact);
    if (later.length === 0) return;
    await tx.updateTable('survey_answer').set({ counts: 0 }).where('fact', 'in', later).execute();
    await tx.deleteFrom('rating').where('source', 'in', later).execute();
  }

  async #moveSuspicions(tx: Tx, loser: MemberId, survivor: MemberId): Promise<void> {
    const mine = await tx
      .selectFrom('suspicion')
      .selectAll()
      .where((it) => it.or([it('a', '=', loser), it('b', '=', loser)]))
      .execute();
    await tx
      .deleteFrom('suspicion')
      .where((it) => it.or([it('a', '=', loser), it('b', '=', loser)]))
      .execute();
    const kept = mine
      .map((row) => ({ ...row, ...pairOf(row.a === loser ? row.b : row.a, survivor) }))
      .filter(({ a, b }) => a !== b);
    await this.#store.insert(tx, 'suspicion', kept, { onConflict: 'skip' });
  }

  async #ownRows(tx: Tx, dataset: DatasetName, loser: string, survivor: string): Promise<Change> {
    const rows = await tx
      .selectFrom('dataset_row')
      .select(['key', 'body'])
      .where('dataset', '=', dataset)
      .where('key', '>=', `${loser}/`)
      .where('key', '<', `${loser}0`)
      .where('body', 'is not', null)
      .execute();
    return {
      dataset,
      rows: async () =>
        rows.flatMap(({ key, body }): PublishedRow[] => [
          [key, null],
          [`${survivor}${key.slice(loser.length)}`, { ...JSON.parse(String(body)), member: survivor }],
        ]),
    };
  }
}

/** The smaller id first, so that two members are one pair. */
export function pairOf(one: string, two: string): { readonly a: string; readonly b: string } {
  return one < two ? { a: one, b: two } : { a: two, b: one };
}

/** All tables with a member in them, whoever owns them; the ledger moves its entries itself. */
export const memberTables: readonly TableShape[] = firstTables.filter(
  ({ name, columns }) => 'member' in columns && name !== 'ledger',
);

/** As terminals keep them. */
const mostKept = 20;

/** An entry of `m` that nothing took back yet. */
const hasPoints = sql`exists (select 1 from ledger as e where e.member = m.id and e.reverses is null and e.expires is null
  and not exists (select 1 from ledger as r where r.reverses = e.id))`;

function seniority({ joined_at, name, id }: MemberRecord): string {
  // who is not known yet gives way to whoever is
  return name === '' ? `9|${id}` : `${joined_at === null ? '0' : `1|${joined_at}`}|${id}`;
}

function unionOf(from: MemberRecord, to: MemberRecord): Partial<MemberRecord> {
  const homes = [...(JSON.parse(to.homes) as Home[])];
  for (const home of JSON.parse(from.homes) as Home[]) {
    if (!homes.some(({ unit }) => unit === home.unit)) homes.push(home);
  }
  return { ...mergedOwnData(from, to), homes: JSON.stringify(homes) };
}
