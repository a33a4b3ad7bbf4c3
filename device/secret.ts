// Bytes that no log, message, picture or template can print.
import { inspect } from 'node:util';

/** Owns its bytes: whoever made it must not keep them. */
export class Secret {
  readonly #bytes: Buffer;

  /** @param bytes taken over, not copied */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** The one way to the bytes. They are gone after `wipe()`: neither keep them nor make a string of them. */
  use<T>(read: (bytes: Uint8Array) => T): T {
    return read(this.#bytes);
  }

  /** Overwrites the bytes; may be called again. */
  wipe(): void {
    this.#bytes.fill(0);
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.toPrimitive](): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
