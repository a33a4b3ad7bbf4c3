// Owns the room that is set aside beside a store for the day when the disk is full (rule OB11).
import { randomFillSync } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Reserve } from './database.ts';
import { syncFolderOf } from './durable-file.ts';

const pieceBytes = 64 * 1024;
/** It is not laid in again before there is this much more than it takes: it would be needed at once. */
const roomFactor = 4;

export class ReserveFile implements Reserve {
  readonly #file: string;
  readonly #bytes: number;

  /** Looks for nothing and makes nothing yet. */
  constructor(file: string, bytes: number) {
    this.#file = file;
    this.#bytes = bytes;
  }

  get isThere(): boolean {
    return existsSync(this.#file);
  }

  /** Gives its room to whoever writes next. */
  spend(): void {
    try {
      unlinkSync(this.#file);
      syncFolderOf(this.#file);
    } catch {
      // it was spent before: who asked finds out by trying again
    }
  }

  /**
   * Makes it when it is not there and there is room.
   * @returns is it there now?
   * @throws the file system's error, unless there is no room
   */
  layIn(): boolean {
    if (this.isThere) return true;
    const unfinished = `${this.#file}.tmp`;
    // what a power cut left of an attempt
    rmSync(unfinished, { force: true });
    const { bavail, bsize } = statfsSync(dirname(this.#file));
    if (bavail * bsize < this.#bytes * roomFactor) return false;
    try {
      this.#write(unfinished);
      renameSync(unfinished, this.#file);
      syncFolderOf(this.#file);
      return true;
    } catch (cause) {
      rmSync(unfinished, { force: true });
      if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause;
      return false;
    }
  }

  /** Real bytes that no file system can leave out or squeeze. */
  #write(file: string): void {
    const handle = openSync(file, 'w', 0o600);
    try {
      const piece = Buffer.alloc(pieceBytes);
      for (let left = this.#bytes; left > 0; left -= piece.length) {
        writeSync(handle, randomFillSync(piece), 0, Math.min(left, piece.length));
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}
