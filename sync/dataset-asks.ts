// Decides when to ask headquarters for datasets: on connect, on news, and again while one is missing. Pure.
import { type DatasetName, type DatasetVersions, datasetNames } from './contract/datasets.ts';

/** What happened; `nowMs` of `step` is any clock that never goes back. */
export type DatasetAsksInput =
  | { readonly kind: 'up' }
  | { readonly kind: 'down' }
  | { readonly kind: 'tick' }
  | { readonly kind: 'manifest'; readonly versions: DatasetVersions }
  /** what the replica made of a part; `versions` is what it has now */
  | {
      readonly kind: 'part';
      readonly dataset: DatasetName;
      readonly outcome: 'progress' | 'refused' | 'ignored';
      readonly versions: DatasetVersions;
    };

/** The versions to ask from, or undefined when there is nothing to ask now. */
export type DatasetAsksOutput = DatasetVersions | undefined;

/** Doublings of a wait at most. */
const maxDoublings = 5;

export class DatasetAsks {
  readonly #patienceMs: number;
  #isUp = false;
  #have: DatasetVersions;
  #want: DatasetVersions;
  /** datasets whose last change was refused: asked for as a whole */
  readonly #refused = new Set<DatasetName>();
  #askedMs: number | undefined;
  #asks = 0;

  /** @param patienceMs before the first repetition; doubled while nothing comes */
  constructor(patienceMs: number, have: DatasetVersions) {
    this.#patienceMs = patienceMs;
    this.#have = have;
    this.#want = have;
  }

  step(input: DatasetAsksInput, nowMs: number): DatasetAsksOutput {
    switch (input.kind) {
      case 'up':
        this.#isUp = true;
        this.#asks = 0;
        return this.#ask(nowMs);
      case 'down':
        this.#isUp = false;
        return undefined;
      case 'tick':
        return this.#isUp ? this.#askAgain(nowMs) : undefined;
      case 'manifest':
        return this.#noteManifest(input.versions, nowMs);
      case 'part':
        this.#notePart(input, nowMs);
        return undefined;
    }
  }

  #noteManifest(versions: DatasetVersions, nowMs: number): DatasetAsksOutput {
    const isNews = datasetNames.some((name) => versions[name] > this.#want[name]);
    this.#want = versions;
    if (!this.#isUp || !isNews) return undefined;
    this.#asks = 0;
    return this.#lacks() ? this.#ask(nowMs) : undefined;
  }

  #notePart(
    { dataset, outcome, versions }: Extract<DatasetAsksInput, { kind: 'part' }>,
    nowMs: number,
  ): void {
    this.#have = versions;
    if (outcome === 'refused') this.#refused.add(dataset);
    if (outcome !== 'progress') return;
    if (this.#have[dataset] >= this.#want[dataset]) this.#refused.delete(dataset);
    this.#askedMs = nowMs;
    this.#asks = 0;
  }

  #askAgain(nowMs: number): DatasetAsksOutput {
    if (!this.#lacks()) return undefined;
    const waitMs = this.#patienceMs * 2 ** Math.min(this.#asks, maxDoublings);
    if (this.#askedMs !== undefined && nowMs - this.#askedMs < waitMs) return undefined;
    this.#asks += 1;
    return this.#ask(nowMs);
  }

  #ask(nowMs: number): DatasetVersions {
    this.#askedMs = nowMs;
    const have = { ...this.#have };
    for (const name of this.#refused) have[name] = 0;
    return have;
  }

  #lacks(): boolean {
    return datasetNames.some((name) => this.#want[name] > this.#have[name]);
  }
}
