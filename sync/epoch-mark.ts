// Owns the mark beside a store: the epoch and a number that it has reached. A store that knows less is older than it should be (rule OB10).
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import * as v from 'valibot';
import { countSchema, type Epoch, epochSchema } from './contract/ids.ts';
import { replaceFile } from './durable-file.ts';

const reachedSchema = v.object({ epoch: epochSchema, last: countSchema });
export interface Reached {
  readonly epoch: Epoch;
  readonly last: number;
}

/** The mark is renewed after this many facts, or this long after one: each time costs two syncs. */
const everyFacts = 256;
const everyMs = 60_000;
/** Always as long, so that it is written over in place. */
const nearChars = 80;

/** Never ahead of the store, because it is written after a commit; behind it by what came since. */
export class EpochMark {
  readonly #file: string;
  readonly #nearFile: string;
  /** what another run left; undefined when there is none or it cannot be read: then it can bear witness to nothing */
  readonly found: Reached | undefined;
  #last = 0;
  #writtenMs = 0;

  /** @param store the database's file */
  constructor(store: string) {
    this.#file = `${store}.mark`;
    this.#nearFile = `${store}.mark-near`;
    const mark = readMark(this.#file);
    const near = readMark(this.#nearFile);
    this.found = mark && near?.epoch === mark.epoch && near.last > mark.last ? near : mark;
  }

  /** Is it so far behind that it should be written? */
  isDue(last: number, nowMs: number): boolean {
    const news = last - this.#last;
    return news >= everyFacts || (news > 0 && nowMs - this.#writtenMs >= everyMs);
  }

  /**
   * Beside the mark and not synced, so that it may follow each commit: a kill leaves it, a power cut perhaps. What is
   * missing or torn bears no witness, so no error matters.
   */
  note({ epoch, last }: Reached): void {
    try {
      const file = openSync(this.#nearFile, constants.O_WRONLY | constants.O_CREAT, 0o600);
      try {
        writeSync(file, JSON.stringify({ epoch, last }).padEnd(nearChars), 0);
      } finally {
        closeSync(file);
      }
    } catch {
      // then the mark stays behind, as it may
    }
  }

  /** @throws the file system's error, unless there is no room: then it stays behind, as it may */
  write({ epoch, last }: Reached, nowMs: number): void {
    try {
      replaceFile(this.#file, `${JSON.stringify({ epoch, last })}\n`);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause;
    }
    this.#last = last;
    this.#writtenMs = nowMs;
  }
}

function readMark(file: string): Reached | undefined {
  try {
    const result = v.safeParse(reachedSchema, JSON.parse(readFileSync(file, 'utf8')));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
