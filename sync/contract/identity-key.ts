// What two applications of one person have in common, as keys that can be compared but not read.
import { createHmac } from 'node:crypto';
import type { IdentityKey } from './members.ts';

/** What a key is made of; `phone` and `id` are one person by themselves, the others only make it likely. */
export const identityTraits = ['phone', 'id', 'name-birthday', 'name-phone-tail', 'pinyin-birthday'] as const;
export type IdentityTrait = (typeof identityTraits)[number];

/**
 * HMAC-SHA-256 under the fleet key: a telephone number is one of a few thousand million, an unkeyed hash would tell it.
 * A terminal holds the key, as it does for cards: whoever takes both key and dataset can try numbers, and finds ids and
 * masked names.
 * @param value in the trait's one spelling: `13812341234`, `zhang xiaoming|1980-05-17`
 */
export function identityKey(fleetKey: Uint8Array, trait: IdentityTrait, value: string): IdentityKey {
  return createHmac('sha256', fleetKey)
    .update(`yingbin identity v1|${trait}|${value}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url') as IdentityKey;
}
