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
  /** headquarters is heard again after a silence */
  | { readonly kind: 'online' }
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

/** How much of a shorter wait counts towards the usual one; a longer one counts at once. */
const shorterShare = 0.25;

interface Batch {
  readonly upTo: number;
  readonly sentMs: number;
  /** never sent before: its ack tells how long acks take */
  readonly isFresh: boolean;
}

export class FactWindow {
  readonly #limits: FactWindowLimits;
  #marks: OutboxMarks;
  #isUp = false;
  /** facts up to here need no sending */
  #acked: number;
  /** on their way, oldest first */
  #inFlight: Batch[] = [];
  /** the batch that disk and line are busy with */
  #sending: number | undefined;
  /** the highest that was ever sent */
  #sentUpTo = 0;
  /** since when no ack was news */
  #waitingSinceMs = 0;
  /** headquarters says meanwhile that it has less than it once said: restored from a backup, or an old ack that is late */
  #saysLess: number | undefined;
  /** in a row, without an ack of something fresh */
  #timeouts = 0;
  /** how long acks took lately: a headquarters with much to do is not helped by being told twice */
  #usualMs = 0;

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
        this.#saysLess = undefined;
        return this.#fill();
      case 'down':
        this.#isUp = false;
        this.#inFlight = [];
        return [];
      case 'tick':
        return this.#isUp ? this.#retry(nowMs) : [];
      case 'online':
        return this.#isUp ? this.#retryNow() : [];
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
    const after = this.#inFlight.at(-1)?.upTo ?? this.#acked;
    const hasRoom = this.#inFlight.length < this.#limits.batchesInFlight;
    if (!this.#isUp || !hasRoom || this.#sending !== undefined || after >= this.#marks.lastSeq) return [];
    this.#sending = after;
    return [{ kind: 'send-batch', after }];
  }

  #noteSent({ after, upTo }: { after: number; upTo: number }, nowMs: number): FactWindowOutput[] {
    if (after === this.#sending) this.#sending = undefined;
    const expected = this.#inFlight.at(-1)?.upTo ?? this.#acked;
    // nothing there: the next tick tries again
    if (!this.#isUp || upTo <= after) return [];
    // otherwise the window moved while it was read
    if (after === expected) {
      if (this.#inFlight.length === 0) {
        this.#waitingSinceMs = nowMs;
        this.#saysLess = undefined;
      }
      this.#inFlight.push({ upTo, sentMs: nowMs, isFresh: after >= this.#sentUpTo });
      this.#sentUpTo = Math.max(this.#sentUpTo, upTo);
    }
    return this.#fill();
  }

  /** Acks are absolute, so only a mark that rose is news. */
  #noteSettled({ upTo, marks }: { upTo: number; marks: OutboxMarks }, nowMs: number): FactWindowOutput[] {
    if (marks.epoch === this.#marks.epoch) {
      if (upTo > this.#acked) this.#advance(upTo, nowMs);
      else if (upTo < this.#acked) this.#saysLess = upTo;
    }
    this.#noteMarks(marks);
    return this.#fill();
  }

  #advance(upTo: number, nowMs: number): void {
    const fresh = this.#inFlight.findLast((batch) => batch.upTo <= upTo && batch.isFresh);
    if (fresh) {
      const tookMs = nowMs - fresh.sentMs;
      this.#usualMs = Math.max(tookMs, this.#usualMs + (tookMs - this.#usualMs) * shorterShare);
      this.#timeouts = 0;
    }
    this.#acked = upTo;
    this.#inFlight = this.#inFlight.filter((batch) => batch.upTo > upTo);
    this.#waitingSinceMs = nowMs;
    this.#saysLess = undefined;
  }

  /** In a new epoch everything has another number. */
  #noteMarks(marks: OutboxMarks): void {
    if (marks.epoch !== this.#marks.epoch) {
      this.#acked = marks.applied;
      this.#inFlight = [];
      this.#timeouts = 0;
      this.#sentUpTo = 0;
      this.#saysLess = undefined;
    }
    this.#marks = marks;
  }

  #retry(nowMs: number): FactWindowOutput[] {
    if (this.#inFlight.length === 0) return this.#fill();
    return nowMs - this.#waitingSinceMs < this.#patienceMs() ? [] : this.#goBack();
  }

  /** What waits out a long time-out goes now. */
  #retryNow(): FactWindowOutput[] {
    if (this.#timeouts === 0 || this.#inFlight.length === 0) return [];
    this.#timeouts = 0;
    return this.#goBack();
  }

  #goBack(): FactWindowOutput[] {
    this.#timeouts += 1;
    this.#inFlight = [];
    // CO4: nothing else came, so that is what it has now
    if (this.#saysLess !== undefined) this.#acked = Math.max(this.#saysLess, this.#marks.forgotten);
    return this.#fill();
  }

  #patienceMs(): number {
    const onceMs = Math.max(this.#limits.ackTimeoutMs, 2 * this.#usualMs);
    return onceMs * 2 ** Math.min(this.#timeouts, maxDoublings);
  }
}
