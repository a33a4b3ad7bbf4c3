// What headquarters has to say to everybody who comes near the terminal, until when.
import type { BatchId, Words } from '../../sync/contract/ids.ts';
import type { Database, Migration } from '../../sync/database.ts';

export const noticeMigrations: readonly Migration[] = [
  {
    name: 'notice-1',
    sql: `
      CREATE TABLE notice(
        id TEXT PRIMARY KEY, at TEXT NOT NULL, until TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
  },
];

export interface Notice {
  /** the orders that showed it, at this terminal and others */
  readonly id: BatchId;
  /** when it was ordered; the newest is shown */
  readonly at: string;
  readonly until: string;
  readonly words: Words;
}

export class Notices {
  readonly #db: Database;
  /** unknown until it is looked up: every screen asks */
  #all: readonly Notice[] | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Inside a transaction, so that it is kept together with the fact that says so. */
  keep({ id, at, until, words }: Notice): void {
    this.#db.assertInTransaction();
    this.#all = undefined;
    this.#db.run('DELETE FROM notice WHERE until < ?', at);
    this.#db.run(
      'INSERT INTO notice(id, at, until, zh, en) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      id,
      at,
      new Date(until).toISOString(),
      words.zh,
      words.en,
    );
  }

  /** @param id null = all */
  forget(id: BatchId | null): void {
    this.#db.assertInTransaction();
    this.#all = undefined;
    this.#db.run('DELETE FROM notice WHERE ?1 IS NULL OR id = ?1', id);
  }

  /** @returns the newest that is not over; null = none */
  current(now: Date): Words | null {
    this.#all ??= this.#read();
    return this.#all.find(({ until }) => Date.parse(until) > now.getTime())?.words ?? null;
  }

  #read(): Notice[] {
    return this.#db.all('SELECT * FROM notice ORDER BY at DESC, id DESC').map((row) => ({
      id: String(row['id']) as BatchId,
      at: String(row['at']),
      until: String(row['until']),
      words: { zh: String(row['zh']), en: String(row['en']) },
    }));
  }
}
