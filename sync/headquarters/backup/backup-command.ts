// `backup --config FILE --to FILE` and `restore --config FILE --from FILE`: the store's copy by hand.
import { SyncError } from '../../sync-error.ts';
import { openStore } from '../store/open-store.ts';
import { makeBackup, restoreBackup } from './backup.ts';
import { copyPhotos, photoMirrorOf } from './photo-mirror.ts';
import { raiseSafe } from './safe-marks.ts';

export const backupCommands = ['backup', 'restore'] as const;
export type BackupCommand = (typeof backupCommands)[number];

/** What was done, for one line of JSON. */
export type CommandResult =
  | {
      readonly backup: string;
      /** streams whose facts are safe now; null when a running headquarters holds the store: its own backups do that */
      readonly streamsSafe: number | null;
    }
  | { readonly restored: string };

/**
 * @param url of the store
 * @param photos where pictures lie: copied beside the backup, and back where one is missing
 * @throws HeadquartersError hq-backup-* | hq-restore-busy; SyncError sync-store-*
 */
export async function runBackupCommand(
  command: BackupCommand,
  url: string,
  file: string,
  photos: string,
  now: () => Date,
): Promise<CommandResult> {
  if (command === 'restore') {
    await restoreBackup(url, file, now);
    await copyPhotos(photoMirrorOf(file), photos);
    return { restored: file };
  }
  const { marks } = await makeBackup(url, file);
  await copyPhotos(photos, photoMirrorOf(file));
  try {
    const store = await openStore(url);
    try {
      return { backup: file, streamsSafe: await raiseSafe(store, marks) };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof SyncError && error.code === 'sync-store-busy')
      return { backup: file, streamsSafe: null };
    throw error;
  }
}
