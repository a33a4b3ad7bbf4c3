// What people looked at on the board, and the homes that members keep in mind.
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { MemberId, TerminalId, UnitId } from '../../contract/ids.ts';
import { applied, type Effects, refused } from '../outcome.ts';
import type { Change } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
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

  /** The last word of a member counts. @param facts oldest first */
  async applyShortlists(tx: Tx, _terminal: TerminalId, facts: readonly ShortlistFact[]): Promise<Effects> {
    const wanted = [...new Set(facts.map(({ body }) => body.member))];
    const rows = await tx.selectFrom('member').select('id').where(this.#store.among('id', wanted)).execute();
    const known = new Set(rows.map(({ id }) => id));
    const last = new Map(
      facts.filter(({ body }) => known.has(body.member)).map(({ body }) => [body.member, body.units]),
    );
    const at = this.#now().toISOString();
    await this.#store.insert(
      tx,
      'shortlist',
      [...last].map(([member, units]) => ({ member, units: JSON.stringify(units), at })),
      { onConflict: { keys: ['member'] } },
    );
    return {
      outcomes: facts.map(({ body }) => (known.has(body.member) ? applied : refused('unknown-member'))),
      changes: last.size === 0 ? [] : [this.#memberChange([...last.keys()])],
    };
  }

  async figures(filter: { readonly project?: string | undefined }): Promise<InterestFigure[]> {
    let query = this.#store.db
      .selectFrom('interest')
      .select(({ fn }) => [
        'project',
        'unit',
        fn.countAll<number>().as('views'),
        fn.sum<number>('seconds').as('seconds'),
        fn.count<number>('member').distinct().as('members'),
      ])
      .groupBy(['project', 'unit']);
    if (filter.project !== undefined) query = query.where('project', '=', filter.project);
    const kept = new Map<string, number>();
    for (const units of (await allShortlists(this.#store.db)).values()) {
      for (const unit of units) kept.set(unit, (kept.get(unit) ?? 0) + 1);
    }
    return (await query.execute())
      .map((row) => ({
        ...row,
        views: Number(row.views),
        seconds: Number(row.seconds),
        members: Number(row.members),
        kept: row.unit === null ? 0 : (kept.get(row.unit) ?? 0),
      }))
      .sort((a, b) => b.views - a.views || b.seconds - a.seconds);
  }

  /** @returns the member's list, [] when there is none */
  async shortlist(member: string): Promise<readonly UnitId[]> {
    return (await shortlistsOf(this.#store, this.#store.db, [member])).get(member) ?? [];
  }
}

async function allShortlists(db: Reader): Promise<ReadonlyMap<string, UnitId[]>> {
  const rows = await db.selectFrom('shortlist').select(['member', 'units']).execute();
  return new Map(rows.map(({ member, units }) => [member, JSON.parse(units) as UnitId[]]));
}
