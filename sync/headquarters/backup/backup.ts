// Makes a copy of the store that stands alone, and brings one back.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { lockDatabase } from '../../database.ts';
import { copyDatabase, readCopy, syncFile } from '../../database-copy.ts';
import { syncFolderOf } from '../../durable-file.ts';
import { HeadquartersError } from '../headquarters-error.ts';
import { Publication } from '../publication.ts';
import { openStore } from '../store/open-store.ts';
import { openPostgresStore } from '../store/postgres-store.ts';
import type { Store } from '../store/store.ts';
import { sqliteFileOf } from '../store/store-address.ts';
import { runPostgresTool } from './postgres-tools.ts';
import { type StreamMark, unsafeMarks } from './safe-marks.ts';

/** What a durable backup holds, at least. */
export interface BackupContent {
  readonly marks: readonly StreamMark[];
}

/**
 * Copies the store as it is at one moment; headquarters may be running. On disk and checked when this returns.
 * @param url of the store
 * @param to a file that is not there yet
 * @throws HeadquartersError hq-backup-*; SyncError sync-store-*
 */
export async function makeBackup(url: string, to: string): Promise<BackupContent> {
  if (existsSync(to)) {
    throw new HeadquartersError('hq-backup-failed', `${to} is there already: name a new file.`);
  }
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const part = `${to}.part`;
  rmSync(part, { force: true });
  const file = sqliteFileOf(url);
  try {
    const content = await (file === undefined ? dumpPostgres(url, part) : copySqlite(file, part));
    renameSync(part, to);
    syncFolderOf(to);
    return content;
  } catch (error) {
    // half a backup must not take the room that the next one needs
    rmSync(part, { force: true });
    throw error;
  }
}

/**
 * Replaces the store's content by that of a backup. Headquarters must not be running. What was there is kept beside
 * it (SQLite). Every dataset gets a new version, so that terminals which know later ones take everything afresh.
 * @throws HeadquartersError hq-restore-busy | hq-backup-*; SyncError sync-store-*
 */
export async function restoreBackup(url: string, from: string, now: () => Date): Promise<void> {
  const file = sqliteFileOf(url);
  if (!existsSync(from)) {
    throw new HeadquartersError('hq-backup-unreadable', `${from} is not there; check the path.`);
  }
  if (file === undefined) await restorePostgres(url, from);
  else await restoreSqlite(file, from, now);
  const store = await openStore(url);
  try {
    const publication = new Publication(store, now, () => {});
    await store.transaction((tx) => publication.renewVersions(tx));
  } finally {
    await store.close();
  }
}

async function copySqlite(file: string, part: string): Promise<BackupContent> {
  try {
    await copyDatabase(file, part);
  } catch (cause) {
    throw new HeadquartersError(
      'hq-backup-failed',
      `${file} could not be copied to ${dirname(part)}: check that the folder has space and belongs to this user.`,
      { cause },
    );
  }
  const rows = await readCopy(part, 'SELECT terminal, epoch, applied FROM stream WHERE applied > safe');
  return {
    marks: rows.map((row) => ({
      terminal: String(row['terminal']),
      epoch: String(row['epoch']),
      applied: Number(row['applied']),
    })),
  };
}

async function restoreSqlite(file: string, from: string, now: () => Date): Promise<void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = lockDatabase(file);
  try {
    const part = `${file}.restoring`;
    rmSync(part, { force: true });
    // a copy by SQLite itself: it reads the backup whole, and leaves it as it is
    await copyDatabase(from, part);
    const kept = `${file}.before-${now().toISOString().replaceAll(':', '-')}`;
    for (const ending of ['-wal', '-shm', '']) {
      if (existsSync(`${file}${ending}`)) renameSync(`${file}${ending}`, `${kept}${ending}`);
    }
    renameSync(part, file);
    syncFolderOf(file);
  } finally {
    lock.close();
  }
}

async function dumpPostgres(url: string, part: string): Promise<BackupContent> {
  const store = await openPostgresStore(url);
  let marks: StreamMark[];
  try {
    // before the dump's own snapshot: all of these are in it
    marks = await unsafeMarks(store.db);
  } finally {
    await store.close();
  }
  await runPostgresTool('pg_dump', ['--format=custom', '--no-owner', `--file=${part}`], url);
  await syncFile(part);
  await runPostgresTool('pg_restore', ['--list', part], url);
  return { marks };
}

async function restorePostgres(url: string, from: string): Promise<void> {
  await runPostgresTool('pg_restore', ['--list', from], url);
  const store = await openPostgresStore(url);
  try {
    await assertAlone(store);
  } finally {
    await store.close();
  }
  const whole = ['--clean', '--if-exists', '--no-owner', '--single-transaction', '--exit-on-error'];
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  await runPostgresTool('pg_restore', [...whole, `--dbname=${database}`, from], url);
}

async function assertAlone(store: Store): Promise<void> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(
    store.db,
  );
  if (rows[0]?.n === 0) return;
  throw new HeadquartersError(
    'hq-restore-busy',
    'Somebody is connected to the database: stop headquarters and its workers, then restore.',
  );
}
