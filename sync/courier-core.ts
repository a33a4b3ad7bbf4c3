// Decides what a courier does next: pure, no clock, no line, no disk. Facts go back-N from headquarters' last ack.
import { type DatasetName, type DatasetVersions, datasetNames } from './contract/datasets.ts';

export interface CourierLimits {
  /** without an ack for this long, unacknowledged facts are sent again; doubled while nothing helps */
  readonly ackTimeoutMs: number;
  readonly factsPerBatch: number;
  readonly batchesInFlight: number;
  /** headquarters repeats the manifest every 10 s; after this silence we call ourselves offline */
  readonly silenceMs: number;
}

/** What happened; `nowMs` of `step` is any clock that never goes back. */
export type CourierInput =
  | { readonly kind: 'up' }
  | { readonly kind: 'down' }
  | { readonly kind: 'tick' }
  /** the newest fact in the outbox */
  | { readonly kind: 'appended'; readonly lastSeq: number }
  /** answer to `send-batch`: facts `after + 1` … `upTo` went out; `upTo` = `after` when there were none */
  | { readonly kind: 'sent'; readonly after: number; readonly upTo: number }
  /** headquarters has committed all up to here */
  | { readonly kind: 'acked'; readonly applied: number }
  /** something that headquarters said just now, not something that the broker kept */
  | { readonly kind: 'heard' }
  | { readonly kind: 'manifest'; readonly versions: DatasetVersions }
  /** what the replica made of a part; `versions` is what it has now */
  | {
      readonly kind: 'part';
      readonly dataset: DatasetName;
      readonly outcome: 'progress' | 'refused' | 'ignored';
      readonly versions: DatasetVersions;
    };

export type CourierOutput =
  | { readonly kind: 'send-batch'; readonly after: number }
  | { readonly kind: 'ask'; readonly have: DatasetVersions }
  | { readonly kind: 'say-present' }
  | { readonly kind: 'link'; readonly state: 'online' | 'offline' };

/** Doublings of a time-out at most. */
const maxDoublings = 5;

export class CourierCore {
  readonly #limits: CourierLimits;
  #isUp = false;
  #isOnline = false;
  #heardMs = 0;

  #lastSeq: number;
  /** facts up to here need no sending */
  #acked: number;
  /** where to fall back to when headquarters seems to have less than it said (restored from a backup) */
  readonly #floor: () => number;
  /** the last seq of each batch on its way, ascending */
  #inFlight: number[] = [];
  #sentMs = 0;
  #timeouts = 0;

  #have: DatasetVersions;
  #want: DatasetVersions;
  /** datasets whose last change was refused: asked for as a whole */
  readonly #refused = new Set<DatasetName>();
  #askedMs: number | undefined;
  #asks = 0;

  /** @param floor the seq up to which the outbox has forgotten */
  constructor(
    limits: CourierLimits,
    start: {
      readonly lastSeq: number;
      readonly applied: number;
      readonly have: DatasetVersions;
      readonly floor: () => number;
    },
  ) {
    this.#limits = limits;
    this.#lastSeq = start.lastSeq;
    this.#acked = start.applied;
    this.#floor = start.floor;
    this.#have = start.have;
    this.#want = start.have;
  }

  get isOnline(): boolean {
    return this.#isOnline;
  }

  step(input: CourierInput, nowMs: number): CourierOutput[] {
    switch (input.kind) {
      case 'up':
        return this.#start(nowMs);
      case 'down':
        this.#isUp = false;
        this.#inFlight = [];
        return this.#setOnline(false);
      case 'tick':
        return this.#isUp
          ? [...this.#watchSilence(nowMs), ...this.#retry(nowMs), ...this.#askAgain(nowMs)]
          : [];
      case 'appended':
        this.#lastSeq = Math.max(this.#lastSeq, input.lastSeq);
        return this.#fill();
      case 'sent':
        return this.#noteSent(input, nowMs);
      case 'acked':
        return this.#noteAck(input.applied, nowMs);
      case 'heard':
        this.#heardMs = nowMs;
        return this.#isUp ? [...this.#setOnline(true), ...this.#retryNow(nowMs)] : [];
      case 'manifest':
        return this.#noteManifest(input.versions, nowMs);
      case 'part':
        return this.#notePart(input, nowMs);
    }
  }

  #start(nowMs: number): CourierOutput[] {
    this.#isUp = true;
    this.#inFlight = [];
    this.#timeouts = 0;
    this.#asks = 0;
    return [{ kind: 'say-present' }, ...this.#ask(nowMs), ...this.#fill()];
  }

  /** Asks for one more batch when the window has room; its `sent` asks for the next. */
  #fill(): CourierOutput[] {
    const after = this.#inFlight.at(-1) ?? this.#acked;
    const hasRoom = this.#inFlight.length < this.#limits.batchesInFlight;
    return this.#isUp && hasRoom && after < this.#lastSeq ? [{ kind: 'send-batch', after }] : [];
  }

  #noteSent({ after, upTo }: { after: number; upTo: number }, nowMs: number): CourierOutput[] {
    const expected = this.#inFlight.at(-1) ?? this.#acked;
    // nothing there, or the window moved while it was read
    if (!this.#isUp || after !== expected || upTo <= after) return [];
    if (this.#inFlight.length === 0) this.#sentMs = nowMs;
    this.#inFlight.push(upTo);
    return this.#fill();
  }

  #noteAck(applied: number, nowMs: number): CourierOutput[] {
    if (applied <= this.#acked) return [];
    this.#acked = applied;
    this.#inFlight = this.#inFlight.filter((upTo) => upTo > applied);
    this.#sentMs = nowMs;
    this.#timeouts = 0;
    return this.#fill();
  }

  #retry(nowMs: number): CourierOutput[] {
    if (this.#inFlight.length === 0) return this.#fill();
    return nowMs - this.#sentMs < this.#patience(this.#timeouts) ? [] : this.#goBack();
  }

  /** Headquarters is back: what waits out a long time-out goes now. */
  #retryNow(nowMs: number): CourierOutput[] {
    const isWaiting = this.#inFlight.length > 0 && this.#timeouts > 0;
    return isWaiting && nowMs - this.#sentMs >= this.#patience(0) ? this.#goBack() : [];
  }

  #goBack(): CourierOutput[] {
    this.#timeouts += 1;
    this.#inFlight = [];
    if (this.#timeouts > 1) this.#acked = Math.min(this.#acked, this.#floor());
    return this.#fill();
  }

  #noteManifest(versions: DatasetVersions, nowMs: number): CourierOutput[] {
    const isNews = datasetNames.some((name) => versions[name] > this.#want[name]);
    this.#want = versions;
    if (!this.#isUp || !isNews) return [];
    this.#asks = 0;
    return this.#lacks() ? this.#ask(nowMs) : [];
  }

  #notePart(
    { dataset, outcome, versions }: Extract<CourierInput, { kind: 'part' }>,
    nowMs: number,
  ): CourierOutput[] {
    this.#have = versions;
    if (outcome === 'refused') this.#refused.add(dataset);
    if (outcome === 'progress') {
      if (this.#have[dataset] >= this.#want[dataset]) this.#refused.delete(dataset);
      this.#askedMs = nowMs;
      this.#asks = 0;
    }
    return [];
  }

  #askAgain(nowMs: number): CourierOutput[] {
    if (!this.#lacks()) return [];
    const isDue = this.#askedMs === undefined || nowMs - this.#askedMs >= this.#patience(this.#asks);
    if (!isDue) return [];
    this.#asks += 1;
    return this.#ask(nowMs);
  }

  #ask(nowMs: number): CourierOutput[] {
    this.#askedMs = nowMs;
    const have = { ...this.#have };
    for (const name of this.#refused) have[name] = 0;
    return [{ kind: 'ask', have }];
  }

  #lacks(): boolean {
    return datasetNames.some((name) => this.#want[name] > this.#have[name]);
  }

  #watchSilence(nowMs: number): CourierOutput[] {
    return this.#isOnline && nowMs - this.#heardMs > this.#limits.silenceMs ? this.#setOnline(false) : [];
  }

  #setOnline(isOnline: boolean): CourierOutput[] {
    if (isOnline === this.#isOnline) return [];
    this.#isOnline = isOnline;
    return [{ kind: 'link', state: isOnline ? 'online' : 'offline' }];
  }

  #patience(doublings: number): number {
    return this.#limits.ackTimeoutMs * 2 ** Math.min(doublings, maxDoublings);
  }
}
