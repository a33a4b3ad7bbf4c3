// The service desk: requests that owners filed, and how far they are.

import type { Fact, FactContent } from '../contract/facts.ts';
import type { FactId, MemberId, TerminalId, Words } from '../contract/ids.ts';
import { type RequestRow, type RequestState, requestKeys, requestStates } from '../contract/requests.ts';
import type { Database } from '../database.ts';
import { applied, type Outcome, refused } from './outcome.ts';
import type { Publication } from './publication.ts';

type FiledFact = Fact & Extract<FactContent, { kind: 'request-filed' }>;

/** What became of a wish to move a request. */
export type MoveOutcome = 'moved' | 'unknown-request' | 'not-the-next-state' | 'too-late-to-undo';

/** A request as the desk sees it: the published row, and which terminal it came from. */
export type DeskRequest = RequestRow & { readonly terminal: TerminalId };

interface RequestRecord {
  readonly id: string;
  readonly number: string;
  readonly member: string;
  readonly terminal: string;
  readonly unit: string;
  readonly state: string;
  readonly filed_at: string;
  readonly reply_by: string;
  readonly on_site_by: string;
  readonly tasks: string;
  readonly [column: string]: string;
}

export class Service {
  readonly #db: Database;
  readonly #publication: Publication;
  readonly #now: () => Date;
  readonly #undoMs: number;

  constructor(db: Database, publication: Publication, now: () => Date, undoMs: number) {
    this.#db = db;
    this.#publication = publication;
    this.#now = now;
    this.#undoMs = undoMs;
  }

  applyFiling(terminal: TerminalId, fact: FiledFact): Outcome {
    const { number, member, unit, tasks, replyBy, onSiteBy } = fact.body;
    if (!this.#db.get('SELECT 1 AS yes FROM member WHERE id=?', member)) return refused('unknown-member');
    const kept = tasks.map(({ label, text, port }) => ({ label, text, port }));
    this.#db.run(
      `INSERT INTO request(id, number, member, terminal, unit, state, filed_at, reply_by, on_site_by, tasks)
       VALUES (?, ?, ?, ?, ?, 'filed', ?, ?, ?, ?)`,
      fact.id,
      number,
      member,
      terminal,
      unit,
      fact.at,
      replyBy,
      onSiteBy,
      JSON.stringify(kept),
    );
    this.#addHistory(fact.id, fact.at, 'filed', null);
    this.#publish(fact.id);
    return applied;
  }

  /** Moves a request to the next state; the owner sees state and note at every terminal. */
  move(id: FactId, state: RequestState, note: Words | null): MoveOutcome {
    return this.#db.transaction(() => {
      const record = this.#record(id);
      if (!record) return 'unknown-request';
      const next = requestStates[requestStates.indexOf(record.state as RequestState) + 1];
      if (state !== next) return 'not-the-next-state';
      this.#setState(id, state);
      this.#addHistory(id, this.#now().toISOString(), state, note);
      this.#publish(id);
      return 'moved';
    });
  }

  /** Takes the last move back as if it had not been, while it is fresh; what was withdrawn stays on record. */
  undo(id: FactId): MoveOutcome {
    return this.#db.transaction(() => {
      if (!this.#record(id)) return 'unknown-request';
      const [last, before] = this.#db.all<{ n: number; at: string; state: string }>(
        'SELECT n, at, state FROM request_history WHERE request=? AND withdrawn_at IS NULL ORDER BY n DESC LIMIT 2',
        id,
      );
      const now = this.#now();
      if (!last || !before || now.getTime() - Date.parse(last.at) > this.#undoMs) return 'too-late-to-undo';
      this.#db.run('UPDATE request_history SET withdrawn_at=? WHERE n=?', now.toISOString(), last.n);
      this.#setState(id, before.state as RequestState);
      this.#publish(id);
      return 'moved';
    });
  }

  /** @returns newest first */
  list(limit: number, state?: RequestState): DeskRequest[] {
    const records = state
      ? this.#db.all<RequestRecord>(
          'SELECT * FROM request WHERE state=? ORDER BY filed_at DESC LIMIT ?',
          state,
          limit,
        )
      : this.#db.all<RequestRecord>('SELECT * FROM request ORDER BY filed_at DESC LIMIT ?', limit);
    return records.map((record) => this.#toDesk(record));
  }

  get(id: FactId): DeskRequest | undefined {
    const record = this.#record(id);
    return record && this.#toDesk(record);
  }

  #record(id: FactId): RequestRecord | undefined {
    return this.#db.get<RequestRecord>('SELECT * FROM request WHERE id=?', id);
  }

  #setState(id: FactId, state: RequestState): void {
    this.#db.run('UPDATE request SET state=? WHERE id=?', state, id);
  }

  #addHistory(id: FactId, at: string, state: RequestState, note: Words | null): void {
    this.#db.run(
      'INSERT INTO request_history(request, at, state, note) VALUES (?, ?, ?, ?)',
      id,
      at,
      state,
      note === null ? null : JSON.stringify(note),
    );
  }

  #publish(id: FactId): void {
    const record = this.#record(id);
    if (!record) return;
    const { terminal: _, ...row } = this.#toDesk(record);
    this.#publication.publish('requests', [[requestKeys.request(row.member, row.id), row]]);
  }

  #toDesk(record: RequestRecord): DeskRequest {
    const history = this.#db
      .all<{ at: string; state: string; note: string | null }>(
        'SELECT at, state, note FROM request_history WHERE request=? AND withdrawn_at IS NULL ORDER BY n',
        record.id,
      )
      .map(({ at, state, note }) => ({
        at,
        state: state as RequestState,
        note: note === null ? null : (JSON.parse(note) as Words),
      }));
    return {
      kind: 'request',
      id: record.id as FactId,
      number: record.number,
      member: record.member as MemberId,
      unit: record.unit as RequestRow['unit'],
      state: record.state as RequestState,
      filedAt: record.filed_at,
      replyBy: record.reply_by,
      onSiteBy: record.on_site_by,
      tasks: JSON.parse(record.tasks) as RequestRow['tasks'],
      history,
      terminal: record.terminal as TerminalId,
    };
  }
}
