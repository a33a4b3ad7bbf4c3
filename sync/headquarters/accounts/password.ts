// Passwords: what is kept of one, whether another is the same, and which are too weak.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const cost = { N: 32_768, r: 8, p: 1 } as const;
const keyBytes = 32;
const shortest = 10;

/** @returns `scrypt$N$r$p$salt$key`, salt and key in base64url */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes the same time for an account that is not there (`undefined`). */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [, N, r, p, salt, key] = (kept ?? nobody).split('$');
  const wanted = Buffer.from(key ?? '', 'base64url');
  const given = await derive(password, Buffer.from(salt ?? '', 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return kept !== undefined && wanted.length === given.length && timingSafeEqual(wanted, given);
}

/**
 * Long enough, not one letter again and again, both without counting the account's name: a name of two letters may
 * stand in a good password by chance.
 */
export function isWeak(password: string, account: string): boolean {
  const rest = password.normalize('NFKC').toLowerCase().replaceAll(account, '');
  return [...rest].length < shortest || new Set(rest).size < 4;
}

const nobody = ['scrypt', cost.N, cost.r, cost.p, 'AAAA', Buffer.alloc(keyBytes).toString('base64url')].join(
  '$',
);

function derive(
  password: string,
  salt: Buffer,
  { N, r, p }: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  return new Promise<Buffer>((resolve, reject) => {
    const text = password.normalize('NFKC');
    scrypt(text, salt, keyBytes, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
