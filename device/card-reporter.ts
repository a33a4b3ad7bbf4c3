// Turns what a framing read into a reader's events: one tap per presentation, noise summed up.
import type { CardReaderEvents, ReaderNoise } from './card-reader.ts';
import { ListeningClock } from './listening-clock.ts';
import type { CardReading } from './readers/card-framing.ts';
import { CardPresence } from './readers/card-presence.ts';

const noiseEveryMs = 1_000;

/** One for the life of a reader: a card that lies on it while the cable is replugged is still one presentation. */
export class CardReporter {
  readonly #events: CardReaderEvents;
  readonly #presence: CardPresence;
  readonly #cardAbsenceMs: number;
  readonly #clock: ListeningClock;
  /** runs while a card may lie on a reader that speaks unasked */
  #hearing: NodeJS.Timeout | undefined;
  #isListening = false;
  #seenAt = Number.NEGATIVE_INFINITY;
  readonly #noise = new Map<ReaderNoise['code'], number>();
  #noiseTimer: NodeJS.Timeout | undefined;

  /** @param cardAbsenceMs a card must be away this long before it counts again */
  constructor(events: CardReaderEvents, cardAbsenceMs: number) {
    this.#events = events;
    this.#presence = new CardPresence(cardAbsenceMs);
    this.#cardAbsenceMs = cardAbsenceMs;
    this.#clock = new ListeningClock(cardAbsenceMs / 2);
  }

  /** A reader that speaks unasked can be heard from now on, or no longer. */
  listen(isListening: boolean): void {
    this.#isListening = isListening;
    this.#watch();
  }

  /** A reader that is asked has answered. */
  heardAnswer(): void {
    this.#clock.hear();
  }

  report(reading: CardReading): void {
    this.#count('reader-noise', reading.noiseBytes);
    this.#count('reader-bad-checksum', reading.badChecksumBytes);
    if (reading.cards.length + reading.unusable.length === 0) return;
    const { now } = this.#clock;
    this.#seenAt = now;
    if (this.#hearing === undefined) this.#watch();
    for (const why of reading.unusable) {
      if (this.#presence.seeUnusable(why, now)) this.#events.onUnusable(why);
    }
    for (const read of reading.cards) {
      if (this.#presence.see(read.number, now)) this.#events.onRead(read);
      else read.number.wipe();
    }
  }

  /** Noise that was not told yet is forgotten. */
  stop(): void {
    this.listen(false);
    clearTimeout(this.#noiseTimer);
  }

  #watch(): void {
    clearInterval(this.#hearing);
    this.#hearing = undefined;
    if (!this.#isListening) return;
    this.#clock.hear();
    if (this.#clock.now - this.#seenAt >= this.#cardAbsenceMs) return;
    this.#hearing = setInterval(() => {
      this.#clock.hear();
      if (this.#clock.now - this.#seenAt >= this.#cardAbsenceMs) this.#watch();
    }, this.#cardAbsenceMs / 4);
  }

  /** A broken cable must not flood the log. */
  #count(code: ReaderNoise['code'], bytes: number): void {
    if (bytes === 0) return;
    this.#noise.set(code, (this.#noise.get(code) ?? 0) + bytes);
    this.#noiseTimer ??= setTimeout(() => {
      this.#noiseTimer = undefined;
      const counted = [...this.#noise];
      this.#noise.clear();
      for (const [code, count] of counted) this.#events.onNoise({ code, bytes: count });
    }, noiseEveryMs);
  }
}
