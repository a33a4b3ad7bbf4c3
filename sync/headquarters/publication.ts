// What headquarters lets terminals know: keyed rows per dataset, each change under the dataset's next version.

import type { Insertable } from 'kysely';
import {
  type DatasetName,
  type DatasetRoots,
  type DatasetVersions,
  datasetNames,
} from '../contract/datasets.ts';
import { bucketOf, RowHashes } from '../contract/row-hash.ts';
import {
  type DatasetHead,
  emptyRow,
  headColumns,
  headsOf,
  nothing,
  readHashes,
  writeHashes,
} from './dataset-head.ts';
import type { Reader, Store, Tx } from './store/store.ts';
import type { Tables } from './store/tables.ts';

/** One row to publish; null deletes it. */
export type PublishedRow = readonly [key: string, body: object | null];

/** Rows of a dataset that something changed. They are read when nobody else can publish: only then are they the last word. */
export interface Change {
  readonly dataset: DatasetName;
  rows(tx: Tx): Promise<Iterable<PublishedRow>>;
}

export class Publication {
  readonly #store: Store;
  readonly #now: () => Date;
  /** called after the commit of what changed something */
  readonly #onChange: () => void;

  constructor(store: Store, now: () => Date, onChange: () => void) {
    this.#store = store;
    this.#now = now;
    this.#onChange = onChange;
  }

  /**
   * Puts rows in force; to be called once, last in the transaction of what caused them. The datasets are locked until
   * the commit, always in the same order, so versions become visible in order and nobody waits in a circle.
   * Rows that say nothing new cost nothing.
   * A version is the time in milliseconds, pushed up where needed to rise: a headquarters that was restored
   * from a backup can then never give one number to two states, and a terminal with a version that is not
   * in the log gets a snapshot.
   */
  async publish(tx: Tx, changes: readonly Change[]): Promise<void> {
    const wanted = datasetNames.filter((name) => changes.some(({ dataset }) => dataset === name));
    if (wanted.length === 0) return;
    const heads = await this.#lock(tx, wanted);
    let isChanged = false;
    for (const dataset of wanted) {
      const rows = new Map<string, string | null>();
      for (const change of changes) {
        if (change.dataset !== dataset) continue;
        for (const [key, body] of await change.rows(tx)) {
          rows.set(key, body === null ? null : JSON.stringify(body));
        }
      }
      isChanged = (await this.#write(tx, dataset, rows, heads.get(dataset) ?? nothing)) || isChanged;
    }
    if (isChanged) this.#store.afterCommit(tx, this.#onChange);
  }

  /** `rows` as the whole dataset: what is not among them is deleted. */
  replacement(dataset: DatasetName, rows: readonly PublishedRow[]): Change {
    const kept = new Set(rows.map(([key]) => key));
    return {
      dataset,
      rows: async (tx) => {
        const old = await tx
          .selectFrom('dataset_row')
          .select('key')
          .where('dataset', '=', dataset)
          .where('body', 'is not', null)
          .execute();
        const gone = old.filter(({ key }) => !kept.has(key)).map(({ key }): PublishedRow => [key, null]);
        return [...rows, ...gone];
      },
    };
  }

  async versions(db: Reader = this.#store.db): Promise<DatasetVersions> {
    const rows = await db.selectFrom('dataset').select(['name', 'version']).execute();
    const known = new Map(rows.map(({ name, version }) => [name, version]));
    return Object.fromEntries(datasetNames.map((name) => [name, known.get(name) ?? 0])) as DatasetVersions;
  }

  /** What the manifest says. */
  async current(): Promise<{ readonly versions: DatasetVersions; readonly roots: DatasetRoots }> {
    const heads = headsOf(await this.#store.db.selectFrom('dataset').select(headColumns).execute());
    const each = <T>(of: (head: DatasetHead) => T): Record<DatasetName, T> =>
      Object.fromEntries(datasetNames.map((name) => [name, of(heads.get(name) ?? nothing)])) as Record<
        DatasetName,
        T
      >;
    return { versions: each(({ version }) => version), roots: each(({ root }) => root) };
  }

  /** After a restore: terminals may know versions that this store has lost, so every dataset gets one above them. */
  async renewVersions(tx: Tx): Promise<void> {
    const heads = await this.#lock(tx, datasetNames);
    const now = this.#now();
    for (const [name, head] of heads) {
      const version = Math.max(head.version + 1, now.getTime());
      await this.#setVersion(tx, name, { ...head, version }, now);
    }
    this.#store.afterCommit(tx, this.#onChange);
  }

  /** @returns the datasets as they are and stay until the commit */
  async #lock(tx: Tx, names: readonly DatasetName[]): Promise<ReadonlyMap<string, DatasetHead>> {
    const query = tx
      .selectFrom('dataset')
      .select(headColumns)
      .where(this.#store.among('name', names))
      .orderBy('name');
    let rows = await this.#store.locked(query).execute();
    if (rows.length < names.length) {
      const fresh = [...names].sort().map((name) => ({ name, ...emptyRow }));
      await this.#store.insert(tx, 'dataset', fresh, { onConflict: 'skip' });
      rows = await this.#store.locked(query).execute();
    }
    return headsOf(rows);
  }

  /** @returns whether anything is different now */
  async #write(
    tx: Tx,
    dataset: DatasetName,
    rows: ReadonlyMap<string, string | null>,
    head: DatasetHead,
  ): Promise<boolean> {
    const old = await this.#bodies(tx, dataset, [...rows.keys()]);
    const now = this.#now();
    const version = Math.max(head.version + 1, now.getTime());
    const changed = [...rows].filter(([key, body]) => body !== (old.get(key) ?? null));
    if (changed.length === 0) return false;
    const before = await readHashes(tx, dataset);
    const hashes = new RowHashes(before.bytes);
    const written = changed.map(([key, body]): Insertable<Tables['dataset_row']> => {
      const was = old.get(key) ?? null;
      if (was !== null) hashes.toggle(key, was);
      if (body !== null) hashes.toggle(key, body);
      return { dataset, key, bucket: bucketOf(key), version, body };
    });
    await this.#store.insert(tx, 'dataset_row', written, { onConflict: { keys: ['dataset', 'key'] } });
    await writeHashes({ store: this.#store, tx, dataset }, before, hashes);
    await this.#setVersion(tx, dataset, { version, root: hashes.root() }, now);
    return true;
  }

  async #setVersion(
    tx: Tx,
    name: string,
    { version, root }: Pick<DatasetHead, 'version' | 'root'>,
    now: Date,
  ): Promise<void> {
    const published = { version, published_at: now.toISOString(), root };
    await tx.updateTable('dataset').set(published).where('name', '=', name).execute();
    await tx.insertInto('dataset_version').values({ name, version }).execute();
  }

  async #bodies(tx: Tx, dataset: string, keys: readonly string[]): Promise<Map<string, string | null>> {
    const bodies = new Map<string, string | null>();
    const keysPerQuery = 5_000;
    for (let start = 0; start < keys.length; start += keysPerQuery) {
      const rows = await tx
        .selectFrom('dataset_row')
        .select(['key', 'body'])
        .where('dataset', '=', dataset)
        .where(this.#store.among('key', keys.slice(start, start + keysPerQuery)))
        .execute();
      for (const { key, body } of rows) bodies.set(key, body);
    }
    return bodies;
  }
}
