// Lets no more messages be unanswered than the broker said it can hold; the rest wait their turn, up to a limit.

export class SendWindow {
  readonly #maxWaiting: number;
  #free: number;
  #waiting: (() => void)[] = [];

  /** @param size messages that may be unanswered @param maxWaiting beyond them */
  constructor(size: number, maxWaiting: number) {
    this.#free = size;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * @param send called now or when it is its turn; must lead to one `release`
   * @returns false when too many wait already: it will not be called
   */
  enter(send: () => void): boolean {
    if (this.#free > 0) {
      this.#free -= 1;
      send();
      return true;
    }
    if (this.#waiting.length >= this.#maxWaiting) return false;
    this.#waiting.push(send);
    return true;
  }

  /** One was answered. */
  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
