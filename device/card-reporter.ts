// Turns what a framing read into a reader's events: one tap per presentation, noise summed up.
import type { CardReaderEvents, ReaderNoise } from './card-reader.ts';
import type { CardReading } from './readers/card-framing.ts';
import { CardPresence } from './readers/card-presence.ts';

const noiseEveryMs = 1_000;

/** One for the life of a reader: a card that lies on it while the cable is replugged is still one presentation. */
export class CardReporter {
  readonly #events: CardReaderEvents;
  readonly #presence: CardPresence;
  readonly #noise = new Map<ReaderNoise['code'], number>();
  #noiseTimer: NodeJS.Timeout | undefined;

  /** @param cardAbsenceMs a card must be away this long before it counts again */
  constructor(events: CardReaderEvents, cardAbsenceMs: number) {
    this.#events = events;
    this.#presence = new CardPresence(cardAbsenceMs);
  }

  /** @param now monotonic milliseconds */
  report(reading: CardReading, now = performance.now()): void {
    this.#count('reader-noise', reading.noiseBytes);
    this.#count('reader-bad-checksum', reading.badChecksumBytes);
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
    clearTimeout(this.#noiseTimer);
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
