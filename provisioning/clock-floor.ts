// Below which time this machine's clock cannot be right: boards without a battery start in 1970, and no certificate is
// judged by such a clock. The floor is the time of a file, and rises with what is known to be true.
import { closeSync, mkdirSync, openSync, statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** When this program was built; releases carry it as the time of their files. */
export const programBuiltAt = (): Date => statSync(fileURLToPath(import.meta.url)).mtime;

export class ClockFloor {
  readonly #file: string;
  readonly #builtAt: Date;

  /** @param file whose time is the floor; made when it is first raised */
  constructor(file: string, builtAt = programBuiltAt()) {
    this.#file = file;
    this.#builtAt = builtAt;
  }

  get at(): Date {
    const kept = statSync(this.#file, { throwIfNoEntry: false })?.mtime ?? this.#builtAt;
    return kept > this.#builtAt ? kept : this.#builtAt;
  }

  /** May certificates be judged by this time? */
  isSane(now: Date): boolean {
    return now >= this.at;
  }

  /** The earliest that it can be: a clock that started in 1970 does not make an old release new. */
  atLeast(now: Date): Date {
    return this.isSane(now) ? now : this.at;
  }

  /**
   * Hourly and at the end: time has come this far. Never down, and never beyond what is known to be possible: a clock
   * that was once in a far future would shut the terminal out for ever.
   * @param atMost end of the terminal's certificate
   */
  raise(now: Date, atMost: Date): void {
    if (now <= this.at || now > atMost) return;
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    closeSync(openSync(this.#file, 'a', 0o600));
    utimesSync(this.#file, now, now);
  }
}
