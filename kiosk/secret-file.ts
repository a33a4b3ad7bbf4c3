// Reads secrets from files that only their owner may read.
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { Secret } from '../device/secret.ts';
import { StartError } from './start-error.ts';

/** @throws StartError key-unreadable: no such file, readable by others, or not 64 hex digits */
export function readFleetKey(file: string): Buffer {
  const text = readPrivate(file, 'key-unreadable');
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new StartError('key-unreadable', file);
  return Buffer.from(text, 'hex');
}

/** @throws StartError password-unreadable */
export function readPassword(file: string): string {
  return readPrivate(file, 'password-unreadable');
}

/** @throws StartError pin-file-unreadable: no such file, readable by others, or not 4–8 digits */
export function readMaintenancePin(file: string): Secret {
  const text = readPrivate(file, 'pin-file-unreadable');
  if (!/^\d{4,8}$/.test(text)) throw new StartError('pin-file-unreadable', file);
  return new Secret(createHash('sha256').update(text).digest());
}

/** @param secret of `readMaintenancePin` */
export function isPin(secret: Secret, pin: string): boolean {
  const digest = createHash('sha256').update(pin).digest();
  return secret.use((known) => timingSafeEqual(known, digest));
}

function readPrivate(
  file: string,
  code: 'key-unreadable' | 'password-unreadable' | 'pin-file-unreadable',
): string {
  try {
    if ((statSync(file).mode & 0o077) !== 0) throw new StartError(code, file);
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw new StartError(code, file, { cause });
  }
}
