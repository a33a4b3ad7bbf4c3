// Says what goes wrong again and again once an hour, so that whoever floods us with nonsense cannot flood the log.
import type { Log } from './log.ts';

const quietMs = 3_600_000;
/** different complaints that are remembered; what is over it shares one */
const maxKnown = 1_000;

export class Complaints {
  readonly #log: Log;
  readonly #nowMs: () => number;
  readonly #saidMs = new Map<string, number>();

  /** @param nowMs milliseconds, never back */
  constructor(log: Log, nowMs: () => number = () => performance.now()) {
    this.#log = log;
    this.#nowMs = nowMs;
  }

  /** @param about what makes two complaints the same */
  say(about: string, details: Readonly<Record<string, string>>, sentence: string): void {
    const nowMs = this.#nowMs();
    for (const [known, saidMs] of this.#saidMs) if (nowMs - saidMs >= quietMs) this.#saidMs.delete(known);
    const key = this.#saidMs.has(about) || this.#saidMs.size < maxKnown ? about : 'the rest';
    if (this.#saidMs.has(key)) return;
    this.#saidMs.set(key, nowMs);
    this.#log.warn(details, sentence);
  }
}
