// Reads secrets from files that only their owner may read.
import { readFileSync, statSync } from 'node:fs';
import { replaceFile } from '../sync/durable-file.ts';
import { isSealedPin, maintenancePinPattern, sealPin } from '../sync/maintenance-pin.ts';
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

/**
 * A PIN that somebody wrote there by hand is sealed, where the file can be replaced.
 * @returns the PIN as `sealPin` keeps it
 * @throws StartError pin-file-unreadable: no such file, readable by others, or neither 6–8 digits nor sealed
 */
export function readMaintenancePin(file: string): string {
  const text = readPrivate(file, 'pin-file-unreadable');
  if (isSealedPin(text)) return text;
  if (!maintenancePinPattern.test(text)) throw new StartError('pin-file-unreadable', file);
  const sealed = sealPin(text);
  try {
    replaceFile(file, `${sealed}\n`);
  } catch {
    // a folder that is not ours: it is at least private
  }
  return sealed;
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
