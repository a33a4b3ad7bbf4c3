// The terminals that headquarters has heard of: there now, last seen when, how far told.

import { presenceSchema } from '../contract/facts.ts';
import { decodeFrame } from '../contract/frame.ts';
import type { TerminalId } from '../contract/ids.ts';
import type { Database } from '../database.ts';

export interface TerminalState {
  readonly terminal: TerminalId;
  readonly online: boolean;
  readonly version: string;
  /** facts that it had not been acked for when it last said so */
  readonly waiting: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** of its latest epoch; null before its first fact */
  readonly epoch: string | null;
  readonly applied: number;
  /** `seq-conflict`: two devices share its identity */
  readonly alarm: string | null;
}

export class Fleet {
  readonly #db: Database;
  readonly #now: () => Date;

  constructor(db: Database, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * @param isRetained the broker kept it: it says how things stand, not that the terminal was seen just now
   * @throws SyncError when the frame is no presence
   */
  receivePresence(terminal: TerminalId, frame: Uint8Array, isRetained: boolean): void {
    const { online, version, waiting, at } = decodeFrame(presenceSchema, frame);
    const now = this.#now().toISOString();
    this.#db.run(
      `INSERT INTO terminal(terminal, online, version, waiting, first_seen, last_seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
       ON CONFLICT(terminal) DO UPDATE SET online=?2, version=?3, waiting=?4,
         last_seen=CASE WHEN ?7 THEN last_seen ELSE ?5 END`,
      terminal,
      online ? 1 : 0,
      version,
      waiting,
      now,
      isRetained ? (at ?? now) : now,
      isRetained ? 1 : 0,
    );
  }

  /** Any sign of life; also of a terminal whose presence was lost on the way. */
  noteSeen(terminal: TerminalId): void {
    this.#db.run(
      `INSERT INTO terminal(terminal, online, version, waiting, first_seen, last_seen) VALUES (?1, 1, '', 0, ?2, ?2)
       ON CONFLICT(terminal) DO UPDATE SET online=1, last_seen=?2`,
      terminal,
      this.#now().toISOString(),
    );
  }

  /** Without a broker nobody's presence is known. */
  forgetPresence(): void {
    this.#db.run('UPDATE terminal SET online=0 WHERE online=1');
  }

  list(): TerminalState[] {
    return this.#db
      .all(
        `SELECT t.terminal, t.online, t.version, t.waiting, t.first_seen AS firstSeen, t.last_seen AS lastSeen,
                s.epoch, coalesce(s.applied, 0) AS applied,
                (SELECT max(alarm) FROM stream a WHERE a.terminal=t.terminal) AS alarm
         FROM terminal t LEFT JOIN stream s ON s.terminal=t.terminal
           AND s.last_at=(SELECT max(last_at) FROM stream x WHERE x.terminal=t.terminal)
         GROUP BY t.terminal ORDER BY t.terminal`,
      )
      .map((row) => ({ ...row, online: row['online'] === 1 }) as unknown as TerminalState);
  }
}
