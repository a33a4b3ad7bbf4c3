// Turns a card number into the token that may be stored, sent and compared.
import { createHmac } from 'node:crypto';
import type { CardToken } from './ids.ts';

/**
 * How many low bits of a proximity card's identity the fleet goes by. Readers that type 8H10D tell 32, Wiegand-26 and
 * 6H8D tell 24: one such reader in the fleet sets the width for all, or the same card would be two. Two members whose
 * cards agree in these bits are refused at enrolment.
 */
export const cardWidths = ['all', 32, 24] as const;
export type CardWidth = (typeof cardWidths)[number];

/** Bits of a whole identity; ISO 14443 has longer ones too. */
const wholeBits: Readonly<Record<string, number>> = { em4100: 40, iso14443: 32 };

/** @returns how many bits a card's canonical digits tell; null for cards that are no number of bits */
export function bitsOfDigits(technology: string, digits: string): number | null {
  return technology in wholeBits ? digits.length * 4 : null;
}

/** @param bits told by the reader; null for cards that are no number of bits */
export function isWideEnough(technology: string, bits: number | null, width: CardWidth): boolean {
  return bits === null || bits >= (width === 'all' ? (wholeBits[technology] ?? 0) : width);
}

/**
 * 128 bits of HMAC-SHA-256 under the fleet key, as 22 base64url characters.
 * Keyed, because an unkeyed hash of a 10-digit number is reversed by trying them all.
 * @param key the fleet's card key, at least 16 bytes
 * @param technology how the card was read (`em4100` …): the same digits on two technologies are two cards
 * @param canonical ASCII of the card's identity in the one spelling its family agreed on (proximity cards: upper-case hex)
 */
export function cardToken(
  key: Uint8Array,
  technology: string,
  canonical: string | Uint8Array,
  width: CardWidth = 'all',
): CardToken {
  const isNarrowed = width !== 'all' && technology in wholeBits;
  return createHmac('sha256', key)
    .update(`yingbin card v1|${technology}${isNarrowed ? `/${width}` : ''}|`)
    .update(isNarrowed ? canonical.slice(-width / 4) : canonical)
    .digest()
    .subarray(0, 16)
    .toString('base64url') as CardToken;
}
