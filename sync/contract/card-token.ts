// Turns a card number into the token that may be stored, sent and compared.
import { createHmac } from 'node:crypto';
import type { CardToken } from './ids.ts';

/**
 * 128 bits of HMAC-SHA-256 under the fleet key, as 22 base64url characters.
 * Keyed, because an unkeyed hash of a 10-digit number is reversed by trying them all.
 * @param key the fleet's card key, at least 16 bytes
 * @param technology how the card was read (`em4100` …): the same digits on two technologies are two cards
 * @param canonicalId the card's identity in the one spelling its reader family agreed on (EM4100: 10 upper-case hex digits)
 */
export function cardToken(key: Uint8Array, technology: string, canonicalId: string): CardToken {
  return createHmac('sha256', key)
    .update(`yingbin card v1|${technology}|${canonicalId}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url') as CardToken;
}
