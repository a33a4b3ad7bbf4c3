// The hash of a dataset: 1,024 buckets of its rows and a root over them, kept up with every row that comes and goes.
import { createHash, hash } from 'node:crypto';

export const bucketCount = 1024;
const hashBytes = 16;

/** Which bucket the row with this key counts in: FNV-1a over UTF-16 code units. */
export function bucketOf(key: string): number {
  let value = 0x811c9dc5;
  for (let n = 0; n < key.length; n += 1) {
    value = Math.imul(value ^ key.charCodeAt(n), 0x01000193);
  }
  return (value ^ (value >>> 16)) & (bucketCount - 1);
}

/**
 * 128 bits of SHA-256.
 * @param text the row's JSON, to the letter as headquarters wrote it
 */
export function rowHash(key: string, text: string): Buffer {
  return hash('sha256', `${key}\n${text}`, 'buffer').subarray(0, hashBytes);
}

/**
 * A bucket's hash is the XOR of its rows' hashes, so a row is taken out as it
 * was put in. It finds what went wrong, not who lies: that headquarters said so is proven by its signature.
 */
export class RowHashes {
  /** 16 bytes a bucket */
  readonly bytes: Buffer;

  /** @param bytes as told by another's `bytes`; copied */
  constructor(bytes?: Uint8Array) {
    this.bytes = Buffer.alloc(bucketCount * hashBytes);
    if (bytes) this.bytes.set(bytes.subarray(0, this.bytes.length));
  }

  /** Puts a row in that was not there, or takes one out that was. */
  toggle(key: string, text: string): void {
    this.toggleHash(key, rowHash(key, text));
  }

  /** @param row as `rowHash` gave it */
  toggleHash(key: string, row: Uint8Array): void {
    const at = bucketOf(key) * hashBytes;
    for (let n = 0; n < hashBytes; n += 1) this.bytes[at + n] = (this.bytes[at + n] ?? 0) ^ (row[n] ?? 0);
  }

  of(bucket: number): Buffer {
    return this.bytes.subarray(bucket * hashBytes, (bucket + 1) * hashBytes);
  }

  clear(bucket: number): void {
    this.of(bucket).fill(0);
  }

  /** The buckets that are other than there, ascending. */
  differences(other: RowHashes): number[] {
    const found: number[] = [];
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      if (!this.of(bucket).equals(other.of(bucket))) found.push(bucket);
    }
    return found;
  }

  /** SHA-256 over all buckets, hex. */
  root(): string {
    return createHash('sha256').update(this.bytes).digest('hex');
  }
}

/** The root of no rows. */
export const emptyRoot = new RowHashes().root();
