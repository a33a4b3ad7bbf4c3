// Reads, while it grows, the log that QEMU keeps of a virtual disk: dm-log-writes, one sector a header, then the data.
import { closeSync, openSync, readSync } from 'node:fs';
import type { DiskOp } from './strace-log.ts';

const sectorBytes = 512;
/** Linux, drivers/md/dm-log-writes.c */
const flag = { flush: 1n, forced: 2n, discard: 4n } as const;

export class DiskWriteLog {
  readonly #file: number;
  readonly #path: string;
  // the first sector is the log's own head
  #at = sectorBytes;

  /** @param path by which the disk is called in what `next` gives */
  constructor(logFile: string, path: string) {
    this.#file = openSync(logFile, 'r');
    this.#path = path;
  }

  /** What was written since the last call; a flush is a sync. */
  next(): DiskOp[] {
    const path = this.#path;
    const ops: DiskOp[] = [];
    for (;;) {
      const head = this.#read(this.#at, sectorBytes);
      const [sector, sectors, flags] = [0, 8, 16].map((at) => head.readBigUInt64LE(at));
      if (sector === undefined || sectors === undefined || flags === undefined) return ops;
      // what was never written reads as zeros
      if (sectors === 0n && flags === 0n) return ops;
      this.#at += sectorBytes;
      if ((flags & flag.flush) !== 0n) ops.push({ kind: 'sync', path });
      if (sectors === 0n || (flags & flag.discard) !== 0n) continue;
      const bytes = this.#read(this.#at, Number(sectors) * sectorBytes);
      this.#at += bytes.length;
      ops.push({ kind: 'write', path, at: Number(sector) * sectorBytes, bytes });
      if ((flags & flag.forced) !== 0n) throw new Error('a forced write is not replayed');
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #read(at: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    readSync(this.#file, bytes, 0, length, at);
    return bytes;
  }
}
