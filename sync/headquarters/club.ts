// The club: who the members are, what a check-in earns, and the level that follows from it.

import { eventKeys, type RosterRow, type SessionRow } from '../contract/events.ts';
import type { Fact, FactContent } from '../contract/facts.ts';
import type { MemberId, SessionId, TerminalId } from '../contract/ids.ts';
import { type Home, type LevelRow, type MemberRow, memberKeys } from '../contract/members.ts';
import type { Database } from '../database.ts';
import type { Ledger } from './ledger.ts';
import { maskName } from './mask.ts';
import { applied, type Outcome, refused } from './outcome.ts';
import type { Publication, PublishedRow } from './publication.ts';

type CheckInFact = Fact & Extract<FactContent, { kind: 'check-in-recorded' }>;

/** How many ledger lines travel to terminals. */
const publishedLines = 20;

interface MemberRecord {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly pin: string | null;
  readonly homes: string;
  readonly [column: string]: string | null;
}

export class Club {
  readonly #db: Database;
  readonly #ledger: Ledger;
  readonly #publication: Publication;
  readonly #now: () => Date;

  constructor(db: Database, ledger: Ledger, publication: Publication, now: () => Date) {
    this.#db = db;
    this.#ledger = ledger;
    this.#publication = publication;
    this.#now = now;
  }

  /**
   * Books a check-in: the first of a member and session counts, whichever terminal told it; all later ones are
   * already true. Someone whom the terminal let in stays in, also when the list changed meanwhile.
   */
  applyCheckIn(terminal: TerminalId, fact: CheckInFact): Outcome {
    const { member, session: sessionId } = fact.body;
    const session = this.#session(sessionId);
    if (!session) return refused('unknown-session');
    if (!this.hasMember(member)) return refused('unknown-member');
    // a terminal whose clock runs ahead must not date points into the future
    const at = new Date(Math.min(Date.parse(fact.at), this.#now().getTime())).toISOString();
    const isFirst =
      this.#db.run(
        'INSERT INTO check_in(session, member, at, terminal, fact) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        sessionId,
        member,
        at,
        terminal,
        fact.id,
      ) === 1;
    if (!isFirst) return applied;
    this.#db.run(
      'INSERT INTO roster(session, member, treatment) VALUES (?, ?, NULL) ON CONFLICT DO NOTHING',
      sessionId,
      member,
    );
    this.#ledger.book({
      id: fact.id,
      businessKey: `check-in/${sessionId}/${member}`,
      member,
      at,
      points: session.points,
      reason: { zh: `活动签到 · ${session.name.zh}`, en: `Check-in · ${session.name.en}` },
      fact: fact.id,
    });
    this.publishMembers([member]);
    this.#publication.publish('events', [this.rosterRow(sessionId, member)]);
    return applied;
  }

  hasMember(member: MemberId): boolean {
    return this.#db.get('SELECT 1 AS yes FROM member WHERE id=?', member) !== undefined;
  }

  /** Puts the members' rows in force as the ledger now has them; to be called in the transaction that changed it. */
  publishMembers(members: Iterable<MemberId>): void {
    const levels = this.levels();
    this.#publication.publish('members', this.#memberRows(members, levels));
  }

  rosterRow(session: SessionId, member: MemberId): PublishedRow {
    const row = this.#db.get<{ treatment: string | null; at: string | null }>(
      `SELECT r.treatment AS treatment, c.at AS at FROM roster r
       LEFT JOIN check_in c ON c.session=r.session AND c.member=r.member WHERE r.session=? AND r.member=?`,
      session,
      member,
    );
    const key = eventKeys.roster(session, member);
    if (!row) return [key, null];
    const body: RosterRow = {
      kind: 'roster',
      session,
      member,
      checkedInAt: row.at,
      treatment: row.treatment === null ? null : (JSON.parse(row.treatment) as RosterRow['treatment']),
    };
    return [key, body];
  }

  /** Levels fall when points grow older than 24 months; call it at start and daily. */
  refreshLevels(): void {
    const now = this.#now();
    this.#db.transaction(() => {
      const mark = this.#db.get<{ value: string }>("SELECT value FROM mark WHERE name='levels-refreshed'");
      if (mark) this.publishMembers(this.#ledger.membersWithAgedPoints(new Date(mark.value), now));
      this.#db.run(
        `INSERT INTO mark(name, value) VALUES ('levels-refreshed', ?)
         ON CONFLICT(name) DO UPDATE SET value=excluded.value`,
        now.toISOString(),
      );
    });
  }

  /** @returns lowest first */
  levels(): LevelRow[] {
    return this.#db
      .all<{ row: string }>('SELECT row FROM level ORDER BY from_points')
      .map(({ row }) => JSON.parse(row) as LevelRow);
  }

  *#memberRows(members: Iterable<MemberId>, levels: readonly LevelRow[]): Generator<PublishedRow> {
    const now = this.#now();
    for (const id of members) {
      const record = this.#db.get<MemberRecord>('SELECT * FROM member WHERE id=?', id);
      if (!record) continue;
      const earned = this.#ledger.earned(id, now);
      const row: MemberRow = {
        kind: 'member',
        id,
        name: maskName(record.name),
        level: levels.findLast((level) => level.from <= earned)?.code ?? '',
        balance: this.#ledger.balance(id),
        earned,
        ledger: this.#ledger
          .lines(id, publishedLines)
          .map(({ id: entry, at, points, reason }) => ({ id: entry, at, points, reason })),
        pin: record.pin,
        homes: JSON.parse(record.homes) as Home[],
      };
      yield [memberKeys.member(id), row];
    }
  }

  #session(id: SessionId): SessionRow | undefined {
    const row = this.#db.get<{ row: string }>('SELECT row FROM session WHERE id=?', id);
    return row && (JSON.parse(row.row) as SessionRow);
  }
}
