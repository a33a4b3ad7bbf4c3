// How many messages a second of one terminal are dealt with: one that is broken or stolen must not use up what the others need. Whoever has much to
// tell waits its turn and loses nothing; whoever does not wait for answers fills its own queue, and what is over that is dropped.

interface Bucket {
  left: number;
  atMs: number;
}

export class TerminalRates {
  readonly #perSecond: number;
  readonly #nowMs: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /**
   * @param perSecond over a long time; twice as many at once
   * @param nowMs milliseconds, never back
   */
  constructor(perSecond: number, nowMs: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#nowMs = nowMs;
  }

  /**
   * Takes one of its share, now or in advance: for whoever deals with its messages one after the other.
   * @returns how long this one has to wait for its turn, in milliseconds
   */
  waitMs(terminal: string): number {
    const nowMs = this.#nowMs();
    const most = this.#perSecond * 2;
    const { left, atMs } = this.#buckets.get(terminal) ?? { left: most, atMs: nowMs };
    const full = Math.min(most, left + ((nowMs - atMs) * this.#perSecond) / 1_000);
    this.#buckets.set(terminal, { left: full - 1, atMs: nowMs });
    return Math.max(0, ((1 - full) * 1_000) / this.#perSecond);
  }
}
