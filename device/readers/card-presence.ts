// Turns the stream of a reader that repeats itself into one tap per presentation. Knows no timers.
import { createHmac, randomBytes } from 'node:crypto';
import type { CardNumber } from '../card-number.ts';
import type { UnusableCard } from '../card-reader.ts';

/** More cards than fit on any reader: beyond, the one unseen longest is forgotten. */
const mostPresent = 32;

/**
 * A card counts again after it was unseen for `absenceMs`; each sighting starts that time anew.
 * Keeps fingerprints under a key of its own, so a card's number lives no longer than its `CardRead`.
 */
export class CardPresence {
  readonly #absenceMs: number;
  readonly #key = randomBytes(32);
  /** when each was seen last, the one unseen longest first */
  readonly #seenAt = new Map<string, number>();

  constructor(absenceMs: number) {
    this.#absenceMs = absenceMs;
  }

  /**
   * @param now monotonic milliseconds
   * @returns is this a new presentation?
   */
  see(number: CardNumber, now: number): boolean {
    const fingerprint = number.use((canonical) =>
      createHmac('sha256', this.#key).update(canonical).digest('base64'),
    );
    return this.#note(fingerprint, now);
  }

  /** The same for a card that has no number to go by: what is wrong with it stands for it. */
  seeUnusable(why: UnusableCard, now: number): boolean {
    return this.#note(why, now);
  }

  #note(who: string, now: number): boolean {
    const seenAt = this.#seenAt.get(who);
    this.#seenAt.delete(who);
    this.#seenAt.set(who, now);
    for (const [other, at] of this.#seenAt) {
      if (now - at < this.#absenceMs && this.#seenAt.size <= mostPresent) break;
      this.#seenAt.delete(other);
    }
    return seenAt === undefined || now - seenAt >= this.#absenceMs;
  }
}
