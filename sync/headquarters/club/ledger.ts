// The points ledger: append-only, each business event booked once, corrected by reversal and never by edit.
import { sql } from 'kysely';
import type { FactId, MemberId, Words } from '../../contract/ids.ts';
import type { LedgerLine } from '../../contract/members.ts';
import type { Reader, Store, Tx } from '../store/store.ts';

export interface Entry {
  readonly id: string;
  /** what makes it the same booking, whoever tells of it: `check-in/{session}/{member}` */
  readonly businessKey: string;
  readonly member: MemberId;
  readonly at: string;
  readonly points: number;
  readonly reason: Words;
  readonly fact: FactId | null;
}
export interface Standing {
  readonly balance: number;
  /** earned, and not taken back, in the last 24 months: what levels count */
  readonly earned: number;
}

export class Ledger {
  readonly #store: Store;
  readonly #sums;
  readonly #newest;

  constructor(store: Store) {
    this.#store = store;
    this.#sums = prepareSums(store);
    this.#newest = prepareNewest(store);
  }

  /** @returns ids of the entries whose business event was not booked before */
  async book(tx: Tx, entries: readonly Entry[]): Promise<ReadonlySet<string>> {
    return await this.#insert(tx, entries, null);
  }

  /**
   * Takes an entry back by a second one with the opposite points.
   * @returns false when there is no such entry, it was reversed before, or is itself a reversal
   */
  async reverse(
    tx: Tx,
    id: string,
    by: { readonly id: string; readonly at: string; readonly reason: Words },
  ): Promise<boolean> {
    const old = await tx
      .selectFrom('ledger')
      .select(['member', 'points', 'reverses'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!old || old.reverses !== null) return false;
    const member = old.member as MemberId;
    const entry = { ...by, businessKey: `reversal/${id}`, member, points: -old.points, fact: null };
    return (await this.#insert(tx, [entry], id)).size === 1;
  }

  /** @returns one standing for each member who has entries */
  async standings(
    db: Reader,
    members: readonly MemberId[],
    now: Date,
  ): Promise<ReadonlyMap<string, Standing>> {
    const since = earnedSince(now);
    const rows = await this.#sums(db, { members, since });
    return new Map(rows.map(({ member, balance, earned }) => [member, { balance, earned }]));
  }

  /** @returns newest first, of each member at most `limit` */
  async lines(
    db: Reader,
    members: readonly MemberId[],
    limit: number,
  ): Promise<(LedgerLine & { readonly member: string; readonly fact: string | null })[]> {
    const rows = await this.#newest(db, { members, limit });
    // one event's reason stands in the lines of all its guests
    const reasons = new Map<string, Words>();
    return rows.map(({ member, id, at, points, reason: text, fact }) => {
      const reason = reasons.get(text) ?? (JSON.parse(text) as Words);
      reasons.set(text, reason);
      return { member, id, at, points, reason, fact };
    });
  }

  /** Members some of whose points stopped counting for their level between the two times. */
  async membersWithAgedPoints(db: Reader, before: Date, now: Date): Promise<MemberId[]> {
    const rows = await db
      .selectFrom('ledger')
      .select('member')
      .distinct()
      .where('at', '>=', earnedSince(before))
      .where('at', '<', earnedSince(now))
      .execute();
    return rows.map(({ member }) => member as MemberId);
  }

  async #insert(tx: Tx, entries: readonly Entry[], reverses: string | null): Promise<ReadonlySet<string>> {
    const rows = entries.map(({ id, businessKey, member, at, points, reason, fact }) => ({
      id,
      business_key: businessKey,
      member,
      at,
      points,
      reason: JSON.stringify(reason),
      fact,
      reverses,
    }));
    const written = await this.#store.insert(tx, 'ledger', rows, { onConflict: 'skip', returning: ['id'] });
    return new Set(written.map(({ id }) => String(id)));
  }
}

function prepareSums(store: Store) {
  return store.prepared((db, { members, since }: { members: readonly MemberId[]; since: string }) =>
    db
      .selectFrom('ledger as e')
      .select(['e.member', sql<number>`sum(e.points)`.as('balance')])
      .select(
        sql<number>`sum(case when e.at >= ${since} and e.points > 0 and e.reverses is null
          and not exists (select 1 from ledger r where r.reverses = e.id) then e.points else 0 end)`.as(
          'earned',
        ),
      )
      .where(store.among('e.member', members))
      .groupBy('e.member'),
  );
}

function prepareNewest(store: Store) {
  return store.prepared((db, { members, limit }: { members: readonly MemberId[]; limit: number }) =>
    db
      .selectFrom((from) =>
        from
          .selectFrom('ledger')
          .select(['n', 'member', 'id', 'at', 'points', 'reason', 'fact'])
          .select(sql<number>`row_number() over (partition by member order by at desc, n desc)`.as('place'))
          .where(store.among('member', members))
          .as('line'),
      )
      .select(['member', 'id', 'at', 'points', 'reason', 'fact'])
      .where('place', '<=', limit)
      .orderBy('at', 'desc')
      .orderBy('n', 'desc'),
  );
}

/** The start of the 24 months that end at `now`. */
function earnedSince(now: Date): string {
  const start = new Date(now);
  start.setUTCMonth(start.getUTCMonth() - 24);
  return start.toISOString();
}
