// Framing of proximity readers that type a card's number like a keyboard.
import type { BurstFraming } from './burst-framing.ts';
import { type CardReading, GatheredReading } from './card-framing.ts';
import { HidKeys } from './hid-keys.ts';
import { isEndOfTyping, KeyBuffer, keyPauseMs } from './key-buffer.ts';
import type { ReportLayout } from './report-descriptor.ts';
import { readTypedNumber, type TypedCardFormat } from './typed-number.ts';

/** The longest format is 20 digits. */
const maxKeys = 24;
/** Fewer keys in one burst are a hand on a keyboard, not a card that was read badly. */
const leastKeys = 6;

export class KeyboardNumberFraming implements BurstFraming {
  readonly pauseMs = keyPauseMs;
  readonly #keys: HidKeys;
  readonly #typed = new KeyBuffer(maxKeys);
  readonly #format: TypedCardFormat;

  constructor(layout: ReportLayout, format: TypedCardFormat) {
    this.#keys = new HidKeys(layout);
    this.#format = format;
  }

  get burstLength(): number {
    return this.#typed.length;
  }

  push(report: Uint8Array): CardReading {
    const reading = new GatheredReading();
    this.#keys.push(report, (ascii) => {
      if (!isEndOfTyping(ascii)) this.#typed.add(ascii);
      else if (this.#typed.length > 0) this.#end(reading);
    });
    return reading;
  }

  pause(): CardReading {
    const reading = new GatheredReading();
    this.#forget(reading);
    return reading;
  }

  #end(reading: GatheredReading): void {
    const found = this.#typed.isWhole ? readTypedNumber(this.#typed.bytes, this.#format) : 'card-unreadable';
    if (found !== 'card-unreadable') {
      reading.add(found);
      this.#forget();
      return;
    }
    if (this.#typed.length >= leastKeys) reading.add(found);
    this.#forget(reading);
  }

  #forget(reading?: GatheredReading): void {
    if (reading) reading.noiseBytes += this.#typed.length;
    this.#typed.wipe();
    this.#keys.reset();
  }
}
