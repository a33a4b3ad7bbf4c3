// What headquarters could not apply, kept for a person to look at: never dropped, never in the way.

import type { TerminalId } from '../contract/ids.ts';
import type { Database } from '../database.ts';

export interface DeadLetter {
  readonly terminal: TerminalId;
  /** null when not even the head could be read */
  readonly epoch: string | null;
  readonly seq: number | null;
  /** coded: `frame-unreadable`, `fact-shape`, `unknown-kind`, `seq-conflict`, `id-known`, `unknown-member` … */
  readonly reason: string;
  /** one sentence for IT, nothing personal */
  readonly detail: string;
  readonly hash: string;
  /** what arrived, as text or base64 */
  readonly raw: string;
}
export type KeptDeadLetter = DeadLetter & { readonly n: number; readonly receivedAt: string };

export class DeadLetters {
  readonly #db: Database;
  readonly #keptFrames: number;

  /** @param keptFrames how many unreadable frames are kept; without a sequence number a hostile sender could repeat them for ever */
  constructor(db: Database, keptFrames: number) {
    this.#db = db;
    this.#keptFrames = keptFrames;
  }

  /** @returns false when the same letter is there already */
  add(letter: DeadLetter, receivedAt: string): boolean {
    this.#db.assertInTransaction();
    const isNew =
      this.#db.run(
        `INSERT INTO dead_letter(terminal, epoch, seq, reason, detail, hash, raw, received_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        letter.terminal,
        letter.epoch,
        letter.seq,
        letter.reason,
        letter.detail,
        letter.hash,
        letter.raw,
        receivedAt,
      ) === 1;
    if (isNew && letter.seq === null) {
      this.#db.run(
        `DELETE FROM dead_letter WHERE seq IS NULL AND n <=
           (SELECT n FROM dead_letter WHERE seq IS NULL ORDER BY n DESC LIMIT 1 OFFSET ?)`,
        this.#keptFrames,
      );
    }
    return isNew;
  }

  /** Was this place in the stream taken by a letter that no longer may be replaced? */
  hashAt(terminal: TerminalId, epoch: string, seq: number): string | undefined {
    return this.#db.get<{ hash: string }>(
      "SELECT hash FROM dead_letter WHERE terminal=? AND epoch=? AND seq=? AND reason<>'seq-conflict'",
      terminal,
      epoch,
      seq,
    )?.hash;
  }

  count(): number {
    return this.#db.get<{ n: number }>('SELECT count(*) AS n FROM dead_letter')?.n ?? 0;
  }

  /** @returns newest first */
  list(limit: number): KeptDeadLetter[] {
    return this.#db.all(
      `SELECT n, terminal, epoch, seq, reason, detail, hash, raw, received_at AS receivedAt
       FROM dead_letter ORDER BY n DESC LIMIT ?`,
      limit,
    ) as unknown as KeptDeadLetter[];
  }
}
