// Counts only the time in which a reader could be heard: what nobody could have told did not happen.

/**
 * Milliseconds of listening. Between two moments of hearing at most `mostMs` count: a process that stood still, a reader
 * that gave no answer and a cable that was out must not look like a card that was taken away.
 */
export class ListeningClock {
  readonly #mostMs: number;
  #listenedMs = 0;
  #heardAt = performance.now();

  constructor(mostMs: number) {
    this.#mostMs = mostMs;
  }

  get now(): number {
    return this.#listenedMs + Math.min(performance.now() - this.#heardAt, this.#mostMs);
  }

  /** The reader was heard, or could have been. */
  hear(): void {
    this.#listenedMs = this.now;
    this.#heardAt = performance.now();
  }
}
