// The RDM6300's serial frames: bytes in, EM4100 cards and counted noise out. No clock, no port.
// STX, 10 hex digits (EM4100 version and id), 2 hex digits (XOR of the 5 bytes), ETX; 9600 8N1.
import { bytesOfAsciiHex } from './ascii-hex.ts';
import { type CardFraming, type CardReading, GatheredReading } from './card-framing.ts';
import { proximityCard } from './proximity-card.ts';

const stx = 0x02;
const etx = 0x03;
const frameBytes = 14;

export class Rdm6300Framing implements CardFraming {
  readonly #frame = Buffer.alloc(frameBytes);
  #length = 0;

  push(chunk: Uint8Array): CardReading {
    const reading = new GatheredReading();
    for (const byte of chunk) {
      if (byte === stx) {
        // A new start inside a frame: the old one lost bytes and will never be whole.
        reading.noiseBytes += this.#length;
        this.#forgetFrame();
      } else if (this.#length === 0 || !isExpected(byte, this.#length)) {
        reading.noiseBytes += this.#length + 1;
        this.#forgetFrame();
        continue;
      }
      this.#frame[this.#length++] = byte;
      if (this.#length < frameBytes) continue;
      readFrame(this.#frame, reading);
      this.#forgetFrame();
    }
    return reading;
  }

  #forgetFrame(): void {
    this.#frame.fill(0);
    this.#length = 0;
  }
}

function readFrame(frame: Buffer, reading: GatheredReading): void {
  const bytes = bytesOfAsciiHex(frame.subarray(1, frameBytes - 1));
  if (bytes?.reduce((sum, byte) => sum ^ byte, 0) === 0) {
    reading.add(proximityCard('em4100', bytes.subarray(0, 5)));
  } else {
    reading.badChecksumBytes += frameBytes;
  }
  bytes?.fill(0);
}

/** The module speaks upper case only. */
function isExpected(byte: number, position: number): boolean {
  if (position === frameBytes - 1) return byte === etx;
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46);
}
