// What a proximity card's identity is worth, whichever reader told it.
import { CardNumber } from '../card-number.ts';
import type { CardRead, UnusableCard } from '../card-reader.ts';
import { asciiHex } from './ascii-hex.ts';

/** ISO/IEC 14443-3: a single-size UID that starts so was made up for this one activation. */
const randomUid = 0x08;
const singleSizeBytes = 4;

/** @param identity most significant byte first; overwritten with zeros before this returns */
export function proximityCard(
  technology: 'em4100' | 'iso14443',
  identity: Uint8Array,
): CardRead | UnusableCard {
  const canonical = asciiHex(identity);
  const isBlank = identity.every((byte) => byte === 0);
  const isRandom =
    technology === 'iso14443' && identity.length === singleSizeBytes && identity[0] === randomUid;
  const bits = identity.length * 8;
  identity.fill(0);
  try {
    // a collision or an empty chip reads as zeros: all such cards would be one
    if (isBlank) return 'card-unreadable';
    if (isRandom) return 'card-random-id';
    return { technology, number: new CardNumber(canonical), bits };
  } finally {
    canonical.fill(0);
  }
}
