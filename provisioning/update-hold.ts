// How long what is ready waits: for a visitor to go, for the site's own hour; and when it has waited long enough.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { countSchema } from '../sync/contract/ids.ts';
import { replaceFile } from '../sync/durable-file.ts';

export interface HoldSigns {
  /** of what waits */
  readonly rev: number;
  readonly isBusy: boolean;
  /** by the hours that the twin names */
  readonly isWindowOpen: boolean;
  /** nobody is expected here now: after closing, or at night */
  readonly isSiteClosed: boolean;
  readonly nowMs: number;
}

export type HoldReason = 'visitor-served' | 'window-closed' | 'held-long';

/** Busy for so long: it switches after closing, even if it still says that it is. */
const busyAtMostMs = 4 * 3_600_000;
/** Running for so long, and never in its window, as one that is switched off at night: it switches after closing. */
const missedAtMostMs = 24 * 3_600_000;
const keepEveryMs = 600_000;
/** a longer gap between two looks is no waiting: the machine slept */
const mostGapMs = 60_000;

const keptSchema = v.object({ rev: countSchema, busyMs: countSchema, missedMs: countSchema });
type Kept = v.InferOutput<typeof keptSchema>;
const none: Kept = { rev: 0, busyMs: 0, missedMs: 0 };

/** Counts time of running, over restarts too: a terminal is switched off at night, and its calendar may be wrong. */
export class UpdateHold {
  readonly #file: string;
  #now: Kept;
  #keptMs = 0;
  #lookedMs: number | null = null;
  #isReleased = false;

  constructor(file: string) {
    this.#file = file;
    this.#now = readKept(file);
  }

  /** Somebody who may said that it need not wait for its hour. */
  release(): void {
    this.#isReleased = true;
  }

  /** @returns why it is not to be switched now; null = it is */
  why({ rev, isBusy, isWindowOpen, isSiteClosed, nowMs }: HoldSigns): HoldReason | null {
    this.#count(rev, isBusy, isWindowOpen, nowMs);
    const { busyMs, missedMs } = this.#now;
    const isOverdue = busyMs >= busyAtMostMs || missedMs >= missedAtMostMs;
    if (isOverdue && isSiteClosed && (!isBusy || busyMs >= busyAtMostMs)) return null;
    if (isBusy) return busyMs >= busyAtMostMs ? 'held-long' : 'visitor-served';
    if (isWindowOpen || this.#isReleased) return null;
    return isOverdue ? 'held-long' : 'window-closed';
  }

  /** It was switched, or is not wanted any more. */
  end(): void {
    this.#isReleased = false;
    this.#lookedMs = null;
    if (this.#now.rev !== 0) this.#keep(none);
  }

  #count(rev: number, isBusy: boolean, isWindowOpen: boolean, nowMs: number): void {
    if (rev !== this.#now.rev) this.#keep({ ...none, rev });
    const passedMs = this.#lookedMs === null ? 0 : Math.min(mostGapMs, Math.round(nowMs - this.#lookedMs));
    this.#lookedMs = nowMs;
    const { busyMs, missedMs } = this.#now;
    this.#now = {
      rev,
      busyMs: isBusy && (isWindowOpen || this.#isReleased) ? busyMs + passedMs : busyMs,
      missedMs: isWindowOpen ? 0 : missedMs + passedMs,
    };
    this.#keptMs += passedMs;
    if (this.#keptMs >= keepEveryMs) this.#keep(this.#now);
  }

  #keep(kept: Kept): void {
    this.#now = kept;
    this.#keptMs = 0;
    try {
      replaceFile(this.#file, `${JSON.stringify(kept)}\n`);
    } catch {
      // a full disk: it is counted on in memory
    }
  }
}

function readKept(file: string): Kept {
  try {
    const read = v.safeParse(keptSchema, JSON.parse(readFileSync(file, 'utf8')));
    return read.success ? read.output : none;
  } catch {
    return none;
  }
}
