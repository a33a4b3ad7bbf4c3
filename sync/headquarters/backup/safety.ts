// Starts what lets facts count as safe, as the config says: backups, a replica, or nothing.
import type { HeadquartersConfig } from '../config.ts';
import { HeadquartersError } from '../headquarters-error.ts';
import type { Log } from '../log.ts';
import { photosFolder } from '../photos/open-photos.ts';
import type { Store } from '../store/store.ts';
import { BackupTimer } from './backup-timer.ts';
import { ReplicaWatch } from './replica-watch.ts';

export interface SafetyOptions {
  readonly config: HeadquartersConfig;
  readonly store: Store;
  readonly url: string;
  /** resolves a path of the config */
  readonly at: (path: string) => string;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * @returns stops it
 * @throws HeadquartersError hq-config-wrong: an embedded store has no replica
 */
export function startSafety({ config, store, url, at, now, log }: SafetyOptions): () => Promise<void> {
  const parts: { stop(): Promise<void> }[] = [];
  if (config.safety === 'replica') {
    if (store.kind === 'sqlite') {
      throw new HeadquartersError(
        'hq-config-wrong',
        'safety "replica" needs PostgreSQL: change it, or the store.',
      );
    }
    const watch = new ReplicaWatch({
      store,
      onAlone: () =>
        log.warn({ event: 'no-replica' }, 'no standby follows the database: facts do not count as safe'),
      onFault: () => log.warn({ event: 'replica-unknown' }, 'the database did not tell about its standbys'),
    });
    watch.start();
    parts.push(watch);
  }
  if (config.backup) {
    const { folder, everyMs, keep } = config.backup;
    const timer = new BackupTimer({
      store,
      url,
      folder: at(folder),
      photos: photosFolder(at(config.dataDir)),
      everyMs,
      keep,
      now,
      onDone: (file, raised) => log.info({ event: 'backup', file, streams: raised }, 'backup made'),
      onFault: (error) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'hq-fault';
        log.error({ event: 'backup-failed', code }, 'no backup was made; facts do not count as safe');
      },
    });
    timer.start();
    parts.push(timer);
  }
  return async () => {
    for (const part of parts) await part.stop();
  };
}
