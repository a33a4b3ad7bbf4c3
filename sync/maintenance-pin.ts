// The PIN behind which a site's maintenance screen lies: how it is kept on a disk that somebody may carry away.
import { randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto';

/** What may be chosen: longer than a member's, because nobody carries a card besides. */
export const maintenancePinPattern = /^\d{6,8}$/;

/** As it is kept: `scrypt:SALT:HASH`, both in base64url. */
const sealedPattern = /^scrypt:([\w-]{22}):([\w-]{43})$/;

/** About 32 MiB and 80 ms: a million PINs are a day's work for whoever has the disk, five are all at the screen. */
const cost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;

export function isSealedPin(text: string): boolean {
  return sealedPattern.test(text);
}

/** @param pin of `maintenancePinPattern`. @returns another text each time */
export function sealPin(pin: string): string {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString('base64url')}:${scryptSync(pin, salt, 32, cost).toString('base64url')}`;
}

/** @param sealed of `sealPin`; anything else fits no PIN */
export async function fitsSealedPin(sealed: string, pin: string): Promise<boolean> {
  const [, salt, hash] = sealedPattern.exec(sealed) ?? [];
  if (salt === undefined || hash === undefined) return false;
  const given = await new Promise<Buffer>((resolve, reject) => {
    scrypt(pin, Buffer.from(salt, 'base64url'), 32, cost, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
  return timingSafeEqual(given, Buffer.from(hash, 'base64url'));
}
