// Something that happens in a simulated device at one byte of a stream.

export class ByteTrigger {
  #left = Number.POSITIVE_INFINITY;
  #act: () => void = () => undefined;

  /** @param bytes from now on; a new trigger takes the place of the one before */
  set(bytes: number, act: () => void): void {
    this.#left = bytes;
    this.#act = act;
  }

  clear(): void {
    this.#left = Number.POSITIVE_INFINITY;
  }

  /** What may still pass before it happens. */
  cut(bytes: Buffer): Buffer {
    return bytes.subarray(0, this.#left);
  }

  /** Counts what passed. @returns whether it happened now */
  pass(bytes: number): boolean {
    this.#left -= bytes;
    if (this.#left > 0) return false;
    this.clear();
    this.#act();
    return true;
  }
}
