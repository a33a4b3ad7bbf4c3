// Makes the change that brings a terminal from what it has to what is current, each once for all who need the same.

import { encodeLists } from '../contract/chunk.ts';
import type { DatasetChange, DatasetName } from '../contract/datasets.ts';
import { encodeFrame, maxFrameBytes } from '../contract/frame.ts';
import type { RowHashes } from '../contract/row-hash.ts';
import { signatureOverhead } from '../contract/signed-frame.ts';
import { SyncError } from '../sync-error.ts';
import { ChunkPacker, packStored, type StoredRow } from './chunk-packer.ts';
import type { ChunkShelf } from './chunk-shelf.ts';
import { type DatasetHead, readHashes, readHead } from './dataset-head.ts';
import { Snapshots } from './snapshots.ts';
import type { Store, Tx } from './store/store.ts';

/** A longer delta is a snapshot. */
const maxDeltaRows = 50_000;
/** Up to here rows may stand in the change itself. */
const maxInlineRows = 3_000;
/** So many buckets or more are not mended one by one. */
const maxRepairedBuckets = 64;

/** A change without the time at which it is said. */
type Made = DatasetChange extends infer Change
  ? Change extends unknown
    ? Omit<Change, 'at'>
    : never
  : never;

export class ChangeMaker {
  readonly #store: Store;
  readonly #shelf: ChunkShelf;
  readonly #snapshots: Snapshots;
  readonly #now: () => Date;

  constructor(store: Store, shelf: ChunkShelf, now: () => Date) {
    this.#store = store;
    this.#shelf = shelf;
    this.#now = now;
    this.#snapshots = new Snapshots(store, shelf);
  }

  /** @returns what brings a terminal with version `have` up to date; undefined when it is */
  async since(dataset: DatasetName, have: number): Promise<DatasetChange | undefined> {
    const found = await this.#store.snapshot(async (tx) => {
      const head = await readHead(tx, dataset);
      if (have === head.version) return undefined;
      // a version that we never gave out, for example one lost with an older store, starts from nothing
      const isKnown = have > 0 && (await wasGivenOut(tx, dataset, have));
      const limit = isKnown ? maxDeltaRows : maxInlineRows;
      const rows = await rowsSince(tx, dataset, isKnown ? have : 0, limit + 1);
      return { head, from: isKnown ? have : 0, rows: rows.length <= limit ? rows : undefined };
    });
    if (!found) return undefined;
    const { head, from, rows } = found;
    if (!rows) return await this.#whole(dataset);
    const said = from === 0 ? rows.filter(({ body }) => body !== null) : rows;
    return this.#dated(await this.#made(dataset, head, from, said, []));
  }

  /**
   * @param told what the terminal has in this version
   * @returns what mends it; undefined when nothing is to be mended, or the version is not current any more
   */
  async repair(dataset: DatasetName, version: number, told: RowHashes): Promise<DatasetChange | undefined> {
    const found = await this.#store.snapshot(async (tx) => {
      const head = await readHead(tx, dataset);
      if (head.version !== version) return undefined;
      const buckets = (await readHashes(tx, dataset)).differences(told);
      if (buckets.length === 0) return undefined;
      if (buckets.length > maxRepairedBuckets) return { head, buckets, rows: undefined };
      const rows = await tx
        .selectFrom('dataset_row')
        .select(['key', 'body'])
        .where('dataset', '=', dataset)
        .where('bucket', 'in', buckets)
        .where('body', 'is not', null)
        .orderBy('key')
        .limit(maxDeltaRows + 1)
        .execute();
      return { head, buckets, rows: rows.length <= maxDeltaRows ? rows : undefined };
    });
    if (!found) return undefined;
    const { head, buckets, rows } = found;
    if (!rows) return await this.#whole(dataset);
    return this.#dated(await this.#made(dataset, head, version, rows, buckets));
  }

  async #whole(dataset: DatasetName): Promise<DatasetChange> {
    const { head, lists } = await this.#snapshots.current(dataset);
    return this.#dated({ ...headOf(dataset, head, 0, []), kind: 'listed', lists });
  }

  async #made(
    dataset: DatasetName,
    head: DatasetHead,
    from: number,
    rows: readonly StoredRow[],
    buckets: number[],
  ): Promise<Made> {
    const made = headOf(dataset, head, from, buckets);
    if (rows.length <= maxInlineRows) {
      const inline: Made = { ...made, kind: 'inline', pack: packStored(rows) };
      if (fitsFrame(inline)) return inline;
    }
    const name = `${dataset}/${from}/${head.version}/${buckets.join()}`;
    const packer = new ChunkPacker();
    await packer.add(rows);
    const hashes = this.#shelf.put(name, await packer.finish());
    return { ...made, kind: 'listed', lists: this.#shelf.put(`${name}/lists`, encodeLists(hashes)) };
  }

  #dated(made: Made): DatasetChange {
    return { ...made, at: this.#now().toISOString() };
  }
}

function headOf(dataset: DatasetName, head: DatasetHead, from: number, buckets: number[]) {
  const { version: to, publishedAt, root } = head;
  return { v: 1 as const, dataset, from, to, root, publishedAt, buckets };
}

/** Packs it once to see. */
function fitsFrame(message: object): boolean {
  try {
    // the date that it is still to get is short
    return encodeFrame(message).length <= maxFrameBytes - signatureOverhead - 100;
  } catch (error) {
    if (error instanceof SyncError && error.code === 'sync-frame-too-large') return false;
    throw error;
  }
}

async function wasGivenOut(tx: Tx, dataset: DatasetName, version: number): Promise<boolean> {
  const row = await tx
    .selectFrom('dataset_version')
    .select('version')
    .where('name', '=', dataset)
    .where('version', '=', version)
    .executeTakeFirst();
  return row !== undefined;
}

async function rowsSince(tx: Tx, dataset: DatasetName, version: number, limit: number): Promise<StoredRow[]> {
  return await tx
    .selectFrom('dataset_row')
    .select(['key', 'body'])
    .where('dataset', '=', dataset)
    .where('version', '>', version)
    .orderBy('key')
    .limit(limit)
    .execute();
}
