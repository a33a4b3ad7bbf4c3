// The numbers that driverless (免驱) proximity readers type, brought back to the card's own identity.
import type { CardRead, UnusableCard } from '../card-reader.ts';
import { bytesOfAsciiHex } from './ascii-hex.ts';
import { proximityCard } from './proximity-card.ts';

export const typedNumberFormats = ['10H', '8H10D', '6H8D', '2H4H', '4H4H', '10D'] as const;
/**
 * For the EM card 01026F6C3A: `10H` `01026F6C3A` · `8H10D` `0040856634` · `6H8D` `07302202` · `2H4H` `111,27706` ·
 * `4H4H` `00623,27706` · `10D` as 8H10D, but leading zeros may be left out.
 */
export type TypedNumberFormat = (typeof typedNumberFormats)[number];

/** What a proximity reader's digits mean. */
export interface TypedCardFormat {
  readonly technology: 'em4100' | 'iso14443';
  /** `10H` of ISO 14443 is the whole UID: 8, 14 or 20 hex digits, or 8 behind two zeros */
  readonly format: TypedNumberFormat;
  /** `reversed`: the reader says the lowest byte first */
  readonly byteOrder: 'straight' | 'reversed';
}

/**
 * @param typed ASCII, without the key that ends it; the caller wipes it
 * @returns the card, or why it is none: `card-unreadable` when the digits do not have the format
 */
export function readTypedNumber(typed: Uint8Array, as: TypedCardFormat): CardRead | UnusableCard {
  const identity = identityOf(typed, as);
  if (!identity) return 'card-unreadable';
  if (as.byteOrder === 'reversed') identity.reverse();
  return proximityCard(as.technology, identity);
}

function identityOf(typed: Uint8Array, { technology, format }: TypedCardFormat): Buffer | null {
  switch (format) {
    case '10H':
      return technology === 'em4100' ? hexIdentity(typed, [10]) : uidIdentity(typed);
    case '8H10D':
      return typed.length === 10 ? decimalIdentity(typed, 4) : null;
    case '10D':
      return typed.length <= 10 ? decimalIdentity(typed, 4) : null;
    case '6H8D':
      return typed.length === 8 ? decimalIdentity(typed, 3) : null;
    case '2H4H':
      return pairIdentity(typed, 3, 1);
    case '4H4H':
      return pairIdentity(typed, 5, 2);
  }
}

function hexIdentity(typed: Uint8Array, lengths: readonly number[]): Buffer | null {
  return lengths.includes(typed.length) ? bytesOfAsciiHex(typed) : null;
}

/** UIDs have 4, 7 or 10 bytes; some readers fill up a short one to the ten digits of an EM card. */
function uidIdentity(typed: Uint8Array): Buffer | null {
  const isFilledUp = typed.length === 10 && typed[0] === zero && typed[1] === zero;
  return hexIdentity(isFilledUp ? typed.subarray(2) : typed, [8, 14, 20]);
}

/** Two decimal groups: the upper of so many digits and bytes, a comma, five digits of the lowest two bytes. */
function pairIdentity(typed: Uint8Array, upperDigits: number, upperBytes: number): Buffer | null {
  if (typed.length !== upperDigits + 6 || typed[upperDigits] !== comma) return null;
  const upper = decimalIdentity(typed.subarray(0, upperDigits), upperBytes);
  const lower = decimalIdentity(typed.subarray(upperDigits + 1), 2);
  const identity = upper && lower && Buffer.concat([upper, lower]);
  upper?.fill(0);
  lower?.fill(0);
  return identity;
}

/** @returns null when a byte is no digit, there is none, or the value needs more bytes */
function decimalIdentity(digits: Uint8Array, bytes: number): Buffer | null {
  let value = 0;
  for (const digit of digits) {
    if (digit < zero || digit > zero + 9) return null;
    value = value * 10 + digit - zero;
  }
  if (digits.length === 0 || value >= 2 ** (8 * bytes)) return null;
  const identity = Buffer.alloc(bytes);
  identity.writeUIntBE(value, 0, bytes);
  return identity;
}

const zero = 0x30;
const comma = 0x2c;
