// Decides when to ask headquarters for what: changes, chunks of one that is coming, repair of rows that drifted. Pure.
import {
  type DatasetAsk,
  type DatasetName,
  type DatasetVersions,
  datasetNames,
  type Manifest,
  maxChunksAsked,
} from './contract/datasets.ts';
import { type DatasetHead, isNewer } from './replica.ts';

/** What the replica has and lacks at the moment. */
export interface DatasetState {
  head(dataset: DatasetName): DatasetHead;
  /** the version that a change on its way leads to */
  coming(dataset: DatasetName): { readonly to: number } | undefined;
  /** chunks that are wanted, in the order of need */
  missing(): readonly string[];
}

/** What happened; `nowMs` of `step` is any clock that never goes back. */
export type DatasetAsksInput =
  | { readonly kind: 'up' }
  | { readonly kind: 'down' }
  | { readonly kind: 'tick' }
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  /** a change was offered and taken, applied, or refused */
  | { readonly kind: 'change'; readonly dataset: DatasetName; readonly isRefused: boolean }
  /** a wanted chunk came */
  | { readonly kind: 'chunk' };

/** An ask; the courier adds the hashes to one for repair. */
export type DatasetWish =
  | Exclude<DatasetAsk, { readonly kind: 'repair' }>
  | { readonly kind: 'repair'; readonly dataset: DatasetName };

/** Chunks that are on their way at once. */
const chunksInFlight = 16;
/** Doublings of a wait at most. */
const maxDoublings = 5;
/** After so many waits in vain the chunks are not given any more: what leads to them is asked for anew. */
const maxChunkWaits = 3;
/** A repair that does not help is followed by a whole snapshot. */
const maxRepairs = 3;

export class DatasetAsks {
  readonly #patienceMs: number;
  readonly #state: DatasetState;
  #isUp = false;
  #manifest: Manifest | undefined;
  /** datasets whose last change was refused: asked for as a whole */
  readonly #refused = new Set<DatasetName>();
  readonly #repairs = new Map<DatasetName, number>();
  #askedMs: number | undefined;
  #asks = 0;
  readonly #inFlight = new Set<string>();
  #chunkMs = 0;
  #chunkWaits = 0;

  /** @param patienceMs before the first repetition; doubled while nothing comes */
  constructor(patienceMs: number, state: DatasetState) {
    this.#patienceMs = patienceMs;
    this.#state = state;
  }

  step(input: DatasetAsksInput, nowMs: number): DatasetWish[] {
    switch (input.kind) {
      case 'up':
        this.#isUp = true;
        this.#reset();
        return [this.#askChanges(nowMs), ...this.#askChunks(nowMs)];
      case 'down':
        this.#isUp = false;
        return [];
      case 'tick':
        return this.#isUp ? [...this.#askAgain(nowMs), ...this.#askChunks(nowMs)] : [];
      case 'manifest':
        return this.#noteManifest(input.manifest, nowMs);
      case 'change':
        this.#noteChange(input.dataset, input.isRefused, nowMs);
        return this.#isUp ? [...this.#askAgain(nowMs), ...this.#askChunks(nowMs)] : [];
      case 'chunk':
        this.#chunkMs = nowMs;
        this.#chunkWaits = 0;
        return this.#isUp ? this.#askChunks(nowMs) : [];
    }
  }

  /** DS2: an older manifest names nothing that is not known. */
  isStale({ at, versions }: Manifest): boolean {
    const known = this.#manifest;
    return (
      known !== undefined &&
      at < known.at &&
      datasetNames.every((name) => versions[name] <= known.versions[name])
    );
  }

  #reset(): void {
    this.#asks = 0;
    this.#inFlight.clear();
    this.#chunkWaits = 0;
  }

  #noteManifest(manifest: Manifest, nowMs: number): DatasetWish[] {
    if (this.isStale(manifest)) return [];
    const known = this.#manifest?.versions;
    const isNews = datasetNames.some((name) => manifest.versions[name] !== known?.[name]);
    this.#manifest = manifest;
    if (!this.#isUp || !isNews) return [];
    this.#asks = 0;
    return this.#lacking().some(({ isDrifted }) => !isDrifted) ? [this.#askChanges(nowMs)] : [];
  }

  #noteChange(dataset: DatasetName, isRefused: boolean, nowMs: number): void {
    if (isRefused) {
      this.#refused.add(dataset);
      return;
    }
    this.#askedMs = nowMs;
    this.#asks = 0;
    if (this.#state.coming(dataset)) return;
    this.#refused.delete(dataset);
    if (!this.#lacking().some((lack) => lack.dataset === dataset)) this.#repairs.delete(dataset);
  }

  #askAgain(nowMs: number): DatasetWish[] {
    const lacking = this.#lacking();
    if (lacking.length === 0) return [];
    const waitMs = this.#patienceMs * 2 ** Math.min(this.#asks, maxDoublings);
    if (this.#askedMs !== undefined && nowMs - this.#askedMs < waitMs) return [];
    this.#asks += 1;
    const drifted = lacking.filter(({ isDrifted }) => isDrifted);
    if (drifted.length < lacking.length) return [this.#askChanges(nowMs)];
    this.#askedMs = nowMs;
    return drifted.map(({ dataset }) => {
      this.#repairs.set(dataset, (this.#repairs.get(dataset) ?? 0) + 1);
      return { kind: 'repair', dataset };
    });
  }

  #askChanges(nowMs: number): DatasetWish {
    this.#askedMs = nowMs;
    const have = {} as Record<DatasetName, number>;
    for (const name of datasetNames) {
      // what is on its way is as good as here
      have[name] = this.#refused.has(name)
        ? 0
        : (this.#state.coming(name)?.to ?? this.#state.head(name).version);
    }
    return { v: 1, kind: 'changes', have: have satisfies DatasetVersions };
  }

  /** `isDrifted`: the version is headquarters', the rows are not. */
  #lacking(): { readonly dataset: DatasetName; readonly isDrifted: boolean }[] {
    const manifest = this.#manifest;
    if (!manifest) return [];
    return datasetNames.flatMap((dataset) => {
      const head = this.#state.head(dataset);
      const said = { version: manifest.versions[dataset], root: manifest.roots[dataset], at: manifest.at };
      const isComing = this.#state.coming(dataset) !== undefined && !this.#refused.has(dataset);
      if (isComing || !isNewer(said, head)) return [];
      const isDrifted = said.version === head.version && !this.#refused.has(dataset);
      if (isDrifted && (this.#repairs.get(dataset) ?? 0) >= maxRepairs) this.#refused.add(dataset);
      return [{ dataset, isDrifted: isDrifted && !this.#refused.has(dataset) }];
    });
  }

  #askChunks(nowMs: number): DatasetWish[] {
    const missing = this.#state.missing();
    if (missing.length === 0) {
      this.#inFlight.clear();
      return [];
    }
    const wanted = new Set(missing);
    for (const hash of this.#inFlight) if (!wanted.has(hash)) this.#inFlight.delete(hash);
    const wishes: DatasetWish[] = [];
    if (this.#inFlight.size > 0) {
      if (nowMs - this.#chunkMs < this.#patienceMs * 2 ** Math.min(this.#chunkWaits, maxDoublings)) {
        if (this.#inFlight.size > chunksInFlight / 2) return [];
      } else {
        this.#inFlight.clear();
        this.#chunkWaits += 1;
        if (this.#chunkWaits % maxChunkWaits === 0) wishes.push(this.#askAnew(nowMs));
      }
    }
    const asked = missing
      .filter((hash) => !this.#inFlight.has(hash))
      .slice(0, Math.min(maxChunksAsked, chunksInFlight - this.#inFlight.size));
    if (asked.length === 0) return wishes;
    if (this.#inFlight.size === 0) this.#chunkMs = nowMs;
    for (const hash of asked) this.#inFlight.add(hash);
    return [...wishes, { v: 1, kind: 'chunks', chunks: asked }];
  }

  /** For the changes whose chunks do not come, from where we really are. */
  #askAnew(nowMs: number): DatasetWish {
    this.#askedMs = nowMs;
    const have = {} as Record<DatasetName, number>;
    for (const name of datasetNames) {
      have[name] = this.#refused.has(name) ? 0 : this.#state.head(name).version;
    }
    return { v: 1, kind: 'changes', have };
  }
}
