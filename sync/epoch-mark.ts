// Owns the mark beside a store: the epoch and a number that it has reached. A store that knows less is older than it should be (rule OB10).
import { readFileSync } from 'node:fs';
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

/** Never ahead of the store, because it is written after a commit; behind it by what came since. */
export class EpochMark {
  readonly #file: string;
  /** what another run left; undefined when there is none or it cannot be read: then it can bear witness to nothing */
  readonly found: Reached | undefined;
  #last = 0;
  #writtenMs = 0;

  /** @param store the database's file */
  constructor(store: string) {
    this.#file = `${store}.mark`;
    this.found = readMark(this.#file);
  }

  /** Is it so far behind that it should be written? */
  isDue(last: number, nowMs: number): boolean {
    const news = last - this.#last;
    return news >= everyFacts || (news > 0 && nowMs - this.#writtenMs >= everyMs);
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
