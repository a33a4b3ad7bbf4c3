// Framing of magnetic readers that type a card's tracks like a keyboard.
import type { BurstFraming } from './burst-framing.ts';
import { type CardReading, GatheredReading } from './card-framing.ts';
import { HidKeys } from './hid-keys.ts';
import { isEndOfTyping, KeyBuffer, keyPauseMs } from './key-buffer.ts';
import { isStartSentinel, readTrackStream } from './magnetic-track.ts';
import type { ReportLayout } from './report-descriptor.ts';
import { addSwipe, type PaymentCards } from './stripe-swipe.ts';

/** Three tracks of 79, 40 and 107 characters, line ends, and what a reader may be set up to put around them. */
const maxKeys = 280;
const track2Start = 0x3b;
const endSentinel = 0x3f;

/**
 * Many readers end every track with Enter, so only a track 2 ends a swipe at once; else the burst's own end does.
 * Sentinels prove that a track is whole, so a reader that types no Enter at all is understood too.
 */
export class KeyboardStripeFraming implements BurstFraming {
  readonly pauseMs = keyPauseMs;
  readonly #keys: HidKeys;
  readonly #typed = new KeyBuffer(maxKeys);
  readonly #paymentCards: PaymentCards;
  /** The card is told; what still comes of the burst is passed over. */
  #isTold = false;

  constructor(layout: ReportLayout, paymentCards: PaymentCards) {
    this.#keys = new HidKeys(layout);
    this.#paymentCards = paymentCards;
  }

  get burstLength(): number {
    return this.#typed.length;
  }

  push(report: Uint8Array): CardReading {
    const reading = new GatheredReading();
    this.#keys.push(report, (ascii) => {
      const isLineEnd = isEndOfTyping(ascii);
      if (isLineEnd && this.#typed.length === 0) return;
      this.#typed.add(ascii);
      if (isLineEnd && !this.#isTold && hasTrack2(this.#typed.bytes)) this.#tell(reading);
    });
    return reading;
  }

  pause(): CardReading {
    const reading = new GatheredReading();
    if (!this.#isTold) {
      if (isSwipe(this.#typed.bytes)) this.#tell(reading);
      else reading.noiseBytes += this.#typed.length;
    }
    this.#isTold = false;
    this.#typed.wipe();
    this.#keys.reset();
    return reading;
  }

  #tell(reading: GatheredReading): void {
    if (this.#typed.isWhole) addSwipe(reading, readTrackStream(this.#typed.bytes), this.#paymentCards);
    else reading.add('card-unreadable');
    this.#isTold = true;
    this.#typed.bytes.fill(0);
  }
}

function hasTrack2(typed: Uint8Array): boolean {
  const start = typed.indexOf(track2Start);
  return start >= 0 && typed.indexOf(endSentinel, start) >= 0;
}

/** A burst with a start and an end behind it. */
function isSwipe(typed: Uint8Array): boolean {
  const start = typed.findIndex(isStartSentinel);
  return start >= 0 && typed.indexOf(endSentinel, start) >= 0;
}
