// PORT: whatever recognises a presented card.
import type { CardNumber } from './card-number.ts';
import type { DeviceState } from './device-state.ts';

/** Families of cards; part of a card's identity. */
export type CardTechnology = 'em4100' | 'iso14443' | 'magstripe';

/** One presentation of one card; lying on the reader, or going in and out, is still one. */
export interface CardRead {
  readonly technology: CardTechnology;
  /** cannot print itself; `use()` it only to make a token */
  readonly number: CardNumber;
  /** how many low bits of the card's identity the reader told: 4 × hex digits, 24 of Wiegand-26; null for a magnetic stripe */
  readonly bits: number | null;
}

/** A card was there and is no key: the person is told what to do, nothing else happens. */
export const unusableCards = [
  /** damaged, too fast, or the wrong way round: swipe again */
  'card-unreadable',
  /** looks like a bank card: refused before anything was made of its number */
  'card-payment',
  /** a telephone's or passport's identity, new at every reading */
  'card-random-id',
  /** the reader encrypts: what it says is no identity */
  'card-encrypted',
  /** the reader tells fewer bits than the fleet identifies cards by */
  'card-too-narrow',
] as const;
export type UnusableCard = (typeof unusableCards)[number];

/** Counted, never printed: what the reader said that was no card. */
export interface ReaderNoise {
  readonly code: 'reader-noise' | 'reader-bad-checksum';
  readonly bytes: number;
}

export interface CardReaderEvents {
  readonly onRead: (read: CardRead) => void;
  readonly onUnusable: (why: UnusableCard) => void;
  readonly onState: (state: DeviceState) => void;
  /** at most once a second, summed up */
  readonly onNoise: (noise: ReaderNoise) => void;
}

/** Opens itself, reopens itself, and reports through the events it was made with. */
export interface CardReader {
  readonly state: DeviceState;
  close(): Promise<void>;
}
