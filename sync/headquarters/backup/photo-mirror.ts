// Pictures beside a backup: each file is copied once, for it never changes; brought back where one is missing.
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFile } from '../../database-copy.ts';
import { syncFolderOf } from '../../durable-file.ts';
import type { Store } from '../store/store.ts';

/** Where the pictures of a backup lie: those of one folder share one mirror. */
export const photoMirrorOf = (backup: string): string => join(dirname(backup), 'photos');

/**
 * Copies what is missing; a copy that was cut short is made again.
 * @param from may be missing: then there are no pictures
 * @returns how many files were copied
 */
export async function copyPhotos(from: string, to: string): Promise<number> {
  const there = new Set(await photosIn(to));
  const missing = (await photosIn(from)).filter((file) => !there.has(file));
  for (const file of missing) {
    const target = join(to, file);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await copyFile(join(from, file), `${target}.part`, constants.COPYFILE_FICLONE);
    await syncFile(`${target}.part`);
    await rename(`${target}.part`, target);
  }
  for (const folder of new Set(missing.map((file) => dirname(join(to, file)))))
    syncFolderOf(join(folder, 'any'));
  return missing.length;
}

/**
 * Forgets in the mirror what was deleted by a person: gone from the folder and from the store. A folder that was lost
 * with its disk leaves the rows, and so the mirror.
 */
export async function forgetDeletedPhotos(store: Store, from: string, mirror: string): Promise<void> {
  const here = new Set(await photosIn(from));
  const gone = (await photosIn(mirror)).filter((file) => !here.has(file));
  for (const file of gone) {
    const [id = ''] = basename(file).split('.');
    const row = await store.db.selectFrom('photo').select('id').where('id', '=', id).executeTakeFirst();
    if (!row) await rm(join(mirror, file), { force: true });
  }
}

/** @returns `request/id.jpg`; what is being written has another ending */
async function photosIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.(?:jpg|png)$/.test(entry.name))
      .map((entry) => join(basename(entry.parentPath), entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
