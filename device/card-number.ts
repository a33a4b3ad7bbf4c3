// A card number that cannot slip into a log, a message or a picture.
import { inspect } from 'node:util';

/** Holds the canonical spelling of a card's identity; every ordinary way to print it shows only the tail. */
export class CardNumber {
  readonly #canonical: string;

  /** @param canonical EM4100: 10 upper-case hex digits */
  constructor(canonical: string) {
    this.#canonical = canonical;
  }

  /** The last 4 digits, for people: what a card shows on its back. */
  get tail(): string {
    return this.#canonical.slice(-4);
  }

  /** The one way to the number; call it only to make a `CardToken`. */
  reveal(): string {
    return this.#canonical;
  }

  equals(other: CardNumber): boolean {
    return this.#canonical === other.#canonical;
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
