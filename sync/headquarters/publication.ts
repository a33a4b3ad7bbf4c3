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
import { Erasures } from './persons/erasures.ts';
import type { Reader, Store, Tx } from './store/store.ts';
import type { Tables } from './store/tables.ts';

/** One row to publish; null deletes it. */
export type PublishedRow = readonly [key: string, body: object | null];

type ChangedRow = Insertable<Tables['dataset_row']>;
/** A dataset's next version. */
interface Written extends DatasetHead {
  readonly name: string;
  readonly rows: readonly ChangedRow[];
}

/** Rows of a dataset that something changed. They are read when nobody else can publish: only then are they the last word. */
export interface Change {
  readonly dataset: DatasetName;
  rows(tx: Tx): Promise<Iterable<PublishedRow>>;
}

export class Publication {
  readonly #store: Store;
  readonly #heads;
  readonly #kept;
  readonly #erasures: Erasures;
  readonly #now: () => Date;
  /** called after the commit of what changed something */
  readonly #onChange: () => void;

  constructor(store: Store, now: () => Date, onChange: () => void) {
    this.#store = store;
    this.#heads = prepareHeads(store);
    this.#kept = prepareKept(store);
    this.#erasures = new Erasures(store);
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
    const hasErased = await this.#erasures.any(tx);
    const heads = await this.#lock(tx, wanted);
    const written: Written[] = [];
    for (const dataset of wanted) {
      const bodies = new Map<string, object | null>();
      for (const change of changes) {
        if (change.dataset !== dataset) continue;
        for (const [key, body] of await change.rows(tx)) bodies.set(key, body);
      }
      const gone = hasErased ? await this.#erasedAmong(tx, bodies) : undefined;
      const rows = new Map<string, string | null>();
      for (const [key, body] of bodies)
        rows.set(key, body === null || gone?.has(subjectOf(body)) ? null : JSON.stringify(body));
      written.push(...(await this.#compare(tx, dataset, rows, heads.get(dataset) ?? nothing)));
    }
    if (written.length === 0) return;
    const rows = written.flatMap(({ rows: some }) => some);
    await this.#store.insert(tx, 'dataset_row', rows, { onConflict: { keys: ['dataset', 'key'] } });
    await this.#setVersions(tx, written);
    this.#store.afterCommit(tx, this.#onChange);
  }

  /** Whatever brought their rows up once more: terminals hear nothing of who was erased. */
  async #erasedAmong(tx: Tx, bodies: ReadonlyMap<string, object | null>): Promise<ReadonlySet<unknown>> {
    const subjects = [...bodies.values()].flatMap((body) => {
      const subject = body && subjectOf(body);
      return typeof subject === 'string' ? [subject] : [];
    });
    return await this.#erasures.among(tx, [...new Set(subjects)]);
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
    const renewed = [...heads].map(([name, { version, root }]) => ({
      name,
      version: Math.max(version + 1, now.getTime()),
      publishedAt: now.toISOString(),
      root,
    }));
    await this.#setVersions(tx, renewed);
    this.#store.afterCommit(tx, this.#onChange);
  }

  /** @returns the datasets as they are and stay until the commit */
  async #lock(tx: Tx, names: readonly DatasetName[]): Promise<ReadonlyMap<string, DatasetHead>> {
    let rows = await this.#heads(tx, { names });
    if (rows.length < names.length) {
      const fresh = [...names].sort().map((name) => ({ name, ...emptyRow }));
      await this.#store.insert(tx, 'dataset', fresh, { onConflict: 'skip' });
      rows = await this.#heads(tx, { names });
    }
    return headsOf(rows);
  }

  /** @returns what is to be written, or nothing when nothing is different */
  async #compare(
    tx: Tx,
    name: DatasetName,
    rows: ReadonlyMap<string, string | null>,
    head: DatasetHead,
  ): Promise<Written[]> {
    const old = await this.#bodies(tx, name, [...rows.keys()]);
    const now = this.#now();
    const version = Math.max(head.version + 1, now.getTime());
    const changed = [...rows].filter(([key, body]) => body !== (old.get(key) ?? null));
    if (changed.length === 0) return [];
    const before = await readHashes(tx, name);
    const hashes = new RowHashes(before.bytes);
    const written = changed.map(([key, body]): ChangedRow => {
      const was = old.get(key) ?? null;
      if (was !== null) hashes.toggle(key, was);
      if (body !== null) hashes.toggle(key, body);
      return { dataset: name, key, bucket: bucketOf(key), version, body };
    });
    await writeHashes({ store: this.#store, tx, dataset: name }, before, hashes);
    return [{ name, version, publishedAt: now.toISOString(), root: hashes.root(), rows: written }];
  }

  /** Of datasets that are locked. */
  async #setVersions(tx: Tx, heads: readonly Omit<Written, 'rows'>[]): Promise<void> {
    const current = heads.map(({ name, version, publishedAt, root }) => ({
      name,
      version,
      published_at: publishedAt,
      root,
    }));
    await this.#store.insert(tx, 'dataset', current, { onConflict: { keys: ['name'] } });
    const given = heads.map(({ name, version }) => ({ name, version }));
    await this.#store.insert(tx, 'dataset_version', given);
  }

  async #bodies(tx: Tx, dataset: string, keys: readonly string[]): Promise<Map<string, string | null>> {
    const bodies = new Map<string, string | null>();
    const keysPerQuery = 5_000;
    for (let start = 0; start < keys.length; start += keysPerQuery) {
      const rows = await this.#kept(tx, { dataset, keys: keys.slice(start, start + keysPerQuery) });
      for (const { key, body } of rows) bodies.set(key, body);
    }
    return bodies;
  }
}

/** Whom a row is about: those that are about somebody say `member`, and their own row says `id`. */
function subjectOf(body: object): unknown {
  if ('member' in body) return body.member;
  return 'kind' in body && body.kind === 'member' && 'id' in body ? body.id : undefined;
}

/** Locked until the commit, in the order of their names. */
function prepareHeads(store: Store) {
  return store.prepared((db, { names }: { names: readonly DatasetName[] }) =>
    store.locked(
      db.selectFrom('dataset').select(headColumns).where(store.among('name', names)).orderBy('name'),
    ),
  );
}

function prepareKept(store: Store) {
  return store.prepared((db, { dataset, keys }: { dataset: string; keys: readonly string[] }) =>
    db
      .selectFrom('dataset_row')
      .select(['key', 'body'])
      .where('dataset', '=', dataset)
      .where(store.among('key', keys)),
  );
}
