// Whole datasets as chunks: packed once in the background, and brought up to date with the rows that changed since.

import { encodeLists } from '../contract/chunk.ts';
import type { DatasetName } from '../contract/datasets.ts';
import { ChunkPacker, type StoredRow } from './chunk-packer.ts';
import type { ChunkShelf } from './chunk-shelf.ts';
import { type DatasetHead, readHead } from './dataset-head.ts';
import type { Store } from './store/store.ts';

/** Read at once: some 10 ms of the database. */
const rowsPerRead = 1_000;
/** When a tenth of the rows changed, packing them all again is less than sending these twice. */
const maxPatchShare = 0.1;
const minPatchRows = 5_000;

/** A dataset as it was read, page after page, while it may have changed: whole only with all that changed since `from`. */
interface Base {
  readonly from: number;
  readonly rows: number;
  readonly hashes: readonly string[];
}

export interface Snapshot {
  readonly head: DatasetHead;
  readonly lists: string[];
}

export class Snapshots {
  readonly #store: Store;
  readonly #shelf: ChunkShelf;
  readonly #bases = new Map<DatasetName, Base>();
  readonly #working = new Map<DatasetName, Promise<Snapshot>>();
  readonly #latest = new Map<DatasetName, Snapshot & { readonly base: Base }>();

  constructor(store: Store, shelf: ChunkShelf) {
    this.#store = store;
    this.#shelf = shelf;
  }

  /** All who ask meanwhile get the same. */
  async current(dataset: DatasetName): Promise<Snapshot> {
    const working = this.#working.get(dataset) ?? this.#make(dataset);
    this.#working.set(dataset, working);
    try {
      return await working;
    } finally {
      if (this.#working.get(dataset) === working) this.#working.delete(dataset);
    }
  }

  async #make(dataset: DatasetName): Promise<Snapshot> {
    const known = this.#bases.get(dataset);
    let base = known && this.#shelf.touch(baseName(dataset, known)) ? known : await this.#pack(dataset);
    for (;;) {
      const { head, rows } = await this.#patch(dataset, base);
      const latest = this.#latest.get(dataset);
      const lots = [patchName(dataset, head), listsName(dataset)];
      const isLatest = latest?.base === base && latest.head.version === head.version;
      if (isLatest && lots.every((lot) => this.#shelf.touch(lot))) return latest;
      if (rows) return await this.#list(dataset, base, head, rows);
      base = await this.#pack(dataset);
    }
  }

  /** @returns what changed since the base was begun; undefined when that is too much */
  async #patch(dataset: DatasetName, base: Base) {
    const limit = Math.max(minPatchRows, base.rows * maxPatchShare);
    return await this.#store.snapshot(async (tx) => {
      const head = await readHead(tx, dataset);
      const rows = await tx
        .selectFrom('dataset_row')
        .select(['key', 'body'])
        .where('dataset', '=', dataset)
        .where('version', '>', base.from)
        .orderBy('key')
        .limit(limit + 1)
        .execute();
      return { head, rows: rows.length <= limit ? rows : undefined };
    });
  }

  async #list(
    dataset: DatasetName,
    base: Base,
    head: DatasetHead,
    rows: readonly StoredRow[],
  ): Promise<Snapshot> {
    const packer = new ChunkPacker();
    await packer.add(rows);
    const patch = this.#shelf.put(patchName(dataset, head), await packer.finish());
    const lists = this.#shelf.put(listsName(dataset), encodeLists([...base.hashes, ...patch]));
    const made = { head, lists, base };
    this.#latest.set(dataset, made);
    return made;
  }

  async #pack(dataset: DatasetName): Promise<Base> {
    const { version } = await readHead(this.#store.db, dataset);
    const packer = new ChunkPacker();
    let rows = 0;
    for (let page = await this.#page(dataset, ''); page.length > 0; ) {
      const there = page.filter(({ body }) => body !== null);
      rows += there.length;
      await packer.add(there);
      page = await this.#page(dataset, page.at(-1)?.key ?? '');
    }
    const old = this.#bases.get(dataset);
    const chunks = await packer.finish();
    const base = { from: version, rows, hashes: [] };
    const packed = { ...base, hashes: this.#shelf.put(baseName(dataset, base), chunks) };
    // whoever is fetching the one before goes on with what is the same in both, and asks anew for the rest
    if (old && old.from !== version) this.#shelf.drop(baseName(dataset, old));
    this.#bases.set(dataset, packed);
    return packed;
  }

  async #page(dataset: DatasetName, after: string): Promise<StoredRow[]> {
    return await this.#store.db
      .selectFrom('dataset_row')
      .select(['key', 'body'])
      .where('dataset', '=', dataset)
      .where('key', '>', after)
      .orderBy('key')
      .limit(rowsPerRead)
      .execute();
  }
}

function patchName(dataset: DatasetName, { version }: DatasetHead): string {
  return `${dataset}/patch/${version}`;
}

function listsName(dataset: DatasetName): string {
  return `${dataset}/lists`;
}

function baseName(dataset: DatasetName, { from }: Pick<Base, 'from'>): string {
  return `${dataset}/base/${from}`;
}
