// What people looked at on the board, and the homes that members keep in mind.
import { sql } from 'kysely';
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { MemberId, TerminalId, UnitId } from '../../contract/ids.ts';
import { applied, type Effects, refused } from '../outcome.ts';
import type { Change } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import { shortlistsOf } from './shortlists.ts';

export type InterestFact = Fact & Extract<FactContent, { kind: 'interest-noted' }>;
export type ShortlistFact = Fact & Extract<FactContent, { kind: 'shortlist-kept' }>;

/** Of one home, or of a project as a whole. */
export interface InterestFigure {
  readonly project: string;
  readonly unit: string | null;
  readonly views: number;
  readonly seconds: number;
  /** members whom we know among those who looked */
  readonly members: number;
  /** lists of members that hold it */
  readonly kept: number;
}

/** What one member looked at: a home, or a project as a whole. */
export interface MemberLook {
  readonly project: string;
  readonly unit: string | null;
  readonly views: number;
  readonly seconds: number;
  readonly lastAt: string;
}

export class Interest {
  readonly #store: Store;
  /** rows of members as terminals are told */
  readonly #memberChange: (members: readonly MemberId[]) => Change;
  readonly #now: () => Date;

  constructor(store: Store, memberChange: (members: readonly MemberId[]) => Change, now: () => Date) {
    this.#store = store;
    this.#memberChange = memberChange;
    this.#now = now;
  }

  async applyInterest(tx: Tx, terminal: TerminalId, facts: readonly InterestFact[]): Promise<Effects> {
    await this.#store.insert(
      tx,
      'interest',
      facts.map(({ id, at, body: { member, project, unit, what, seconds } }) => ({
        fact: id,
        terminal,
        member,
        project,
        unit,
        what,
        seconds,
        at,
      })),
      { onConflict: 'skip' },
    );
    return { outcomes: facts.map(() => applied), changes: [] };
  }

  /** The last word of a member counts, in whichever order it is heard of. @param facts oldest first */
  async applyShortlists(tx: Tx, _terminal: TerminalId, facts: readonly ShortlistFact[]): Promise<Effects> {
    const store = this.#store;
    const wanted = [...new Set(facts.map(({ body }) => body.member))];
    const rows = await tx.selectFrom('member').select('id').where(store.among('id', wanted)).execute();
    const known = new Set(rows.map(({ id }) => id));
    const before = await store
      .locked(tx.selectFrom('shortlist').select(['member', 'at']).where(store.among('member', wanted)))
      .execute();
    const keptAt = new Map(before.map(({ member, at }) => [member, at]));
    const now = this.#now().toISOString();
    const last = new Map<
      MemberId,
      { readonly member: string; readonly units: string; readonly at: string }
    >();
    for (const { at: told, body } of facts) {
      // a clock that runs ahead is not the last word for ever
      const at = told < now ? told : now;
      if (!known.has(body.member) || at < (keptAt.get(body.member) ?? '')) continue;
      last.set(body.member, { member: body.member, units: JSON.stringify(body.units), at });
    }
    await store.insert(tx, 'shortlist', [...last.values()], { onConflict: { keys: ['member'] } });
    return {
      outcomes: facts.map(({ body }) => (known.has(body.member) ? applied : refused('unknown-member'))),
      changes: last.size === 0 ? [] : [this.#memberChange([...last.keys()])],
    };
  }

  /** @returns the most viewed first, at most `limit` */
  async figures(filter: {
    readonly project?: string | undefined;
    readonly limit: number;
  }): Promise<InterestFigure[]> {
    let query = this.#store.db
      .selectFrom('interest')
      .select(({ fn }) => [
        'project',
        'unit',
        fn.countAll<number>().as('views'),
        fn.sum<number>('seconds').as('seconds'),
        fn.count<number>('member').distinct().as('members'),
      ])
      .groupBy(['project', 'unit'])
      .orderBy('views', 'desc')
      .orderBy('seconds', 'desc')
      .orderBy('project')
      .orderBy('unit')
      .limit(filter.limit);
    if (filter.project !== undefined) query = query.where('project', '=', filter.project);
    const rows = await query.execute();
    const kept = await this.#kept(rows.flatMap(({ unit }) => unit ?? []));
    return rows.map((row) => ({
      ...row,
      views: Number(row.views),
      seconds: Number(row.seconds),
      members: Number(row.members),
      kept: row.unit === null ? 0 : (kept.get(row.unit) ?? 0),
    }));
  }

  /** @returns on how many lists each of these homes is */
  async #kept(units: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { kind, db } = this.#store;
    const each =
      kind === 'sqlite'
        ? sql`json_each(shortlist.units) as each`
        : sql`json_array_elements_text(shortlist.units::json) as each(value)`;
    const { rows } = await sql<{ unit: string; kept: number }>`
      select each.value as unit, count(*) as kept from shortlist, ${each}
      where ${this.#store.among('each.value', units)} group by each.value`.execute(db);
    return new Map(rows.map(({ unit, kept }) => [unit, Number(kept)]));
  }

  /** @returns the member's list, [] when there is none */
  async shortlist(member: string): Promise<readonly UnitId[]> {
    return (await shortlistsOf(this.#store, this.#store.db, [member])).get(member) ?? [];
  }

  /** What this member looked at after they had shown who they are; the last first, at most 50. */
  async looksOf(member: string): Promise<MemberLook[]> {
    const rows = await this.#store.db
      .selectFrom('interest')
      .select(({ fn }) => [
        'project',
        'unit',
        fn.countAll<number>().as('views'),
        fn.sum<number>('seconds').as('seconds'),
        fn.max('at').as('lastAt'),
      ])
      .where('member', '=', member)
      .groupBy(['project', 'unit'])
      .orderBy('lastAt', 'desc')
      .limit(50)
      .execute();
    return rows.map((row) => ({ ...row, views: Number(row.views), seconds: Number(row.seconds) }));
  }
}
