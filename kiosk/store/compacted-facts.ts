// Counts instead of facts: what machines said about themselves while there was little room (rule OB12).
import type { FactContent, FactKind } from '../../sync/contract/facts.ts';
import type { Database, Migration } from '../../sync/database.ts';

export const compactedMigrations: readonly Migration[] = [
  {
    name: 'compacted-1',
    sql: `
      CREATE TABLE compacted_fact(
        kind TEXT PRIMARY KEY, count INTEGER NOT NULL, first_at TEXT NOT NULL, last_at TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
  },
];

/** Kinds that are about machines, come by themselves and mean little one by one. */
const compactable: readonly FactKind[] = ['device-changed'];

export class CompactedFacts {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  static may({ kind }: FactContent): boolean {
    return compactable.includes(kind);
  }

  /** Grows nothing after the first of a kind. On disk when this returns. */
  count({ kind }: FactContent, at: Date): void {
    const iso = at.toISOString();
    this.#db.run(
      `INSERT INTO compacted_fact(kind, count, first_at, last_at) VALUES (?1, 1, ?2, ?2)
       ON CONFLICT(kind) DO UPDATE SET count = count + 1, last_at = ?2`,
      kind,
      iso,
    );
  }

  get isEmpty(): boolean {
    return this.#db.get('SELECT 1 AS yes FROM compacted_fact LIMIT 1') === undefined;
  }

  /** Forgets the counts and gives the fact that tells of them; in the transaction that appends it. */
  take(): FactContent {
    this.#db.assertInTransaction();
    const facts = this.#db
      .all('SELECT kind, count, first_at, last_at FROM compacted_fact ORDER BY kind')
      .map((row) => ({
        kind: String(row['kind']),
        count: Number(row['count']),
        firstAt: String(row['first_at']),
        lastAt: String(row['last_at']),
      }));
    this.#db.run('DELETE FROM compacted_fact');
    return { kind: 'facts-compacted', body: { facts } };
  }
}
