// Rings: who gets a release first. IT names them for a few devices; all others fall into theirs by their own name.
import { createHash } from 'node:crypto';

/** In the order in which a release reaches them. */
export const rings = ['lab', 'canary', 'early', 'rest'] as const;
export type Ring = (typeof rings)[number];

/** Of the devices that nobody put into a ring: this share, and the rest. Nobody falls into the lab. */
const shares: readonly (readonly [Ring, number])[] = [
  ['canary', 0.01],
  ['early', 0.11],
];

/**
 * A device that comes late lands where it would have been from the beginning, never in front by chance.
 * @param named as its record says; anything that is no ring leaves it to the name
 */
export function ringOf(device: string, named: string): Ring {
  const chosen = rings.find((ring) => ring === named);
  if (chosen) return chosen;
  const place = placeOf('ring', device);
  return shares.find(([, share]) => place < share)?.[0] ?? 'rest';
}

/** @returns 0 … 1, the same everywhere and for ever */
export function placeOf(what: string, device: string): number {
  return createHash('sha256').update(`${what}|${device}`).digest().readUInt32BE(0) / 2 ** 32;
}
