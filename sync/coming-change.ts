// One change on its way in: which chunks it lacks, and its rows put where they belong, a slice at a time.

import type { ChunkStore } from './chunk-store.ts';
import { decodeChunk, decodeList } from './contract/chunk.ts';
import type { DatasetChange, DatasetName } from './contract/datasets.ts';
import { bucketOf } from './contract/row-hash.ts';
import { type RowPack, unpackRows } from './contract/row-pack.ts';
import { keyOfRow } from './contract/rows.ts';
import { type CheckedRow, dropEdition, Edition, type EditionHead } from './edition.ts';
import { SyncError } from './sync-error.ts';

/** Rows of one slice: some 5 ms, so that a swipe never waits for more. */
const rowsPerSlice = 250;
/** Keys are looked at faster than rows are written. */
const keysPerSlice = 5_000;
/** Up to here a delta is one transaction; a larger one is laid beside the rows first. */
const smallChangeRows = 2_000;

/** `waiting` for chunks, `working` = there is more to do now, or the edition that is current when all is done. */
export type ComingState = 'waiting' | 'working' | { readonly done: Edition };

export interface ComingOptions {
  readonly change: DatasetChange;
  readonly chunks: ChunkStore;
  readonly current: Edition | undefined;
  /** where a whole dataset is to be filled */
  readonly file: string;
}

export class ComingChange {
  readonly change: DatasetChange;
  readonly #chunks: ChunkStore;
  readonly #target: Target;
  /** hashes of chunks of rows; undefined until the lists are here */
  #hashes: readonly string[] | undefined;
  #nextChunk = 0;
  /** what the chunk that is being worked on holds beyond what was put: rows, and keys of what is gone */
  #pending: readonly (object | string)[] = [];
  #isPrepared = false;

  constructor({ change, chunks, current, file }: ComingOptions) {
    this.change = change;
    this.#chunks = chunks;
    this.#target = makeTarget(change, current, file);
    if (change.kind === 'inline') this.#hashes = [];
  }

  /** Hashes of the chunks that are not here, in the order of need. */
  missing(): string[] {
    const { change } = this;
    if (change.kind === 'inline') return [];
    this.#readLists(change.lists);
    const wanted = this.#hashes?.slice(this.#nextChunk) ?? change.lists;
    return wanted.filter((hash) => !this.#chunks.has(hash));
  }

  /** All chunks that this change is made of, as far as known. */
  needed(): readonly string[] {
    return this.change.kind === 'inline' ? [] : [...this.change.lists, ...(this.#hashes ?? [])];
  }

  /**
   * Does some milliseconds of work.
   * @throws SyncError sync-dataset-mismatch | sync-dataset-row | sync-frame-… : headquarters must send it anew;
   *   or what the store throws
   */
  step(): ComingState {
    if (!this.#isPrepared) {
      this.#isPrepared = this.#target.prepare();
      return 'working';
    }
    if (this.#pending.length > 0) {
      this.#target.put(checkRows(this.change.dataset, this.#pending.slice(0, rowsPerSlice)));
      this.#pending = this.#pending.slice(rowsPerSlice);
      return 'working';
    }
    const pack = this.#nextPack();
    if (pack === 'waiting') return 'waiting';
    if (pack) {
      this.#pending = contents(pack);
      return 'working';
    }
    const { to: version, root, at, publishedAt } = this.change;
    return { done: this.#target.finish({ version, root, at, publishedAt }) };
  }

  /** Forgets what was filled. */
  abandon(): void {
    this.#target.abandon();
  }

  #readLists(lists: readonly string[]): void {
    if (this.#hashes || !lists.every((hash) => this.#chunks.has(hash))) return;
    const read = lists.map((hash) => this.#chunks.read(hash));
    if (read.every((list) => list !== undefined)) this.#hashes = read.flatMap(decodeList);
  }

  #nextPack(): RowPack | 'waiting' | undefined {
    const number = this.#nextChunk;
    if (this.change.kind === 'inline') {
      this.#nextChunk = 1;
      return number === 0 ? this.change.pack : undefined;
    }
    this.#readLists(this.change.lists);
    if (!this.#hashes) return 'waiting';
    const hash = this.#hashes[number];
    if (hash === undefined) return undefined;
    const chunk = this.#chunks.read(hash);
    if (!chunk) return 'waiting';
    this.#nextChunk += 1;
    return decodeChunk(chunk);
  }
}

/** Where the rows of a change go. */
interface Target {
  /** @returns whether it is ready for rows */
  prepare(): boolean;
  put(rows: readonly CheckedRow[]): void;
  finish(head: EditionHead): Edition;
  abandon(): void;
}

function makeTarget(change: DatasetChange, current: Edition | undefined, file: string): Target {
  if (change.from === 0 || !current) return wholeTarget(file);
  return change.from === change.to ? repairTarget(current, change.buckets) : deltaTarget(current);
}

function wholeTarget(file: string): Target {
  let edition: Edition | undefined;
  return {
    prepare() {
      edition = Edition.begin(file);
      return true;
    },
    put: (rows) => edition?.fill(rows),
    finish(head) {
      if (!edition) throw new Error('finished before it was begun');
      edition.finish(head);
      return edition;
    },
    abandon() {
      edition?.close();
      dropEdition(file);
    },
  };
}

function deltaTarget(current: Edition): Target {
  let held: CheckedRow[] = [];
  let isStaged = false;
  const stage = (rows: readonly CheckedRow[]): void => {
    if (!isStaged) current.beginStage();
    isStaged = true;
    current.stage(rows, () => true);
  };
  return {
    prepare: () => true,
    put(rows) {
      if (isStaged) return stage(rows);
      held.push(...rows);
      if (held.length <= smallChangeRows) return;
      stage(held);
      held = [];
    },
    finish(head) {
      if (isStaged) current.merge(head);
      else current.change(held, head);
      return current;
    },
    abandon: () => {},
  };
}

function repairTarget(current: Edition, buckets: readonly number[]): Target {
  const replaced = new Set(buckets);
  let upTo: string | undefined;
  return {
    prepare() {
      if (upTo === undefined) current.beginStage(buckets);
      const keys = current.keysAfter(upTo ?? '', keysPerSlice);
      upTo = keys.at(-1) ?? upTo ?? '';
      const drifted = keys.filter((key) => replaced.has(bucketOf(key)));
      current.stage(
        drifted.map((key) => ({ key, body: null })),
        () => false,
      );
      return keys.length < keysPerSlice;
    },
    put: (rows) => current.stage(rows, (key) => !replaced.has(bucketOf(key))),
    finish(head) {
      current.merge(head);
      return current;
    },
    abandon: () => {},
  };
}

/** @throws SyncError sync-dataset-row */
function contents(pack: RowPack): (object | string)[] {
  const rows = unpackRows(pack);
  if (!rows) throw new SyncError('sync-dataset-row', 'a pack of rows has columns that do not fit');
  return [...rows, ...pack.gone];
}

/** @throws SyncError sync-dataset-row */
function checkRows(dataset: DatasetName, pending: readonly (object | string)[]): CheckedRow[] {
  return pending.map((row): CheckedRow => {
    if (typeof row === 'string') return { key: row, body: null };
    const key = keyOfRow(dataset, row);
    if (key === undefined) throw new SyncError('sync-dataset-row', `a row is none of ${dataset}`);
    return { key, body: row };
  });
}
