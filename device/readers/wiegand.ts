// What Wiegand-26 and Wiegand-34 readers say through a serial converter: lines of text. No clock, no port.
// A line is the 26 or 34 bits as they came (`0` and `1`, both parities in), or the 6 or 8 hex digits between the parities,
// which a converter of that kind has checked itself. CR, LF, STX or ETX part the lines.
import type { CardTechnology } from '../card-reader.ts';
import { bytesOfAsciiHex, hexDigit } from './ascii-hex.ts';
import { type CardFraming, type CardReading, GatheredReading } from './card-framing.ts';
import { proximityCard } from './proximity-card.ts';

const longestLine = 34;

export class WiegandFraming implements CardFraming {
  readonly #technology: Exclude<CardTechnology, 'magstripe'>;
  readonly #line = Buffer.alloc(longestLine);
  #length = 0;
  /** the line is too long, or holds what is no digit: all of it is noise */
  #isSpoiled = false;

  constructor(technology: Exclude<CardTechnology, 'magstripe'>) {
    this.#technology = technology;
  }

  push(chunk: Uint8Array): CardReading {
    const reading = new GatheredReading();
    for (const byte of chunk) {
      if (isLineEnd(byte)) {
        if (!this.#isSpoiled) this.#readLine(reading);
        this.#forgetLine();
      } else if (this.#isSpoiled) {
        reading.noiseBytes += 1;
      } else if (hexDigit(byte) < 0 || this.#length === longestLine) {
        reading.noiseBytes += this.#length + 1;
        this.#forgetLine();
        this.#isSpoiled = true;
      } else {
        this.#line[this.#length++] = byte;
      }
    }
    return reading;
  }

  #readLine(reading: GatheredReading): void {
    const line = this.#line.subarray(0, this.#length);
    const isBits = (line.length === 26 || line.length === 34) && line.every((byte) => byte >> 1 === 0x18);
    const isHex = line.length === 6 || line.length === 8;
    const data = isBits ? dataOfBits(line) : isHex ? bytesOfAsciiHex(line) : null;
    if (data) reading.add(proximityCard(this.#technology, data));
    else if (isBits) reading.badChecksumBytes += line.length;
    else reading.noiseBytes += line.length;
  }

  #forgetLine(): void {
    this.#line.fill(0);
    this.#length = 0;
    this.#isSpoiled = false;
  }
}

/** The first bit makes the first half even, the last one the second half odd. @returns null when one does not */
function dataOfBits(line: Uint8Array): Buffer | null {
  const half = line.length / 2;
  const ones = (bits: Uint8Array) => bits.reduce((sum, bit) => sum + (bit & 1), 0);
  if (ones(line.subarray(0, half)) % 2 !== 0 || ones(line.subarray(half)) % 2 !== 1) return null;
  const data = Buffer.alloc((line.length - 2) / 8);
  line.subarray(1, -1).forEach((bit, at) => {
    data[at >> 3] = ((data[at >> 3] ?? 0) << 1) | (bit & 1);
  });
  return data;
}

function isLineEnd(byte: number): boolean {
  return byte === 0x0d || byte === 0x0a || byte === 0x02 || byte === 0x03;
}
