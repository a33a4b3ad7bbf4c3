// The RDM6300's serial frames: bytes in, card numbers and counted noise out. No clock, no port.
// STX, 10 hex digits (EM4100 version and id), 2 hex digits (XOR of the 5 bytes), ETX; 9600 8N1.
import { CardNumber } from '../card-number.ts';

const stx = 0x02;
const etx = 0x03;
const frameBytes = 14;

/** What one chunk told. Byte counts never say which bytes: they may be half a card. */
export interface Rdm6300Reading {
  readonly numbers: readonly CardNumber[];
  readonly noiseBytes: number;
  readonly badChecksumBytes: number;
}

/** Keeps at most one unfinished frame. */
export class Rdm6300Framing {
  readonly #frame = Buffer.alloc(frameBytes);
  #length = 0;

  push(chunk: Uint8Array): Rdm6300Reading {
    const numbers: CardNumber[] = [];
    let noiseBytes = 0;
    let badChecksumBytes = 0;
    for (const byte of chunk) {
      if (byte === stx) {
        // A new start inside a frame: the old one lost bytes and will never be whole.
        noiseBytes += this.#length;
        this.#length = 0;
      } else if (this.#length === 0 || !isExpected(byte, this.#length)) {
        noiseBytes += this.#length + 1;
        this.#length = 0;
        continue;
      }
      this.#frame[this.#length++] = byte;
      if (this.#length < frameBytes) continue;
      if (isChecksumRight(this.#frame)) numbers.push(new CardNumber(this.#frame.toString('latin1', 1, 11)));
      else badChecksumBytes += frameBytes;
      this.#length = 0;
    }
    return { numbers, noiseBytes, badChecksumBytes };
  }
}

function isExpected(byte: number, position: number): boolean {
  if (position === frameBytes - 1) return byte === etx;
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46);
}

function isChecksumRight(frame: Buffer): boolean {
  const bytes = Buffer.from(frame.toString('latin1', 1, 13), 'hex');
  return bytes.reduce((sum, byte) => sum ^ byte, 0) === 0;
}
