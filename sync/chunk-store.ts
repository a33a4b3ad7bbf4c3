// Keeps chunks that came, by their content, until the change that they belong to is applied. A torn one does not count.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chunkHash } from './contract/chunk.ts';

export class ChunkStore {
  readonly #folder: string;
  readonly #present: Set<string>;

  private constructor(folder: string, present: Set<string>) {
    this.#folder = folder;
    this.#present = present;
  }

  static open(folder: string): ChunkStore {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const names = readdirSync(folder);
    for (const name of names) if (!isHash(name)) rmSync(join(folder, name), { force: true });
    return new ChunkStore(folder, new Set(names.filter(isHash)));
  }

  has(hash: string): boolean {
    return this.#present.has(hash);
  }

  /** Nothing is synced: what a power cut tears is found by its hash and fetched again. */
  put(hash: string, chunk: Uint8Array): void {
    if (this.#present.has(hash)) return;
    const coming = join(this.#folder, `${hash}.coming`);
    writeFileSync(coming, chunk, { mode: 0o600 });
    renameSync(coming, join(this.#folder, hash));
    this.#present.add(hash);
  }

  /** @returns undefined when it is not there, or not whole: then it is forgotten */
  read(hash: string): Buffer | undefined {
    if (!this.#present.has(hash)) return undefined;
    let chunk: Buffer | undefined;
    try {
      chunk = readFileSync(join(this.#folder, hash));
    } catch {
      // gone or unreadable: fetched again like one that never came
    }
    if (chunk && chunkHash(chunk) === hash) return chunk;
    this.#forget(hash);
    return undefined;
  }

  /** Forgets all but these. */
  keepOnly(hashes: ReadonlySet<string>): void {
    for (const hash of this.#present) if (!hashes.has(hash)) this.#forget(hash);
  }

  #forget(hash: string): void {
    this.#present.delete(hash);
    try {
      rmSync(join(this.#folder, hash), { force: true });
    } catch {
      // found again at the next opening, and forgotten then
    }
  }
}

function isHash(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}
