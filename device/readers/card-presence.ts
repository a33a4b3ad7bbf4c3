// Turns the stream of a reader that repeats itself into one tap per presentation. Knows no timers.
import type { CardNumber } from '../card-number.ts';

/** A card counts again after it was unseen for `absenceMs`; each sighting starts that time anew. */
export class CardPresence {
  readonly #absenceMs: number;
  #present: readonly { readonly number: CardNumber; readonly seenAt: number }[] = [];

  constructor(absenceMs: number) {
    this.#absenceMs = absenceMs;
  }

  /**
   * @param now monotonic milliseconds
   * @returns is this a new presentation?
   */
  see(number: CardNumber, now: number): boolean {
    const present = this.#present.filter(({ seenAt }) => now - seenAt < this.#absenceMs);
    const others = present.filter((card) => !card.number.equals(number));
    this.#present = [...others, { number, seenAt: now }];
    return others.length === present.length;
  }
}
