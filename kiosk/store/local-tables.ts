// The terminal's own tables: what it did itself and headquarters has not confirmed, print jobs, PIN guards.

import * as v from 'valibot';
import type { Ack } from '../../sync/contract/facts.ts';
import type { FactId, MemberId, SessionId, SurveyId } from '../../sync/contract/ids.ts';
import { type RequestRow, requestRowSchema, type Verdict, verdicts } from '../../sync/contract/requests.ts';
import type { Database, Migration } from '../../sync/database.ts';
import type { TerminalClock } from '../../sync/terminal-clock.ts';
import type { PendingPoints } from '../knowledge.ts';
import { arrivalsOf, handOverMigration, handOverOf, type LocalHandOver } from './local-hand-over.ts';
import { LocalMembers } from './local-members.ts';
import { msSince } from './moment.ts';
import { forgetOwnRows, ownRowsMigration } from './own-rows.ts';
import { noteWishesApplied, type Wish, wishOf } from './session-wishes.ts';

export const localMigrations: readonly Migration[] = [
  {
    name: 'kiosk-1',
    sql: `
      CREATE TABLE check_in(session TEXT, member TEXT, at TEXT NOT NULL, PRIMARY KEY(session, member)) WITHOUT ROWID;
      CREATE TABLE pending_points(
        member TEXT, place INTEGER, at TEXT NOT NULL, points INTEGER NOT NULL,
        reason_zh TEXT NOT NULL, reason_en TEXT NOT NULL, visible_from INTEGER, PRIMARY KEY(member, place)) WITHOUT ROWID;
      CREATE TABLE local_request(
        id TEXT PRIMARY KEY, member TEXT NOT NULL, number TEXT NOT NULL UNIQUE, row TEXT NOT NULL) WITHOUT ROWID;
      CREATE INDEX local_request_member ON local_request(member);
      CREATE TABLE pin_guard(member TEXT PRIMARY KEY, wrong INTEGER NOT NULL, locked_until_ms INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE print_job(
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, slip TEXT NOT NULL, lines TEXT NOT NULL,
        copy INTEGER NOT NULL, subject TEXT NOT NULL, state TEXT NOT NULL, queued_ms INTEGER NOT NULL,
        boot TEXT, lines_before INTEGER, cuts_before INTEGER);
      CREATE INDEX print_job_subject ON print_job(subject);
      CREATE INDEX print_job_state ON print_job(state) WHERE state IN ('queued', 'sending');
    `,
  },
  {
    name: 'print-job-sent-1',
    sql: `
      ALTER TABLE print_job ADD COLUMN printer TEXT;
      DROP INDEX print_job_state;
      CREATE INDEX print_job_state ON print_job(state) WHERE state IN ('queued', 'sending', 'sent');
    `,
  },
  {
    name: 'steady-times-1',
    sql: `
      ALTER TABLE print_job ADD COLUMN queued_boot TEXT;
      ALTER TABLE print_job ADD COLUMN queued_mono_ms INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE print_job ADD COLUMN queued_hour INTEGER NOT NULL DEFAULT 0;
      UPDATE print_job SET queued_hour = coalesce((SELECT hours FROM outbox_head), 0);
      ALTER TABLE pin_guard ADD COLUMN lock_ms INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE pin_guard ADD COLUMN boot TEXT;
      ALTER TABLE pin_guard ADD COLUMN mono_ms INTEGER NOT NULL DEFAULT 0;
    `,
  },
  {
    name: 'survey-answer-1',
    sql: `
      CREATE TABLE survey_answer(survey TEXT, member TEXT, at TEXT NOT NULL, PRIMARY KEY(survey, member)) WITHOUT ROWID;
    `,
  },
  { name: 'pending-key-1', sql: 'ALTER TABLE pending_points ADD COLUMN key TEXT;' },
  {
    name: 'said-verdict-1',
    sql: 'CREATE TABLE said_verdict(request TEXT PRIMARY KEY, verdict TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;',
  },
  handOverMigration,
  ownRowsMigration,
];

const verdictSchema = v.picklist(verdicts);

/** What this terminal did itself, laid over headquarters' datasets. */
export class LocalOverlay {
  readonly #db: Database;
  readonly #clock: TerminalClock;
  readonly members: LocalMembers;

  constructor(db: Database, clock: TerminalClock) {
    this.members = new LocalMembers(db);
    this.#db = db;
    this.#clock = clock;
  }

  checkIn(session: SessionId, member: MemberId): string | undefined {
    const row = this.#db.get('SELECT at FROM check_in WHERE session = ? AND member = ?', session, member);
    return row && String(row['at']);
  }

  surveyAnswer(survey: SurveyId, member: MemberId): string | undefined {
    const row = this.#db.get('SELECT at FROM survey_answer WHERE survey = ? AND member = ?', survey, member);
    return row && String(row['at']);
  }

  /** members who checked in here */
  checkedIn(session: SessionId): readonly MemberId[] {
    const rows = this.#db.all('SELECT member FROM check_in WHERE session = ?', session);
    return rows.map((row) => String(row['member']) as MemberId);
  }

  /** @param version of the events that are known here */
  wish(session: SessionId, member: MemberId, version: number): Wish | undefined {
    return wishOf(this.#db, session, member, version);
  }

  handOver(unit: string, day: string): LocalHandOver | undefined {
    return handOverOf(this.#db, unit, day);
  }

  handOverArrivals(day: string): number {
    return arrivalsOf(this.#db, day);
  }

  pendingPoints(member: MemberId): readonly PendingPoints[] {
    return this.#db
      .all(
        'SELECT place, at, points, reason_zh, reason_en, key FROM pending_points WHERE member = ? ORDER BY place DESC',
        member,
      )
      .map((row) => ({
        place: Number(row['place']),
        at: String(row['at']),
        points: Number(row['points']),
        reason: { zh: String(row['reason_zh']), en: String(row['reason_en']) },
        key: row['key'] === null ? null : String(row['key']),
      }));
  }

  requests(member: MemberId): readonly RequestRow[] {
    return this.#db
      .all('SELECT row FROM local_request WHERE member = ?', member)
      .map((row) => v.parse(requestRowSchema, JSON.parse(String(row['row']))));
  }

  /** What was said here about a request, and when. */
  verdict(request: FactId): { readonly verdict: Verdict; readonly at: string } | undefined {
    const row = this.#db.get('SELECT verdict, at FROM said_verdict WHERE request = ?', request);
    return row && { verdict: v.parse(verdictSchema, row['verdict']), at: String(row['at']) };
  }

  isNumberTaken(number: string): boolean {
    return this.#db.get('SELECT 1 FROM local_request WHERE number = ?', number) !== undefined;
  }

  /** @returns `lockedUntilMs` by the wall clock as it is now, however it stood when the lock was set */
  pinGuard(member: MemberId): { readonly wrong: number; readonly lockedUntilMs: number } {
    const row = this.#db.get('SELECT * FROM pin_guard WHERE member = ?', member);
    if (!row) return { wrong: 0, lockedUntilMs: 0 };
    const lockMs = Number(row['lock_ms']);
    const set = {
      wallMs: Number(row['locked_until_ms']) - lockMs,
      boot: row['boot'] === null ? null : String(row['boot']),
      monoMs: Number(row['mono_ms']),
    };
    const leftMs = lockMs - msSince(set, this.#clock);
    const lockedUntilMs = leftMs > 0 ? this.#clock.now().getTime() + leftMs : 0;
    return { wrong: Number(row['wrong']), lockedUntilMs };
  }

  /**
   * Headquarters has applied facts up to this place; their effects stand in its datasets from `visible` on.
   */
  noteApplied(place: number, visible: Ack['visible']): void {
    this.#db.run(
      'UPDATE pending_points SET visible_from = ? WHERE place <= ? AND visible_from IS NULL',
      visible.members,
      place,
    );
    noteWishesApplied(this.#db, place, visible);
    this.members.noteApplied(place, visible.members);
  }

  /** What was done here before that hour of serving and stands at headquarters: no longer held here. */
  forgetBefore(hour: number, appliedPlace: number): void {
    forgetOwnRows(this.#db, hour, appliedPlace);
  }

  /** The members dataset is at `version` now: what it contains is no longer pending. */
  dropVisiblePoints(version: number): void {
    this.#db.run('DELETE FROM pending_points WHERE visible_from <= ?', version);
    this.members.dropVisible(version);
  }
}
