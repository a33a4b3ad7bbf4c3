// The hash of a dataset: 1,024 buckets of its rows and a root over them, kept up with every row that comes and goes.
import { createHash, hash } from 'node:crypto';

export const bucketCount = 1024;
const hashBytes = 16;
const hashWords = hashBytes / 4;

/** Which bucket the row with this key counts in: FNV-1a over UTF-16 code units. */
export function bucketOf(key: string): number {
  let value = 0x811c9dc5;
  for (let n = 0; n < key.length; n += 1) {
    value = Math.imul(value ^ key.charCodeAt(n), 0x01000193);
  }
  return (value ^ (value >>> 16)) & (bucketCount - 1);
}

/**
 * A bucket's hash is the XOR of its rows' hashes (128 bits of SHA-256 over key and text), so a row is taken out as it
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

  /**
   * Puts a row in that was not there, or takes one out that was.
   * @param text the row's JSON, to the letter as headquarters wrote it
   * @returns the bucket
   */
  toggle(key: string, text: string): number {
    const bucket = bucketOf(key);
    const row = hash('sha256', `${key}\n${text}`, 'buffer');
    const at = bucket * hashBytes;
    for (let word = 0; word < hashWords; word += 1) {
      const here = at + word * 4;
      this.bytes.writeInt32LE(this.bytes.readInt32LE(here) ^ row.readInt32LE(word * 4), here);
    }
    return bucket;
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
