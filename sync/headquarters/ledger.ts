// The points ledger: append-only, each business event booked once, corrected by reversal and never by edit.

import type { FactId, MemberId, Words } from '../contract/ids.ts';
import type { LedgerLine } from '../contract/members.ts';
import type { Database, SqlValue } from '../database.ts';

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

export class Ledger {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @returns false when the same business event was booked before */
  book(entry: Entry): boolean {
    return this.#insert(entry, null);
  }

  /**
   * Takes an entry back by a second one with the opposite points.
   * @returns false when there is no such entry, it was reversed before, or is itself a reversal
   */
  reverse(id: string, by: { readonly id: string; readonly at: string; readonly reason: Words }): boolean {
    const old = this.#db.get<{ member: string; points: number; reverses: string | null }>(
      'SELECT member, points, reverses FROM ledger WHERE id=?',
      id,
    );
    if (!old || old.reverses !== null) return false;
    const { member, points } = old;
    return this.#insert(
      {
        ...by,
        businessKey: `reversal/${id}`,
        member: member as MemberId,
        points: -points,
        fact: null,
      },
      id,
    );
  }

  balance(member: MemberId): number {
    return this.#sum('SELECT sum(points) AS points FROM ledger WHERE member=?', member);
  }

  /** Points earned, and not taken back, in the 24 months before `now`: what levels count. */
  earned(member: MemberId, now: Date): number {
    // `+reverses`: its unique index would be read instead of the member's, and nearly all of it is NULL
    return this.#sum(
      `SELECT sum(points) AS points FROM ledger e
       WHERE member=? AND at>=? AND points>0 AND +reverses IS NULL
         AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses=e.id)`,
      member,
      earnedSince(now),
    );
  }

  /** @returns newest first */
  lines(member: MemberId, limit: number): (LedgerLine & { readonly fact: string | null })[] {
    return this.#db
      .all<{ id: string; at: string; points: number; reason: string; fact: string | null }>(
        'SELECT id, at, points, reason, fact FROM ledger WHERE member=? ORDER BY at DESC, n DESC LIMIT ?',
        member,
        limit,
      )
      .map((row) => ({ ...row, reason: JSON.parse(row.reason) as Words }));
  }

  /** Members some of whose points stopped counting for their level between the two times. */
  membersWithAgedPoints(before: Date, now: Date): MemberId[] {
    return this.#db
      .all<{ member: string }>(
        'SELECT DISTINCT member FROM ledger WHERE at>=? AND at<?',
        earnedSince(before),
        earnedSince(now),
      )
      .map(({ member }) => member as MemberId);
  }

  #insert(entry: Entry, reverses: string | null): boolean {
    this.#db.assertInTransaction();
    return (
      this.#db.run(
        `INSERT INTO ledger(id, business_key, member, at, points, reason, fact, reverses)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        entry.id,
        entry.businessKey,
        entry.member,
        entry.at,
        entry.points,
        JSON.stringify(entry.reason),
        entry.fact,
        reverses,
      ) === 1
    );
  }

  #sum(sql: string, ...values: SqlValue[]): number {
    return this.#db.get<{ points: number | null }>(sql, ...values)?.points ?? 0;
  }
}

/** The start of the 24 months that end at `now`. */
function earnedSince(now: Date): string {
  const start = new Date(now);
  start.setUTCMonth(start.getUTCMonth() - 24);
  return start.toISOString();
}
