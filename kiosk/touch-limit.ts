// Lets so many touches a second through and no more.

export class TouchLimit {
  readonly #perSecond: number;
  readonly #nowMs: () => number;
  #tokens: number;
  #filledAtMs: number;

  /** @param perSecond sustained rate; twice that may come at once */
  constructor(perSecond: number, nowMs: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#nowMs = nowMs;
    this.#tokens = perSecond * 2;
    this.#filledAtMs = nowMs();
  }

  /** @returns whether one more is allowed now */
  take(): boolean {
    const nowMs = this.#nowMs();
    this.#tokens = Math.min(
      this.#perSecond * 2,
      this.#tokens + ((nowMs - this.#filledAtMs) / 1000) * this.#perSecond,
    );
    this.#filledAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
