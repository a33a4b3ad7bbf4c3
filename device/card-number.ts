// A card number that cannot slip into a log, a message or a picture.
import { timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';
import { Secret } from './secret.ts';

/** Holds the canonical spelling of a card's identity; every ordinary way to print it shows only the tail. */
export class CardNumber {
  readonly #canonical: Secret;
  readonly #tail: string;

  /**
   * @param canonical ASCII; copied, so the caller wipes its own. Proximity cards: upper-case hex, most significant
   * digit first, leading zeros kept (EM4100: 10 digits, or the low 8 or 6 when the reader told no more).
   * Magnetic stripes: the digits or letters before the first separator.
   */
  constructor(canonical: string | Uint8Array) {
    const bytes = Buffer.from(canonical);
    this.#canonical = new Secret(bytes);
    this.#tail = bytes.toString('latin1', bytes.length - Math.min(4, bytes.length >> 1));
  }

  /** The last 4 digits, never more than half of them, for people: what a card shows on its back. */
  get tail(): string {
    return this.#tail;
  }

  /** The one way to the number; use it only to make a `CardToken`, and keep no string of it. */
  use<T>(read: (canonical: Uint8Array) => T): T {
    return this.#canonical.use(read);
  }

  equals(other: CardNumber): boolean {
    return this.use((mine) =>
      other.use((theirs) => mine.length === theirs.length && timingSafeEqual(mine, theirs)),
    );
  }

  /** Forgets the number; what was read of it before stays valid. */
  wipe(): void {
    this.#canonical.wipe();
  }

  toString(): string {
    return `card ••••${this.tail}`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
