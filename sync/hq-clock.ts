// Headquarters' time, as its live manifests tell it (rule CK4): this machine's own wall clock may be anything.

/** A manifest that took this much longer than another to arrive was still said later. */
const delayMs = 30_000;

export class HqClock {
  readonly #monoMs: () => number;
  /** headquarters' time at our monotonic zero; the least delayed manifest knows it best */
  #offsetMs: number | undefined;

  /** @param monoMs milliseconds, never back */
  constructor(monoMs: () => number) {
    this.#monoMs = monoMs;
  }

  /** @param at headquarters' time, heard just now: what the broker had kept tells nothing */
  note(at: string): void {
    const offsetMs = Date.parse(at) - this.#monoMs();
    const old = this.#offsetMs;
    const isLate = old !== undefined && offsetMs < old && offsetMs > old - delayMs;
    if (!isLate) this.#offsetMs = offsetMs;
  }

  /** @returns headquarters' time, never ahead of it by more than its own steps; null before it was heard */
  now(): Date | null {
    return this.#offsetMs === undefined ? null : new Date(this.#offsetMs + this.#monoMs());
  }
}
