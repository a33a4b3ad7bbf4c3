// Decides which facts are sent when: go-back-N from headquarters' last ack. Pure: no clock, no line, no disk.
import type { Ack } from './contract/facts.ts';
import type { Epoch } from './contract/ids.ts';

export interface FactWindowLimits {
  /** without an ack for this long, unacknowledged facts are sent again; doubled while nothing helps */
  readonly ackTimeoutMs: number;
  readonly batchesInFlight: number;
}

/** Where the outbox stands. */
export interface OutboxMarks {
  readonly epoch: Epoch;
  /** the newest fact */
  readonly lastSeq: number;
  /** headquarters said that it has committed all up to here */
  readonly applied: number;
  /** facts up to here are gone */
  readonly forgotten: number;
}

/** What happened; `nowMs` of `step` is any clock that never goes back. */
export type FactWindowInput =
  | { readonly kind: 'up' }
  | { readonly kind: 'down' }
  | { readonly kind: 'tick' }
  /** send everything that is still there once more */
  | { readonly kind: 'again' }
  /** headquarters said something just now, not something that the broker kept */
  | { readonly kind: 'heard' }
  | { readonly kind: 'appended'; readonly marks: OutboxMarks }
  /** result of `send-batch`: facts `after + 1` … `upTo` went out; `upTo` = `after` when there were none or the disk failed */
  | { readonly kind: 'sent'; readonly after: number; readonly upTo: number }
  | { readonly kind: 'ack'; readonly ack: Ack }
  /** result of `settle`: headquarters has committed all up to `upTo`, which may be less than it once said */
  | { readonly kind: 'settled'; readonly upTo: number; readonly marks: OutboxMarks };

/** Work for disk and line. */
export type FactWindowOutput =
  /** read the facts after this one, as many as a batch may hold, and publish them */
  | { readonly kind: 'send-batch'; readonly after: number }
  /** let the outbox forget what headquarters has */
  | { readonly kind: 'settle'; readonly ack: Ack };

/** Doublings of a time-out at most. */
const maxDoublings = 5;

export class FactWindow {
  readonly #limits: FactWindowLimits;
  #marks: OutboxMarks;
  #isUp = false;
  /** facts up to here need no sending */
  #acked: number;
  /** the last seq of each batch on its way, ascending */
  #inFlight: number[] = [];
  /** the batch that disk and line are busy with */
  #sending: number | undefined;
  #sentMs = 0;
  #timeouts = 0;

  constructor(limits: FactWindowLimits, marks: OutboxMarks) {
    this.#limits = limits;
    this.#marks = marks;
    this.#acked = marks.applied;
  }

  step(input: FactWindowInput, nowMs: number): FactWindowOutput[] {
    switch (input.kind) {
      case 'up':
        this.#isUp = true;
        this.#inFlight = [];
        this.#timeouts = 0;
        return this.#fill();
      case 'down':
        this.#isUp = false;
        this.#inFlight = [];
        return [];
      case 'tick':
        return this.#isUp ? this.#retry(nowMs) : [];
      case 'heard':
        return this.#isUp ? this.#retryNow(nowMs) : [];
      case 'again':
        this.#acked = Math.min(this.#acked, this.#marks.forgotten);
        this.#inFlight = [];
        return this.#fill();
      case 'appended':
        this.#noteMarks(input.marks);
        return this.#fill();
      case 'sent':
        return this.#noteSent(input, nowMs);
      case 'ack':
        return [{ kind: 'settle', ack: input.ack }];
      case 'settled':
        return this.#noteSettled(input, nowMs);
    }
  }

  /** Asks for one more batch when the window has room; its `sent` asks for the next. */
  #fill(): FactWindowOutput[] {
    const after = this.#inFlight.at(-1) ?? this.#acked;
    const hasRoom = this.#inFlight.length < this.#limits.batchesInFlight;
    if (!this.#isUp || !hasRoom || this.#sending !== undefined || after >= this.#marks.lastSeq) return [];
    this.#sending = after;
    return [{ kind: 'send-batch', after }];
  }

  #noteSent({ after, upTo }: { after: number; upTo: number }, nowMs: number): FactWindowOutput[] {
    if (after === this.#sending) this.#sending = undefined;
    const expected = this.#inFlight.at(-1) ?? this.#acked;
    // nothing there: the next tick tries again
    if (!this.#isUp || upTo <= after) return [];
    // otherwise the window moved while it was read
    if (after === expected) {
      if (this.#inFlight.length === 0) this.#sentMs = nowMs;
      this.#inFlight.push(upTo);
    }
    return this.#fill();
  }

  /** Acks are absolute, so only a mark that rose is news. */
  #noteSettled({ upTo, marks }: { upTo: number; marks: OutboxMarks }, nowMs: number): FactWindowOutput[] {
    if (marks.epoch === this.#marks.epoch && upTo > this.#acked) {
      this.#acked = upTo;
      this.#inFlight = this.#inFlight.filter((last) => last > upTo);
      this.#sentMs = nowMs;
      this.#timeouts = 0;
    }
    this.#noteMarks(marks);
    return this.#fill();
  }

  /** In a new epoch everything has another number. */
  #noteMarks(marks: OutboxMarks): void {
    if (marks.epoch !== this.#marks.epoch) {
      this.#acked = marks.applied;
      this.#inFlight = [];
      this.#timeouts = 0;
    }
    this.#marks = marks;
  }

  #retry(nowMs: number): FactWindowOutput[] {
    if (this.#inFlight.length === 0) return this.#fill();
    return nowMs - this.#sentMs < this.#patienceMs(this.#timeouts) ? [] : this.#goBack();
  }

  /** Headquarters is back: what waits out a long time-out goes now. */
  #retryNow(nowMs: number): FactWindowOutput[] {
    const isWaiting = this.#inFlight.length > 0 && this.#timeouts > 0;
    return isWaiting && nowMs - this.#sentMs >= this.#patienceMs(0) ? this.#goBack() : [];
  }

  #goBack(): FactWindowOutput[] {
    this.#timeouts += 1;
    this.#inFlight = [];
    // CO4: headquarters seems to have less than it said
    if (this.#timeouts > 1) this.#acked = Math.min(this.#acked, this.#marks.forgotten);
    return this.#fill();
  }

  #patienceMs(doublings: number): number {
    return this.#limits.ackTimeoutMs * 2 ** Math.min(doublings, maxDoublings);
  }
}
