// The second proof behind a card: how a PIN is kept so that neither end can read it.
import { createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import type { MemberId } from './ids.ts';

/** About 16 MiB and 40 ms: slow enough to guess, fast enough to wait for. */
const cost = { N: 16_384, r: 8, p: 1 } as const;

/**
 * scrypt of the PIN under the fleet key, so that a stolen dataset without the key cannot be tried offline.
 * @param pin 4 to 8 digits
 * @returns 43 base64url characters
 */
export async function pinHash(fleetKey: Uint8Array, member: MemberId, pin: string): Promise<string> {
  const salt = createHmac('sha256', fleetKey).update(`yingbin pin v1|${member}`).digest();
  const hash = await new Promise<Buffer>((resolve, reject) => {
    scrypt(pin, salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
  return hash.toString('base64url');
}

export async function pinMatches(
  fleetKey: Uint8Array,
  member: MemberId,
  pin: string,
  hash: string,
): Promise<boolean> {
  const given = Buffer.from(await pinHash(fleetKey, member, pin), 'base64url');
  const kept = Buffer.from(hash, 'base64url');
  return given.length === kept.length && timingSafeEqual(given, kept);
}
