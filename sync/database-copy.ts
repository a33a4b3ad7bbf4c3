// Copies a SQLite file while it is in use, and proves that a copy is whole.
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { SyncError } from './sync-error.ts';

/**
 * One state of `file` as a file of its own, on disk when this returns. Reads only, whoever writes goes on.
 * @param to must not be there
 * @throws SyncError sync-store-corrupt when the copy is not whole; the database's own error when it cannot be made
 */
export function copyDatabase(file: string, to: string): void {
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    source.prepare('VACUUM INTO ?').run(to);
  } finally {
    source.close();
  }
  syncFile(to);
  try {
    readCopy(to, () => {});
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}

/**
 * @param read gets rows of a copy that was found to be whole
 * @throws SyncError sync-store-corrupt
 */
export function readCopy<T>(
  file: string,
  read: (all: (sql: string) => Readonly<Record<string, unknown>>[]) => T,
): T {
  let copy: InstanceType<typeof DatabaseSync> | undefined;
  try {
    copy = new DatabaseSync(file, { readOnly: true });
    const [found] = copy.prepare('PRAGMA integrity_check(1)').all() as { integrity_check: unknown }[];
    if (found?.integrity_check !== 'ok') throw new Error('integrity_check found damage');
    const open = copy;
    return read((sql) => open.prepare(sql).all() as Readonly<Record<string, unknown>>[]);
  } catch (cause) {
    throw new SyncError('sync-store-corrupt', `${file} is no whole copy of a database: take another one.`, {
      cause,
    });
  } finally {
    copy?.close();
  }
}

export function syncFile(file: string): void {
  const handle = openSync(file, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
