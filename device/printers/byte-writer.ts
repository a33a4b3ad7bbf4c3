// A growing buffer that text and commands of one job are written into.
import { extensionAFirst, type HanziCodes } from './hanzi.ts';

export class ByteWriter {
  readonly #codes: HanziCodes;
  #buffer = Buffer.allocUnsafe(2048);
  #length = 0;

  constructor(codes: HanziCodes) {
    this.#codes = codes;
  }

  /** @param bytes a command */
  put(...bytes: readonly number[]): void {
    this.#reserve(bytes.length);
    for (const byte of bytes) this.#buffer[this.#length++] = byte;
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** @param text what `printableText` made with the same codes */
  text(text: string): void {
    this.#reserve(4 * text.length);
    const { two, four } = this.#codes;
    const buffer = this.#buffer;
    let at = this.#length;
    for (let n = 0; n < text.length; n += 1) {
      const unit = text.charCodeAt(n);
      const code = two[unit] ?? 0;
      if (unit < 0x80) {
        buffer[at++] = unit;
      } else if (code !== 0) {
        buffer[at++] = code >> 8;
        buffer[at++] = code & 0xff;
      } else {
        at = buffer.writeUInt32BE(four[unit - extensionAFirst] ?? 0, at);
      }
    }
    this.#length = at;
  }

  /** `count` times one byte */
  fill(byte: number, count: number): void {
    this.#reserve(count);
    this.#buffer.fill(byte, this.#length, this.#length + count);
    this.#length += count;
  }

  /** A copy of what was written. */
  finish(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
