// Replaces small files so that after a power cut there is the old one or the new one, never a torn or an empty one.
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * On disk when this returns.
 * @param mode readable by its owner only unless given
 * @throws the file system's error
 */
export function replaceFile(file: string, text: string, mode = 0o600): void {
  const temporary = `${file}.tmp`;
  const handle = openSync(temporary, 'w', mode);
  try {
    // whatever the umask says
    fchmodSync(handle, mode);
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  syncFolderOf(file);
}

/** What was made, renamed or removed in the folder of `file` stays so. */
export function syncFolderOf(file: string): void {
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
