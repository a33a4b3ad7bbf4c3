// A growing buffer that lines and commands of one job are written into.
import { extensionAFirst, type HanziCodes } from './hanzi.ts';

export class ByteWriter {
  readonly #codes: HanziCodes;
  // A usual slip fits; larger blocks leave Node's pool sooner than they are worth.
  #buffer = Buffer.allocUnsafe(1024);
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

  /** `left`, `gap` spaces, `right` and a line feed. All must be in the font whose codes these are. */
  line(left: string, gap: number, right: string): void {
    // Joined into one string they would be copied once more.
    this.#reserve(4 * (left.length + right.length) + gap + 1);
    this.#text(left);
    for (let n = 0; n < gap; n += 1) this.#buffer[this.#length++] = 0x20;
    this.#text(right);
    this.#buffer[this.#length++] = 0x0a;
  }

  #text(text: string): void {
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
    this.#length = at;
  }

  /** What was written; the writer is done with it. */
  finish(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
