// Owns the rows of the facts that a terminal keeps. A fact stands at its place, 1, 2, 3 … in this file, for ever.
import type { FactHead, FactKind } from './contract/facts.ts';
import type { Database } from './database.ts';

/**
 * `bytes` is the running total up to and with the fact, `hour` how many hours the store had served: how much is kept
 * and how old it is are looked up, never counted. No second index: it would double what a commit writes to the card.
 */
export const factTableSql = `
  CREATE TABLE outbox(
    place INTEGER PRIMARY KEY, id TEXT NOT NULL, at_ms INTEGER NOT NULL, boot TEXT NOT NULL, mono_ms INTEGER NOT NULL,
    clock TEXT NOT NULL, schema INTEGER NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL,
    bytes INTEGER NOT NULL, hour INTEGER NOT NULL) STRICT;`;

const insertSql = `
  INSERT INTO outbox(place, id, at_ms, boot, mono_ms, clock, schema, kind, body, bytes, hour)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const readSql = 'SELECT * FROM outbox WHERE place > ? ORDER BY place LIMIT ?';
const newestSql = 'SELECT place, bytes FROM outbox ORDER BY place DESC LIMIT 1';
const oldestSql = 'SELECT place, bytes, hour FROM outbox WHERE place <= ? ORDER BY place LIMIT ?';
const beforeSql = 'SELECT bytes FROM outbox WHERE place <= ? ORDER BY place DESC LIMIT 1';

/** Of what stands in clear beside the words of a fact, about. */
const headBytes = 140;

/** A fact without its number, which is a matter of the epoch. */
export interface KeptFact {
  readonly place: number;
  readonly id: FactHead['id'];
  /** of the wall clock, since 1970 */
  readonly atMs: number;
  readonly boot: string;
  readonly monoMs: number;
  readonly clock: FactHead['clock'];
  readonly schema: number;
  readonly kind: FactKind;
  /** sealed */
  readonly body: Uint8Array;
}

interface Size {
  readonly place: number;
  readonly bytes: number;
  readonly hour: number;
  readonly [column: string]: number;
}

export class FactTable {
  readonly #db: Database;
  /** the newest, as long as nothing was rolled back since */
  #remembered: { readonly place: number; readonly bytes: number } | undefined;
  #rollbacks = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * After the newest; in a transaction.
   * @param hour how many hours the store has served
   */
  insert(fact: KeptFact, hour: number): void {
    const bytes = (this.newest()?.bytes ?? 0) + fact.body.length + headBytes;
    const { place, id, atMs, boot, monoMs, clock, schema, kind, body } = fact;
    this.#db.run(insertSql, place, id, atMs, boot, monoMs, clock, schema, kind, body, bytes, hour);
    this.#remembered = { place, bytes };
  }

  /** The oldest facts after `place`, in order. */
  read(place: number, most: number): KeptFact[] {
    return this.#db.all(readSql, place, most).map(
      (row) =>
        ({
          place: row['place'],
          id: row['id'],
          atMs: row['at_ms'],
          boot: row['boot'],
          monoMs: row['mono_ms'],
          clock: row['clock'],
          schema: row['schema'],
          kind: row['kind'],
          body: row['body'],
        }) as KeptFact,
    );
  }

  newest(): { readonly place: number; readonly bytes: number } | undefined {
    const { rollbacks } = this.#db;
    if (!this.#remembered || rollbacks !== this.#rollbacks) {
      this.#remembered = this.#db.get<Size>(newestSql);
      this.#rollbacks = rollbacks;
    }
    return this.#remembered;
  }

  oldestPlace(): number | undefined {
    return this.#db.get<Size>(oldestSql, Number.MAX_SAFE_INTEGER, 1)?.place;
  }

  /** A row that is missing between others was lost: the oldest are forgotten, none in the middle. */
  isGapless(): boolean {
    const span = this.#db.get('SELECT max(place) - min(place) + 1 AS width, count(*) AS facts FROM outbox');
    return (span?.['width'] ?? 0) === span?.['facts'];
  }

  idAt(place: number): string | undefined {
    return this.#db.get<{ id: string }>('SELECT id FROM outbox WHERE place = ?', place)?.id;
  }

  /** How much room the facts after `place` take, about. */
  bytesAfter(place: number): number {
    const newest = this.newest();
    if (!newest || newest.place <= place) return 0;
    const before = this.#db.get<Size>(beforeSql, place)?.bytes;
    // what stood before the oldest is gone, and its total is that of the oldest without its own
    return newest.bytes - (before ?? this.#totalBeforeOldest());
  }

  /**
   * Forgets the oldest facts up to `safe`, and those up to `applied` that are older or more than the ring may hold;
   * in a transaction, `most` of them.
   */
  forget(upTo: {
    readonly safe: number;
    readonly applied: number;
    /** of the oldest that the ring may hold */
    readonly hour: number;
    readonly bytes: number;
    readonly most: number;
  }): void {
    const surplus = (this.#db.get<Size>(beforeSql, upTo.applied)?.bytes ?? 0) - upTo.bytes;
    let last = 0;
    for (const { place, bytes, hour } of this.#db.all<Size>(oldestSql, upTo.applied, upTo.most)) {
      if (place > upTo.safe && hour >= upTo.hour && bytes > surplus) break;
      last = place;
    }
    if (last === 0) return;
    this.#db.run('DELETE FROM outbox WHERE place <= ?', last);
    this.#remembered = undefined;
  }

  #totalBeforeOldest(): number {
    const [oldest] = this.read(0, 1);
    const total = oldest && this.#db.get<Size>(beforeSql, oldest.place)?.bytes;
    return oldest && total !== undefined ? total - oldest.body.length - headBytes : 0;
  }
}
