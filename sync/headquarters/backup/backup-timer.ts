// Makes backups by itself, keeps the newest, and lets facts count as safe once a backup holds them (IN9).
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../store/store.ts';
import { makeBackup } from './backup.ts';
import { copyPhotos, forgetDeletedPhotos, photoMirrorOf } from './photo-mirror.ts';
import { raiseSafe } from './safe-marks.ts';

export interface BackupTimerOptions {
  readonly store: Store;
  /** of the store */
  readonly url: string;
  /** better on another disk */
  readonly folder: string;
  /** where pictures lie; they are copied beside the backups */
  readonly photos: string;
  readonly everyMs: number;
  /** how many backups are kept */
  readonly keep: number;
  readonly now: () => Date;
  readonly onDone: (file: string, raised: number) => void;
  readonly onFault: (error: unknown) => void;
}

const name = /^headquarters-\d{4}-.*\.backup$/;
/** what a process left that died while it made one */
const half = /^headquarters-\d{4}-.*\.backup\.part$/;

export class BackupTimer {
  readonly #options: BackupTimerOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: BackupTimerOptions) {
    this.#options = options;
  }

  /** The first one is made at once: what came since the last is safe nowhere. */
  start(): void {
    this.#timer = setInterval(() => void this.run(), this.#options.everyMs);
    void this.run();
  }

  /** Makes one now, or after the one that is being made. Never rejects. */
  async run(): Promise<void> {
    this.#running = this.#running.then(() => this.#backUp());
    await this.#running;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #backUp(): Promise<void> {
    const { store, url, folder, photos, now, onDone, onFault } = this.#options;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `headquarters-${now().toISOString().replaceAll(':', '-')}.backup`);
      const { marks } = await makeBackup(url, file);
      const raised = await raiseSafe(store, marks);
      this.#forgetOld();
      const mirror = photoMirrorOf(file);
      await copyPhotos(photos, mirror);
      await forgetDeletedPhotos(store, photos, mirror);
      onDone(file, raised);
    } catch (error) {
      onFault(error);
    }
  }

  #forgetOld(): void {
    const { folder, keep } = this.#options;
    const all = readdirSync(folder);
    const old = all
      .filter((file) => name.test(file))
      .sort()
      .slice(0, -keep);
    for (const file of [...old, ...all.filter((one) => half.test(one))]) rmSync(join(folder, file));
  }
}
