// Cuts rows into chunks: where their keys say so, so that what did not change gives the same chunks again.

import { encodeChunk, maxChunkBytes } from '../contract/chunk.ts';
import { bucketOf } from '../contract/row-hash.ts';
import { packRows } from '../contract/row-pack.ts';

/** A row as it stands in the store; null = deleted. */
export interface StoredRow {
  readonly key: string;
  readonly body: string | null;
}

const minRows = 1_500;
const maxRows = 4_000;
/** one key in so many ends a chunk that is long enough */
const oneIn = 256;

export class ChunkPacker {
  readonly chunks: Buffer[] = [];
  #waiting: StoredRow[] = [];

  /** @param rows in the order of their keys; may be called again with more */
  async add(rows: readonly StoredRow[]): Promise<void> {
    for (const row of rows) {
      this.#waiting.push(row);
      const isEnd = bucketOf(row.key) % oneIn === 0;
      if (this.#waiting.length >= maxRows || (isEnd && this.#waiting.length >= minRows)) await this.#pack();
    }
  }

  /** @returns all chunks */
  async finish(): Promise<readonly Buffer[]> {
    if (this.#waiting.length > 0) await this.#pack();
    return this.chunks;
  }

  async #pack(): Promise<void> {
    const rows = this.#waiting;
    this.#waiting = [];
    this.chunks.push(...(await packed(rows)));
  }
}

async function packed(rows: readonly StoredRow[]): Promise<Buffer[]> {
  const chunk = await encodeChunk(packStored(rows));
  if (chunk.length <= maxChunkBytes) return [chunk];
  const half = rows.length >> 1;
  return [...(await packed(rows.slice(0, half))), ...(await packed(rows.slice(half)))];
}

export function packStored(rows: readonly StoredRow[]) {
  return packRows(
    rows.flatMap(({ body }) => (body === null ? [] : [JSON.parse(body) as object])),
    rows.filter(({ body }) => body === null).map(({ key }) => key),
  );
}
