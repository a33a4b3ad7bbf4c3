// Copies a SQLite file while it is in use, and proves that a copy is whole.
import { open, rm } from 'node:fs/promises';
import type { SqlRow } from './database.ts';
import { runInThread } from './database-thread.ts';
import { SyncError } from './sync-error.ts';

/**
 * One state of `file` as a file of its own, on disk when this is done; nothing is left of one that fails. Reads only,
 * whoever writes goes on.
 * @param to must not be there
 * @throws SyncError sync-store-corrupt when the copy is not whole; the database's own error when it cannot be made
 */
export async function copyDatabase(file: string, to: string): Promise<void> {
  try {
    await runInThread(file, [{ sql: 'VACUUM INTO ?', values: [to] }]);
    await syncFile(to);
    await readCopy(to, 'SELECT 1');
  } catch (error) {
    await rm(to, { force: true });
    throw error;
  }
}

/**
 * @returns what `sql` finds in a copy that is whole
 * @throws SyncError sync-store-corrupt
 */
export async function readCopy(file: string, sql: string): Promise<readonly SqlRow[]> {
  try {
    const [check, rows] = await runInThread(file, [{ sql: 'PRAGMA integrity_check(1)' }, { sql }]);
    if (check?.[0]?.['integrity_check'] !== 'ok') throw new Error('integrity_check found damage');
    return rows ?? [];
  } catch (cause) {
    throw new SyncError('sync-store-corrupt', `${file} is no whole copy of a database: take another one.`, {
      cause,
    });
  }
}

export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
