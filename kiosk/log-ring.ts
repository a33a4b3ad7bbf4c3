// The newest lines of the terminal's own log, on disk: they outlive a restart, and headquarters may ask for them.
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Of each of the two files. */
const halfBytes = 256 * 1024;
/** card numbers, telephones, ids: nothing that is logged on purpose is so long a number */
const longNumber = /\d{7,}/g;

export class LogRing {
  readonly #file: string | null;
  #bytes: number;
  readonly #listeners = new Set<(line: string) => void>();

  private constructor(file: string | null, bytes: number) {
    this.#file = file;
    this.#bytes = bytes;
  }

  /** Keeps nothing, for whoever logs elsewhere alone. */
  static none(): LogRing {
    return new LogRing(null, 0);
  }

  static open(file: string): LogRing {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return new LogRing(file, sizeOf(file));
  }

  /** @param line with its end. A disk that is full loses it; it went to the journal besides. */
  write(line: string): void {
    const masked = maskLine(line);
    if (this.#file !== null) this.#keep(this.#file, masked);
    for (const listener of this.#listeners) listener(masked);
  }

  /** @returns the newest lines, oldest first, without their ends */
  newest(count: number): string[] {
    if (this.#file === null) return [];
    return [`${this.#file}.1`, this.#file].flatMap((file) => readLines(file)).slice(-count);
  }

  #keep(file: string, line: string): void {
    try {
      if (this.#bytes > halfBytes) {
        renameSync(file, `${file}.1`);
        this.#bytes = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      this.#bytes += Buffer.byteLength(line);
    } catch {
      // a log must never stop what it is about
    }
  }

  /** @returns ends it */
  follow(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** Long numbers lose all but their ends; times are kept, they have no such number. */
export function maskLine(line: string): string {
  return line.replace(longNumber, (digits) => `${digits.slice(0, 2)}…${digits.slice(-2)}`);
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
