// Decides how long to wait before the next attempt: full jitter, so that a fleet does not come back in step.

export interface BackOffLimits {
  /** waits are random in 0 … a ceiling that doubles from min to max */
  readonly minMs: number;
  readonly maxMs: number;
}

/** A connection that lasted this long ends the back-off; a shorter one proves nothing about the next. */
export const stableMs = 60_000;

export class BackOff {
  readonly #limits: BackOffLimits;
  readonly #random: () => number;
  #attempts = 0;

  /** @param random 0 … 1 */
  constructor(limits: BackOffLimits, random: () => number) {
    this.#limits = limits;
    this.#random = random;
  }

  /** How long to wait now, in milliseconds; asking counts as an attempt. */
  nextMs(): number {
    const { minMs, maxMs } = this.#limits;
    const ceiling = Math.min(maxMs, minMs * 2 ** Math.min(this.#attempts, 30));
    this.#attempts += 1;
    return this.#random() * ceiling;
  }

  /** A connection ended after this long. */
  noteLasted(ms: number): void {
    if (ms >= stableMs) this.#attempts = 0;
  }
}
