// Owns what headquarters lets this terminal know: the current rows of each dataset, changed whole or not at all.
import { join } from 'node:path';
import { ChunkStore } from './chunk-store.ts';
import { ComingChange } from './coming-change.ts';
import { chunkHash } from './contract/chunk.ts';
import {
  type DatasetChange,
  type DatasetName,
  type DatasetVersions,
  datasetNames,
  type Manifest,
} from './contract/datasets.ts';
import { emptyRoot } from './contract/row-hash.ts';
import type { RowOf } from './contract/rows.ts';
import { Edition, type EditionHead } from './edition.ts';
import { EditionFiles } from './edition-files.ts';
import { SyncError, type SyncErrorCode } from './sync-error.ts';

/** What a piece of work came to: nothing to do now, more to do, or what became of a dataset. */
export type ReplicaWork =
  | 'idle'
  | 'working'
  | { readonly kind: 'applied'; readonly dataset: DatasetName }
  | { readonly kind: 'refused'; readonly dataset: DatasetName; readonly code: SyncErrorCode }
  /** the file could not be read any more: the previous edition counts, or none */
  | { readonly kind: 'lost'; readonly dataset: DatasetName };

/** What is here of a dataset; version 0 is nothing. */
export type DatasetHead = Omit<EditionHead, 'publishedAt'>;

/** "As of" is written at most this often: it changes every few seconds, and cards wear. */
const confirmEveryMs = 300_000;
/** Rows of one dataset that are kept parsed: one swipe asks for the same member, session and roster row many times. */
const keptRows = 100;
/** Rows that one call of `audit` reads. */
const auditRows = 200;
const nothing: DatasetHead = { version: 0, root: emptyRoot, at: new Date(0).toISOString() };

interface Held {
  edition: Edition | undefined;
  /** rows of this version that were asked for lately, and keys that have none */
  readonly kept: Map<string, RowOf<DatasetName> | undefined>;
}

export class Replica {
  readonly #files: EditionFiles;
  readonly #chunks: ChunkStore;
  readonly #held: Record<DatasetName, Held>;
  readonly #coming = new Map<DatasetName, ComingChange>();
  /** what is here of these is in use and counts for nothing else: all of it is to come again */
  readonly #distrusted = new Set<DatasetName>();
  /** found unreadable by a reader, to be told by `work` */
  readonly #lost: DatasetName[] = [];
  #confirmedAt: string | null;
  #auditing = 0;

  private constructor(files: EditionFiles, chunks: ChunkStore) {
    this.#files = files;
    this.#chunks = chunks;
    this.#confirmedAt = files.confirmedAt;
    this.#held = eachDataset((dataset) => ({ edition: this.#open(dataset), kept: new Map() }));
  }

  /** @param folder for nothing else; a file in it that cannot be read is fetched again from headquarters */
  static open(folder: string): Replica {
    return new Replica(EditionFiles.open(folder), ChunkStore.open(join(folder, 'chunks')));
  }

  versions(): DatasetVersions {
    return eachDataset((name) => this.#held[name].edition?.head.version ?? 0);
  }

  head(dataset: DatasetName): DatasetHead {
    if (this.#distrusted.has(dataset)) return nothing;
    return this.#held[dataset].edition?.head ?? nothing;
  }

  /** Has headquarters send a dataset as a whole; the rows that are here serve until then. Forgotten with the process. */
  distrust(dataset: DatasetName): void {
    if (!this.#held[dataset].edition) return;
    this.#forget(dataset);
    this.#distrusted.add(dataset);
  }

  /** Nothing is distrusted any more: what was to come as a whole is in use. */
  isTrusted(dataset: DatasetName): boolean {
    return !this.#distrusted.has(dataset);
  }

  /** `RowHashes.bytes` of what is here, base64; undefined for nothing. */
  hashes(dataset: DatasetName): string | undefined {
    return this.#held[dataset].edition?.hashes.bytes.toString('base64');
  }

  /** When everything here was last known to be current, by headquarters' clock; null = never. */
  confirmedAt(): string | null {
    return this.#confirmedAt;
  }

  /** When headquarters published what we have; null = nothing yet. */
  publishedAt(dataset: DatasetName): string | null {
    return this.#held[dataset].edition?.head.publishedAt ?? null;
  }

  /** The same object until the dataset changes; not to be written to. */
  get<D extends DatasetName>(dataset: D, key: string): RowOf<D> | undefined {
    const { kept } = this.#held[dataset];
    if (kept.has(key)) return kept.get(key) as RowOf<D> | undefined;
    // rows were checked before they were stored, and only an edition writes them
    const row = this.#read(dataset, (edition) => edition.get(key)) as RowOf<D> | undefined;
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
    const rows = this.#read(dataset, (edition) => edition.list(prefix, page)) ?? [];
    return rows.filter((row) => row !== undefined) as RowOf<D>[];
  }

  /**
   * Takes a change that headquarters offers; `work` brings it in. One that says nothing newer than what is here or on
   * its way, or that starts from another version, is ignored.
   */
  take(change: DatasetChange): 'taken' | 'ignored' {
    const { dataset, from, to, root, at } = change;
    const head = this.head(dataset);
    if (from !== 0 && from !== head.version) return 'ignored';
    if (!isNewer({ version: to, root, at }, head)) return 'ignored';
    const coming = this.#coming.get(dataset);
    if (coming && !isNewer({ version: to, root, at }, { ...coming.change, version: coming.change.to })) {
      // headquarters may have cut the same rows anew, and what we wait for is nowhere any more
      const isCutAnew = coming.change.root === root && coming.change.to === to && at > coming.change.at;
      if (!isCutAnew || coming.missing().length === 0 || isSameCut(coming.change, change)) return 'ignored';
    }
    coming?.abandon();
    const { file } = this.#files.next(dataset);
    const current = this.#held[dataset].edition;
    this.#coming.set(dataset, new ComingChange({ change, chunks: this.#chunks, current, file }));
    return 'taken';
  }

  /** The change that is on its way. */
  coming(dataset: DatasetName): DatasetChange | undefined {
    return this.#coming.get(dataset)?.change;
  }

  /** Hashes of the chunks that are wanted, in the order of need. */
  missing(): string[] {
    return [...new Set([...this.#coming.values()].flatMap((coming) => coming.missing()))];
  }

  /**
   * Keeps a chunk that is wanted.
   * @throws when the disk does not take it: it stays wanted
   */
  takeChunk(chunk: Uint8Array): 'kept' | 'unwanted' {
    const hash = chunkHash(chunk);
    if (!this.missing().includes(hash)) return 'unwanted';
    this.#chunks.put(hash, chunk);
    return 'kept';
  }

  /**
   * Does some milliseconds of what there is to do. Safe at any moment of a power cut.
   * @throws when the store cannot be written: the change is forgotten, and is to be asked for again
   */
  work(): ReplicaWork {
    const lost = this.#lost.shift();
    if (lost) return { kind: 'lost', dataset: lost };
    for (const [dataset, coming] of this.#coming) {
      const done = this.#advance(dataset, coming);
      if (done !== 'idle') return done;
    }
    return 'idle';
  }

  /** Notes headquarters' word on what is current; moves `confirmedAt` when that is what we have. */
  confirm({ at, versions, roots }: Manifest): void {
    const isCurrent = datasetNames.every((name) => {
      const { version, root } = this.head(name);
      return version === versions[name] && root === roots[name];
    });
    if (!isCurrent || (this.#confirmedAt !== null && at <= this.#confirmedAt)) return;
    this.#confirmedAt = at;
    const written = this.#files.confirmedAt;
    if (written !== null && Date.parse(at) - Date.parse(written) < confirmEveryMs) return;
    this.#files.confirm(at);
  }

  /** Reads some rows again; what somebody else changed in a file shows in its root when the end is reached. */
  audit(): void {
    const dataset = datasetNames[this.#auditing % datasetNames.length];
    const isDone =
      dataset === undefined ||
      this.#coming.has(dataset) ||
      (this.#read(dataset, (edition) => edition.audit(auditRows)) ?? true);
    if (!isDone || !dataset) return;
    this.#auditing += 1;
    this.#held[dataset].kept.clear();
  }

  close(): void {
    for (const coming of this.#coming.values()) coming.abandon();
    this.#coming.clear();
    for (const dataset of datasetNames) this.#held[dataset].edition?.close();
  }

  #advance(dataset: DatasetName, coming: ComingChange): ReplicaWork {
    try {
      const state = coming.step();
      if (state === 'waiting') return 'idle';
      if (state === 'working') return 'working';
      // from here on what was filled is not to be abandoned
      this.#coming.delete(dataset);
      this.#switchTo(dataset, state.done);
      return { kind: 'applied', dataset };
    } catch (error) {
      this.#forget(dataset);
      if (isDamage(error) && coming.change.from !== 0) {
        this.#goBack(dataset);
        return { kind: 'lost', dataset };
      }
      if (!(error instanceof SyncError) || error.code.startsWith('sync-store-')) throw error;
      this.#chunks.keepOnly(this.#needed());
      return { kind: 'refused', dataset, code: error.code };
    }
  }

  #forget(dataset: DatasetName): void {
    this.#coming.get(dataset)?.abandon();
    this.#coming.delete(dataset);
  }

  #switchTo(dataset: DatasetName, edition: Edition): void {
    const held = this.#held[dataset];
    if (edition !== held.edition) {
      try {
        this.#files.switchTo(dataset, this.#files.next(dataset).number);
      } catch (error) {
        edition.close();
        throw error;
      }
      held.edition?.close();
      held.edition = edition;
    }
    held.kept.clear();
    this.#distrusted.delete(dataset);
    this.#chunks.keepOnly(this.#needed());
  }

  #needed(): ReadonlySet<string> {
    return new Set([...this.#coming.values()].flatMap((coming) => coming.needed()));
  }

  #open(dataset: DatasetName): Edition | undefined {
    for (let named = this.#files.named(dataset); named; named = this.#files.named(dataset)) {
      try {
        return Edition.open(named.current);
      } catch (error) {
        if (!isDamage(error)) throw error;
        this.#files.goBack(dataset);
      }
    }
    return undefined;
  }

  #read<T>(dataset: DatasetName, read: (edition: Edition) => T): T | undefined {
    const held = this.#held[dataset];
    try {
      return held.edition && read(held.edition);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#forget(dataset);
      this.#goBack(dataset);
      this.#lost.push(dataset);
      return held.edition && read(held.edition);
    }
  }

  #goBack(dataset: DatasetName): void {
    const held = this.#held[dataset];
    held.edition?.close();
    this.#files.goBack(dataset);
    held.edition = this.#open(dataset);
    held.kept.clear();
  }
}

/** A later version, or, of a headquarters that was restored from a backup, a later word. */
export function isNewer(said: DatasetHead, here: DatasetHead): boolean {
  if (said.version > here.version) return true;
  return (said.version !== here.version || said.root !== here.root) && said.at > here.at;
}

/** Do both consist of the same chunks? */
function isSameCut(one: DatasetChange, other: DatasetChange): boolean {
  return (
    one.from === other.from &&
    one.kind === 'listed' &&
    other.kind === 'listed' &&
    one.lists.join() === other.lists.join()
  );
}

/** The file is of no use any more: damaged, gone, or of another version of this program. */
function isDamage(error: unknown): boolean {
  const codes: readonly SyncErrorCode[] = ['sync-store-failed', 'sync-store-corrupt', 'sync-store-newer'];
  return error instanceof SyncError && codes.includes(error.code);
}

function eachDataset<T>(of: (name: DatasetName) => T): Record<DatasetName, T> {
  return {
    board: of('board'),
    members: of('members'),
    events: of('events'),
    library: of('library'),
    requests: of('requests'),
    owners: of('owners'),
    forms: of('forms'),
  };
}
