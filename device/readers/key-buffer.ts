// What was typed in one burst, in one buffer that can be overwritten.

/** Bluetooth readers need up to 60 ms for a key; a person needs 100. */
export const keyPauseMs = 80;

/** CR, LF and Tab: what readers type behind a card. */
export function isEndOfTyping(ascii: number): boolean {
  return ascii === 0x0d || ascii === 0x0a || ascii === 0x09;
}

export class KeyBuffer {
  readonly #bytes: Buffer;
  #length = 0;

  /** @param most keys beyond are counted and not kept */
  constructor(most: number) {
    this.#bytes = Buffer.alloc(most);
  }

  /** keys of the burst, kept or not */
  get length(): number {
    return this.#length;
  }

  get isWhole(): boolean {
    return this.#length <= this.#bytes.length;
  }

  /** a view: gone with the next `wipe` */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, Math.min(this.#length, this.#bytes.length));
  }

  add(ascii: number): void {
    if (this.#length < this.#bytes.length) this.#bytes[this.#length] = ascii;
    this.#length += 1;
  }

  wipe(): void {
    this.#bytes.fill(0);
    this.#length = 0;
  }
}
