// A chunk: rows packed to bytes that are named by their hash, and the lists that name chunks.
import { createHash } from 'node:crypto';
import { type BrotliOptions, brotliCompress, brotliDecompressSync, constants } from 'node:zlib';
import * as v from 'valibot';
import { SyncError } from '../sync-error.ts';
import { type RowPack, rowPackSchema } from './row-pack.ts';

/** Room in a frame for what stands around a chunk. */
export const maxChunkBytes = 60_000;
/** A small chunk must not unpack into all of the memory. */
const maxUnpackedBytes = 4 * 1024 * 1024;

/** Off the main thread; 1 s for 100,000 units. */
export function encodeChunk(pack: RowPack): Promise<Buffer> {
  const json = Buffer.from(JSON.stringify(pack));
  const options: BrotliOptions = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: json.length },
  };
  return new Promise((resolve, reject) => {
    brotliCompress(json, options, (error, packed) => (error ? reject(error) : resolve(packed)));
  });
}

/** @throws SyncError sync-frame-too-large | sync-frame-unreadable | sync-frame-shape */
export function decodeChunk(chunk: Uint8Array): RowPack {
  if (chunk.length > maxChunkBytes) {
    throw new SyncError('sync-frame-too-large', `a chunk of ${chunk.length} bytes is over ${maxChunkBytes}`);
  }
  let value: unknown;
  try {
    const json = brotliDecompressSync(chunk, { maxOutputLength: maxUnpackedBytes });
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (cause) {
    throw new SyncError('sync-frame-unreadable', 'a chunk is no packed JSON', { cause });
  }
  const result = v.safeParse(rowPackSchema, value);
  if (!result.success) throw new SyncError('sync-frame-shape', 'a chunk has a wrong shape');
  return result.output;
}

/** The name of a chunk: SHA-256, hex. */
export function chunkHash(chunk: Uint8Array): string {
  return createHash('sha256').update(chunk).digest('hex');
}

const hashBytes = 32;

/** Chunks that hold the hashes of chunks of rows, in order. */
export function encodeLists(hashes: readonly string[]): Buffer[] {
  const perList = Math.floor(maxChunkBytes / hashBytes);
  const lists: Buffer[] = [];
  for (let start = 0; start === 0 || start < hashes.length; start += perList) {
    lists.push(Buffer.from(hashes.slice(start, start + perList).join(''), 'hex'));
  }
  return lists;
}

/** @throws SyncError sync-frame-shape */
export function decodeList(chunk: Uint8Array): string[] {
  if (chunk.length % hashBytes !== 0 || chunk.length > maxChunkBytes) {
    throw new SyncError('sync-frame-shape', 'a list of chunks has a wrong length');
  }
  return Array.from({ length: chunk.length / hashBytes }, (_, n) =>
    Buffer.from(chunk.subarray(n * hashBytes, (n + 1) * hashBytes)).toString('hex'),
  );
}
