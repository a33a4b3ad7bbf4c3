// PORT: whatever recognises a presented card.
import type { CardNumber } from './card-number.ts';
import type { DeviceErrorCode } from './device-error.ts';

/** One presentation of one card; lying on the reader is still one. */
export interface CardRead {
  /** which family of cards; part of the card's identity */
  readonly technology: 'em4100';
  /** cannot print itself; `reveal()` it only to make a token */
  readonly number: CardNumber;
}

/** What can be said of a device that comes and goes. */
export type DeviceState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready' }
  /** not there now; tried again with back-off until closed */
  | { readonly kind: 'lost'; readonly code: DeviceErrorCode };

/** Counted, never printed: what the reader said that was no card. */
export interface ReaderNoise {
  readonly code: 'reader-noise' | 'reader-bad-checksum';
  readonly bytes: number;
}

export interface CardReaderEvents {
  readonly onRead: (read: CardRead) => void;
  readonly onState: (state: DeviceState) => void;
  /** at most once a second, summed up */
  readonly onNoise: (noise: ReaderNoise) => void;
}

/** Opens itself, reopens itself, and reports through the events it was made with. */
export interface CardReader {
  readonly state: DeviceState;
  close(): Promise<void>;
}
