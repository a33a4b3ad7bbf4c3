// What headquarters lets terminals know: keyed rows per dataset, each change under the dataset's next version.

import { type DatasetName, type DatasetVersions, datasetNames } from '../contract/datasets.ts';
import type { Database } from '../database.ts';

/** One row to publish; null deletes it. */
export type PublishedRow = readonly [key: string, body: object | null];

export class Publication {
  readonly #db: Database;
  readonly #now: () => Date;
  /** called inside the transaction that changed something */
  readonly #onChange: () => void;

  constructor(db: Database, now: () => Date, onChange: () => void) {
    this.#db = db;
    this.#now = now;
    this.#onChange = onChange;
  }

  /**
   * Puts rows in force, inside the transaction of what caused them; rows that say nothing new cost nothing.
   * A version is the time in milliseconds, pushed up where needed to rise: a headquarters that was restored
   * from a backup can then never give one number to two states, and a terminal with a version that is not
   * in the log gets a snapshot.
   */
  publish(dataset: DatasetName, rows: Iterable<PublishedRow>): void {
    this.#db.assertInTransaction();
    let version: number | undefined;
    for (const [key, body] of rows) {
      const text = body === null ? null : JSON.stringify(body);
      const old = this.#db.get<{ body: string | null }>(
        'SELECT body FROM dataset_row WHERE dataset=? AND key=?',
        dataset,
        key,
      );
      if (old ? old.body === text : text === null) continue;
      version ??= this.#nextVersion(dataset);
      this.#db.run(
        `INSERT INTO dataset_row(dataset, key, version, body) VALUES (?, ?, ?, ?)
         ON CONFLICT(dataset, key) DO UPDATE SET version=excluded.version, body=excluded.body`,
        dataset,
        key,
        version,
        text,
      );
    }
    if (version !== undefined) this.#onChange();
  }

  /** Publishes `rows` as the whole dataset: what is not among them is deleted. */
  replace(dataset: DatasetName, rows: readonly PublishedRow[]): void {
    const kept = new Set(rows.map(([key]) => key));
    const gone = this.#db
      .all<{ key: string }>('SELECT key FROM dataset_row WHERE dataset=? AND body IS NOT NULL', dataset)
      .filter(({ key }) => !kept.has(key))
      .map(({ key }): PublishedRow => [key, null]);
    this.publish(dataset, [...rows, ...gone]);
  }

  versions(): DatasetVersions {
    const known = new Map(
      this.#db
        .all<{ name: string; version: number }>('SELECT name, version FROM dataset')
        .map(({ name, version }) => [name, version]),
    );
    return Object.fromEntries(datasetNames.map((name) => [name, known.get(name) ?? 0])) as DatasetVersions;
  }

  #nextVersion(dataset: DatasetName): number {
    const now = this.#now();
    const old =
      this.#db.get<{ version: number }>('SELECT version FROM dataset WHERE name=?', dataset)?.version ?? 0;
    const version = Math.max(old + 1, now.getTime());
    this.#db.run(
      `INSERT INTO dataset(name, version, published_at) VALUES (?, ?, ?)
       ON CONFLICT(name) DO UPDATE SET version=excluded.version, published_at=excluded.published_at`,
      dataset,
      version,
      now.toISOString(),
    );
    this.#db.run('INSERT INTO dataset_version(name, version) VALUES (?, ?)', dataset, version);
    return version;
  }
}
