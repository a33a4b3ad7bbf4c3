// Owns what headquarters lets this terminal know: the current rows of each dataset, changed whole or not at all.
import { createHash, type Hash } from 'node:crypto';
import {
  type DatasetName,
  type DatasetPart,
  type DatasetVersions,
  datasetNames,
  type Manifest,
} from './contract/datasets.ts';
import { parseRow, type RowOf } from './contract/rows.ts';
import type { Database, Migration } from './database.ts';

/**
 * Rows lie beside their index, not in it: an index of whole rows is as deep as they are long.
 * A snapshot is written row by row into a new edition while the old one is read, then the dataset is switched over:
 * no long transaction stands in the way of a swipe, and nothing but one part is held in memory.
 */
export const replicaMigrations: readonly Migration[] = [
  {
    name: 'replica-1',
    sql: `
      CREATE TABLE dataset(
        name TEXT PRIMARY KEY, version INTEGER NOT NULL, published_at TEXT, edition INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE dataset_edition(id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;
      CREATE TABLE dataset_row(
        edition INTEGER NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (edition, key)) STRICT;
      CREATE TABLE dataset_confirmed(one INTEGER PRIMARY KEY CHECK (one = 1), at TEXT NOT NULL) STRICT;`,
  },
];

/**
 * What became of a part: `collecting` = kept, more to come; `applied` = the dataset is at `to` now; `ignored` = not
 * the next part of a change of ours; `mismatch` = hash wrong; `bad-row` = a row of wrong shape or key. After the last
 * two the old data stay.
 */
export type PartOutcome = 'collecting' | 'applied' | 'ignored' | 'mismatch' | 'bad-row';

/** A delta must be applied in one transaction, so it is held in memory until it is whole; above this, ask for a snapshot. */
const maxDeltaRows = 50_000;
/** "As of" is written at most this often: it changes every few seconds, and cards wear. */
const confirmEveryMs = 300_000;
/** Rows of an old edition that one `sweep` deletes. */
const sweepRows = 500;
/** Rows of one dataset that are kept parsed: one swipe asks for the same member, session and roster row many times. */
const keptRows = 100;

interface Head {
  version: number;
  publishedAt: string | null;
  /** 0 = none yet */
  edition: number;
  /** rows of this version that were asked for lately, and keys that have none */
  readonly kept: Map<string, RowOf<DatasetName> | undefined>;
}

/** A change that is not whole yet. */
interface Coming {
  readonly change: DatasetPart;
  nextPart: number;
  readonly hash: Hash;
  hasRows: boolean;
  /** a snapshot's new edition, or undefined for a delta */
  readonly edition: number | undefined;
  readonly delta: CheckedRow[];
}

/** Key and JSON of a row that is right, or null for one that goes. */
type CheckedRow = readonly [key: string, json: string | null];

export class Replica {
  readonly #db: Database;
  readonly #heads: Record<DatasetName, Head>;
  readonly #coming = new Map<DatasetName, Coming>();
  #confirmedAt: string | null;
  #writtenConfirmedAt: string | null;
  #mayHaveStaleRows = true;

  private constructor(db: Database, heads: Record<DatasetName, Head>, confirmedAt: string | null) {
    this.#db = db;
    this.#heads = heads;
    this.#confirmedAt = confirmedAt;
    this.#writtenConfirmedAt = confirmedAt;
  }

  /** @param db opened with `replicaMigrations` */
  static open(db: Database): Replica {
    const rows = new Map(
      db
        .all('SELECT name, version, published_at, edition FROM dataset')
        .map((row) => [String(row['name']), row]),
    );
    const headOf = (name: DatasetName): Head => {
      const row = rows.get(name);
      const publishedAt = row?.['published_at'];
      return {
        version: Number(row?.['version'] ?? 0),
        publishedAt: typeof publishedAt === 'string' ? publishedAt : null,
        edition: Number(row?.['edition'] ?? 0),
        kept: new Map(),
      };
    };
    const at = db.get('SELECT at FROM dataset_confirmed')?.['at'];
    return new Replica(db, eachDataset(headOf), typeof at === 'string' ? at : null);
  }

  versions(): DatasetVersions {
    return eachDataset((name) => this.#heads[name].version);
  }

  /** When everything here was last known to be current, by headquarters' clock; null = never. */
  confirmedAt(): string | null {
    return this.#confirmedAt;
  }

  /** When headquarters published what we have; null = nothing yet. */
  publishedAt(dataset: DatasetName): string | null {
    return this.#heads[dataset].publishedAt;
  }

  /** The same object until the dataset changes; not to be written to. */
  get<D extends DatasetName>(dataset: D, key: string): RowOf<D> | undefined {
    const { edition, kept } = this.#heads[dataset];
    if (kept.has(key)) return kept.get(key) as RowOf<D> | undefined;
    const found = this.#db.get('SELECT body FROM dataset_row WHERE edition = ? AND key = ?', edition, key);
    const row = found && stored<D>(found);
    if (kept.size >= keptRows) kept.clear();
    kept.set(key, row);
    return row;
  }

  /**
   * All rows whose key starts with `prefix`, in key order.
   * @param page only those after a key, and at most so many: for long lists that others must not wait for
   */
  list<D extends DatasetName>(
    dataset: D,
    prefix: string,
    page: { readonly after: string; readonly most: number } = { after: '', most: -1 },
  ): RowOf<D>[] {
    return this.#db
      .all(
        'SELECT body FROM dataset_row WHERE edition = ? AND key >= ? AND key < ? AND key > ? ORDER BY key LIMIT ?',
        this.#heads[dataset].edition,
        prefix,
        // keys are ASCII, so everything with this prefix sorts below
        `${prefix}\u{10ffff}`,
        page.after,
        page.most,
      )
      .map((row) => stored<D>(row));
  }

  /**
   * Takes the next part of a change; applies the change when it is whole and right. Safe at any moment of a power cut.
   * @throws when the store cannot be written: the change is forgotten and has to start again with part 0
   */
  take(part: DatasetPart): PartOutcome {
    const head = this.#heads[part.dataset];
    const isSnapshot = part.from === 0;
    if (part.to <= head.version || part.part >= part.parts) return 'ignored';
    if (!isSnapshot && part.from !== head.version) return 'ignored';

    const coming = part.part === 0 ? this.#begin(part, isSnapshot) : this.#coming.get(part.dataset);
    if (!coming || !isSameChange(coming.change, part) || part.part !== coming.nextPart) return 'ignored';
    let outcome: PartOutcome | undefined;
    try {
      outcome = this.#collect(coming, part);
      return outcome;
    } finally {
      // also when the store refused: a change with a hole in it must never become whole
      if (outcome !== 'collecting') this.#drop(part.dataset);
    }
  }

  /** Notes headquarters' word on what is current; moves `confirmedAt` when that is what we have. */
  confirm(manifest: Manifest): void {
    const isCurrent = datasetNames.every((name) => this.#heads[name].version === manifest.versions[name]);
    if (!isCurrent || (this.#confirmedAt !== null && manifest.at <= this.#confirmedAt)) return;
    this.#confirmedAt = manifest.at;
    const written = this.#writtenConfirmedAt;
    if (written !== null && Date.parse(manifest.at) - Date.parse(written) < confirmEveryMs) return;
    this.#writtenConfirmedAt = manifest.at;
    this.#db.run(
      'INSERT INTO dataset_confirmed(one, at) VALUES (1, ?1) ON CONFLICT DO UPDATE SET at = ?1',
      manifest.at,
    );
  }

  /**
   * Deletes some rows that no dataset uses any more. Cheap; to be called now and then outside transactions.
   * @returns whether there may be more
   */
  sweep(): boolean {
    if (!this.#mayHaveStaleRows) return false;
    const used = [
      ...datasetNames.map((name) => this.#heads[name].edition),
      ...[...this.#coming.values()].map(({ edition }) => edition ?? 0),
    ];
    const stale = this.#db.get<{ id: number }>(
      'SELECT id FROM dataset_edition WHERE id NOT IN (SELECT value FROM json_each(?)) LIMIT 1',
      JSON.stringify(used),
    );
    if (!stale) {
      this.#mayHaveStaleRows = false;
      return false;
    }
    this.#db.transaction(() => {
      const deleted = this.#db.run(
        `DELETE FROM dataset_row WHERE edition = ?1 AND key IN
           (SELECT key FROM dataset_row WHERE edition = ?1 ORDER BY key LIMIT ?2)`,
        stale.id,
        sweepRows,
      );
      if (deleted < sweepRows) this.#db.run('DELETE FROM dataset_edition WHERE id = ?', stale.id);
    });
    return true;
  }

  #begin(change: DatasetPart, isSnapshot: boolean): Coming {
    this.#drop(change.dataset);
    const edition = isSnapshot ? this.#newEdition() : undefined;
    const coming: Coming = {
      change: { ...change, rows: [] },
      nextPart: 0,
      hash: createHash('sha256').update('['),
      hasRows: false,
      edition,
      delta: [],
    };
    this.#coming.set(change.dataset, coming);
    return coming;
  }

  #newEdition(): number {
    this.#db.run('INSERT INTO dataset_edition DEFAULT VALUES');
    return Number(this.#db.get('SELECT last_insert_rowid() AS id')?.['id']);
  }

  #collect(coming: Coming, part: DatasetPart): PartOutcome {
    const rows = checkRows(part);
    if (!rows) return 'bad-row';
    if (rows.length > 0) {
      coming.hash.update(`${coming.hasRows ? ',' : ''}${JSON.stringify(part.rows).slice(1, -1)}`);
      coming.hasRows = true;
    }
    coming.nextPart += 1;
    const isWhole = coming.nextPart === part.parts;
    if (isWhole && coming.hash.update(']').digest('hex') !== part.sha256) return 'mismatch';
    const { edition } = coming;
    if (edition === undefined) {
      if (coming.delta.length + rows.length > maxDeltaRows) return 'mismatch';
      coming.delta.push(...rows);
      if (isWhole) this.#apply(part, this.#heads[part.dataset].edition, coming.delta);
    } else if (isWhole) {
      this.#apply(part, edition, rows);
    } else {
      this.#db.transaction(() => this.#write(edition, rows));
    }
    return isWhole ? 'applied' : 'collecting';
  }

  /** The last rows of a change and the dataset's new version, in one transaction. */
  #apply(part: DatasetPart, edition: number, rows: readonly CheckedRow[]): void {
    this.#db.transaction(() => {
      this.#write(edition, rows);
      this.#db.run(
        `INSERT INTO dataset(name, version, published_at, edition) VALUES (?1, ?2, ?3, ?4)
           ON CONFLICT DO UPDATE SET version = ?2, published_at = ?3, edition = ?4`,
        part.dataset,
        part.to,
        part.publishedAt,
        edition,
      );
    });
    this.#heads[part.dataset] = { version: part.to, publishedAt: part.publishedAt, edition, kept: new Map() };
    this.#mayHaveStaleRows = true;
  }

  #write(edition: number, rows: readonly CheckedRow[]): void {
    for (const [key, json] of rows) {
      if (json === null) {
        this.#db.run('DELETE FROM dataset_row WHERE edition = ? AND key = ?', edition, key);
      } else {
        this.#db.run(
          'INSERT INTO dataset_row(edition, key, body) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET body = ?3',
          edition,
          key,
          json,
        );
      }
    }
  }

  #drop(dataset: DatasetName): void {
    if (this.#coming.delete(dataset)) this.#mayHaveStaleRows = true;
  }
}

/** @returns undefined when one of the rows is wrong */
function checkRows({ dataset, rows }: DatasetPart): CheckedRow[] | undefined {
  const checked: CheckedRow[] = [];
  for (const [key, body] of rows) {
    const row = body === null ? null : parseRow(dataset, key, body);
    if (row === undefined) return undefined;
    checked.push([key, row && JSON.stringify(row)]);
  }
  return checked;
}

function isSameChange(a: DatasetPart, b: DatasetPart): boolean {
  return a.from === b.from && a.to === b.to && a.parts === b.parts && a.sha256 === b.sha256;
}

/** Rows were parsed before they were stored, and only this file writes them. */
function stored<D extends DatasetName>(row: { readonly body?: unknown }): RowOf<D> {
  return JSON.parse(String(row.body)) as RowOf<D>;
}

function eachDataset<T>(of: (name: DatasetName) => T): Record<DatasetName, T> {
  return {
    board: of('board'),
    members: of('members'),
    events: of('events'),
    library: of('library'),
    requests: of('requests'),
  };
}
