// What every reader protocol is to its driver: bytes in, cards out. No clock, no port.
import type { CardRead, UnusableCard } from '../card-reader.ts';

/** What one chunk told. Byte counts never say which bytes: they may be half a card. */
export interface CardReading {
  /** every sighting; whether it is a new presentation is not for the framing to know */
  readonly cards: readonly CardRead[];
  readonly unusable: readonly UnusableCard[];
  readonly noiseBytes: number;
  readonly badChecksumBytes: number;
  /** what the driver must write back now, in this order */
  readonly replies?: readonly Uint8Array[];
}

/** One connection's worth of protocol: a new connection gets a new one. Holds at most one unfinished frame, and never throws. */
export interface CardFraming {
  push(chunk: Uint8Array): CardReading;
}

/** A reader that says nothing unasked. The driver asks again a while after each answer. */
export interface PolledCardFraming extends CardFraming {
  /** Has the reader answered all that was asked, so that it may be asked for a card? */
  readonly isIdle: boolean;
  /** What to write on a new connection, and again when an answer does not come. */
  start(): Uint8Array;
  /** What to write to ask for a card. */
  ask(): Uint8Array;
}

/** A `CardReading` while it is being gathered. */
export class GatheredReading implements CardReading {
  readonly cards: CardRead[] = [];
  readonly unusable: UnusableCard[] = [];
  noiseBytes = 0;
  badChecksumBytes = 0;
  readonly replies: Uint8Array[] = [];

  add(found: CardRead | UnusableCard): void {
    if (typeof found === 'string') this.unusable.push(found);
    else this.cards.push(found);
  }
}
