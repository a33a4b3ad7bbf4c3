// The PN532's frames over its high-speed UART: what to write, and which ISO 14443-A cards the answers tell. No clock, no port.
// [00] 00 FF LEN LCS TFI data DCS 00 (NXP UM0701-02, 6.2.1); LEN + LCS and TFI + data + DCS are 0 modulo 256.
import { type CardReading, GatheredReading, type PolledCardFraming } from './card-framing.ts';
import { proximityCard } from './proximity-card.ts';

const fromHost = 0xd4;
const fromReader = 0xd5;
const longestBody = 255;
/** how often in a row a spoiled answer or question is said again before the driver starts anew */
const mostRepeats = 3;

const samConfiguration = { command: 0x14, frame: pn532Frame([0x14, 0x01, 0x14, 0x01]) };
/** item 5: look for a card only a few times, or the answer would not come before there is one */
const retries = { command: 0x32, frame: pn532Frame([0x32, 0x05, 0xff, 0x01, 0x02]) };
/** one target of ISO 14443-A at 106 kbit/s */
const listTarget = { command: 0x4a, frame: pn532Frame([0x4a, 0x01, 0x00]) };
type Question = typeof listTarget;

/** long enough for the oscillator of a sleeping module to start */
const wakeUp = Buffer.from('5555000000000000000000000000', 'hex');
const nack = Buffer.from('0000ffff0000', 'hex');

export class Pn532Framing implements PolledCardFraming {
  /** LEN, LCS, then LEN bytes and DCS of the frame that is coming in */
  readonly #frame = Buffer.alloc(2 + longestBody + 1);
  #length = 0;
  #isInFrame = false;
  #isAfterZero = false;
  #asked: Question | null = samConfiguration;
  #repeats = 0;

  get isIdle(): boolean {
    return this.#asked === null;
  }

  start(): Uint8Array {
    this.#leaveFrame();
    this.#asked = samConfiguration;
    this.#repeats = 0;
    return Buffer.concat([wakeUp, samConfiguration.frame]);
  }

  ask(): Uint8Array {
    this.#asked = listTarget;
    this.#repeats = 0;
    return listTarget.frame;
  }

  push(chunk: Uint8Array): CardReading {
    const reading = new GatheredReading();
    for (const byte of chunk) {
      if (this.#isInFrame) this.#take(byte, reading);
      else if (byte === 0xff && this.#isAfterZero) this.#isInFrame = true;
      else if (byte !== 0) reading.noiseBytes += 1;
      this.#isAfterZero = byte === 0;
    }
    return reading;
  }

  #take(byte: number, reading: GatheredReading): void {
    const frame = this.#frame;
    frame[this.#length++] = byte;
    const [size = 0, check = 0] = frame;
    if (this.#length < 2) return;
    if (this.#length === 2) {
      const isAck = size === 0x00 && check === 0xff;
      const isNack = size === 0xff && check === 0x00;
      if (isNack) this.#repeat(this.#asked?.frame, reading);
      else if (!isAck && ((size + check) & 0xff) !== 0) this.#refuse(reading);
      else if (!isAck && size > 0) return;
      this.#leaveFrame();
    } else if (this.#length === 2 + size + 1) {
      const body = frame.subarray(2, 2 + size);
      const sum = frame.subarray(2, this.#length).reduce((total, b) => total + b, 0);
      if ((sum & 0xff) !== 0) this.#refuse(reading);
      else this.#answer(body, reading);
      this.#leaveFrame();
    }
  }

  #answer(body: Buffer, reading: GatheredReading): void {
    if (!this.#asked || body[0] !== fromReader || body[1] !== this.#asked.command + 1) {
      // an error frame, an echo of ours, or the answer to a question before the last start
      reading.noiseBytes += frameBytes(body.length);
      return;
    }
    this.#repeats = 0;
    switch (this.#asked) {
      case samConfiguration:
        this.#asked = retries;
        break;
      case retries:
        this.#asked = listTarget;
        break;
      default:
        this.#asked = null;
        readTarget(body, reading);
    }
    if (this.#asked) reading.replies.push(this.#asked.frame);
  }

  #refuse(reading: GatheredReading): void {
    reading.badChecksumBytes += frameBytes(this.#length - 3);
    if (this.#asked) this.#repeat(nack, reading);
  }

  #repeat(what: Uint8Array | undefined, reading: GatheredReading): void {
    this.#repeats += 1;
    if (what && this.#repeats <= mostRepeats) reading.replies.push(what);
  }

  #leaveFrame(): void {
    this.#frame.fill(0);
    this.#length = 0;
    this.#isInFrame = false;
    this.#isAfterZero = false;
  }
}

/** From the start code to the last checksum. */
function frameBytes(bodyBytes: number): number {
  return 2 + 2 + bodyBytes + 1;
}

/** @param body `D5 4B`, number of targets, then of the first: number, SENS_RES (2), SEL_RES, UID length, UID, and its ATS when it has one */
function readTarget(body: Buffer, reading: GatheredReading): void {
  const [targets] = body.subarray(2);
  if (targets === 0) return;
  const [uidBytes = 0] = body.subarray(7);
  const rest = body.subarray(8 + uidBytes);
  const isWhole = body.length >= 8 + uidBytes && (rest.length === 0 || rest[0] === rest.length);
  if (targets !== 1 || !isWhole || ![4, 7, 10].includes(uidBytes)) reading.add('card-unreadable');
  else reading.add(proximityCard('iso14443', body.subarray(8, 8 + uidBytes)));
}

/** @param command to the reader, from its code on */
function pn532Frame(command: readonly number[]): Buffer {
  const size = command.length + 1;
  const sum = command.reduce((total, byte) => total + byte, fromHost);
  return Buffer.from([0, 0, 0xff, size, -size & 0xff, fromHost, ...command, -sum & 0xff, 0]);
}
