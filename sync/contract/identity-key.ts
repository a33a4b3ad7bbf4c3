// What two applications of one person have in common, as keys that can be compared but not read.
import { createHmac } from 'node:crypto';
import type { IdentityKey } from './members.ts';

/**
 * What a key is made of; `phone` and `id` are one person by themselves, the others only make it likely. The last two
 * are headquarters' own: `phone-pinyin` tells one person from a family that shares a telephone.
 */
export const identityTraits = [
  'phone',
  'id',
  'name-birthday',
  'name-phone-tail',
  'pinyin-birthday',
  'pinyin-phone-tail',
  'phone-pinyin',
] as const;
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

/** One spelling for comparing: full-width letters, blanks and dots say nothing. `欧阳 · 修` → `欧阳修` */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•・‧.,'’`_-]/g, '');
}

/** The number of an identity card as keys are made of it. */
export function plainId(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
}

/**
 * Keys that a terminal can make of what somebody tells at joining, in the order in which they are asked.
 * @param sound the name as it was typed in Latin letters: what sounds the same may be the same person
 */
export function askedKeys(
  fleetKey: Uint8Array,
  person: {
    readonly phone: string;
    readonly idKey: IdentityKey | null;
    readonly name: string | null;
    readonly sound: string | null;
    readonly birthday: string | null;
  },
): { readonly trait: IdentityTrait; readonly key: IdentityKey }[] {
  const { phone, idKey, name, sound, birthday } = person;
  const of = (trait: IdentityTrait, value: string) => ({ trait, key: identityKey(fleetKey, trait, value) });
  const plain = name === null ? null : plainName(name);
  const typed = sound === null ? null : plainName(sound);
  return [
    of('phone', phone),
    ...(idKey === null ? [] : [{ trait: 'id' as const, key: idKey }]),
    ...(plain && birthday ? [of('name-birthday', `${plain}|${birthday}`)] : []),
    ...(typed && birthday ? [of('pinyin-birthday', `${typed}|${birthday}`)] : []),
    ...(plain ? [of('name-phone-tail', `${plain}|${phone.slice(-4)}`)] : []),
  ];
}
