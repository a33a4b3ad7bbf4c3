// A growing buffer that lines and commands of one job are written into.
import { extensionAFirst, type HanziCodes } from './hanzi.ts';

export class ByteWriter {
  readonly #codes: HanziCodes;
  #buffer = Buffer.allocUnsafe(2048);
  #length = 0;

  constructor(codes: HanziCodes) {
    this.#codes = codes;
  }

  /** A command of three bytes. */
  put(first: number, second: number, third: number): void {
    this.#reserve(3);
    this.#buffer[this.#length++] = first;
    this.#buffer[this.#length++] = second;
    this.#buffer[this.#length++] = third;
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** @param text all in the font whose codes these are; a line feed follows */
  line(text: string): void {
    this.#reserve(4 * text.length + 1);
    const { two, four } = this.#codes;
    const buffer = this.#buffer;
    let at = this.#length;
    for (let n = 0; n < text.length; n += 1) {
      const unit = text.charCodeAt(n);
      if (unit < 0x80) {
        buffer[at++] = unit;
        continue;
      }
      const code = two[unit] ?? 0;
      if (code !== 0) {
        buffer[at++] = code >> 8;
        buffer[at++] = code & 0xff;
      } else {
        at = buffer.writeUInt32BE(four[unit - extensionAFirst] ?? 0, at);
      }
    }
    buffer[at++] = 0x0a;
    this.#length = at;
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
