// Headquarters' chunks in memory, from which many terminals are served: those of each change together, the oldest go first.
import { chunkHash } from '../contract/chunk.ts';

/** All the chunks of something that was packed once. */
type Lot = ReadonlyMap<string, Buffer>;

export class ChunkShelf {
  readonly #maxBytes: number;
  /** the latest last */
  readonly #lots = new Map<string, Lot>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @returns the chunks' hashes, in their order */
  put(name: string, chunks: readonly Buffer[]): string[] {
    const hashes = chunks.map(chunkHash);
    this.drop(name);
    this.#lots.set(name, new Map(chunks.map((chunk, n) => [hashes[n] ?? '', chunk])));
    this.#bytes += sizeOf(this.#lots.get(name));
    for (const [oldest] of this.#lots) {
      if (this.#bytes <= this.#maxBytes || oldest === name) break;
      this.drop(oldest);
    }
    return hashes;
  }

  /** Says that it is still wanted. @returns whether it is there */
  touch(name: string): boolean {
    const lot = this.#lots.get(name);
    if (!lot) return false;
    this.#lots.delete(name);
    this.#lots.set(name, lot);
    return true;
  }

  get(hash: string): Buffer | undefined {
    for (const lot of this.#lots.values()) {
      const chunk = lot.get(hash);
      if (chunk) return chunk;
    }
    return undefined;
  }

  drop(name: string): void {
    this.#bytes -= sizeOf(this.#lots.get(name));
    this.#lots.delete(name);
  }
}

function sizeOf(lot: Lot | undefined): number {
  return [...(lot?.values() ?? [])].reduce((sum, chunk) => sum + chunk.length, 0);
}
