// Reads the fleet key and the tokens from their files; makes a token when there is none.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { HeadquartersError } from './headquarters-error.ts';

/** @throws HeadquartersError hq-secret-unreadable */
export function readFleetKey(file: string): Uint8Array {
  const text = readSecret(file, 'fleetKeyFile');
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new HeadquartersError(
      'hq-secret-unreadable',
      `fleetKeyFile ${file} must hold 64 hex digits; copy it from the fleet's safe.`,
    );
  }
  return Buffer.from(text, 'hex');
}

/** @param key of the config, for the error's sentence. @throws HeadquartersError hq-secret-unreadable */
export function readOrMakeToken(file: string, key = 'apiTokenFile'): string {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // `wx`: never replace a token that others hold already
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new HeadquartersError(
        'hq-secret-unreadable',
        `${key} ${file} cannot be made; give this user the right to write there.`,
        { cause },
      );
    }
  }
  const token = readSecret(file, key);
  if (!/^[A-Za-z0-9_-]{16,200}$/.test(token)) {
    throw new HeadquartersError(
      'hq-secret-unreadable',
      `${key} ${file} must hold 16 to 200 letters, digits, - or _; delete it and a new one is made.`,
    );
  }
  return token;
}

/** @throws HeadquartersError hq-secret-unreadable */
export function readSecret(file: string, key: string): string {
  try {
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new HeadquartersError(
        'hq-secret-unreadable',
        `${key} ${file} can be read by others; give it mode 0600.`,
      );
    }
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    if (cause instanceof HeadquartersError) throw cause;
    throw new HeadquartersError(
      'hq-secret-unreadable',
      `${key} ${file} cannot be read; create it with mode 0600 or mend the path.`,
      { cause },
    );
  }
}
