// Reads secrets from files that only their owner may read.
import { readFileSync, statSync } from 'node:fs';
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

function readPrivate(file: string, code: 'key-unreadable' | 'password-unreadable'): string {
  try {
    if ((statSync(file).mode & 0o077) !== 0) throw new StartError(code, file);
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw new StartError(code, file, { cause });
  }
}
