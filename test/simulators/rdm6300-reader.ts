// A card reader on the network that speaks RDM6300 frames: what a serial-to-network adapter would pass on.
import { SimulatedLine } from './readers/simulated-line.ts';

/** A real module repeats the frame at this pace while the tag lies on it. */
const repeatMs = 65;

export class SimulatedReader {
  readonly #line: SimulatedLine;
  #repeat: NodeJS.Timeout | undefined;
  #lift: NodeJS.Timeout | undefined;

  private constructor(line: SimulatedLine) {
    this.#line = line;
  }

  /** @param port 0 = any */
  static async start(port = 0): Promise<SimulatedReader> {
    return new SimulatedReader(await SimulatedLine.open(() => undefined, port));
  }

  get port(): number {
    return this.#line.port;
  }

  get address(): string {
    return this.#line.address;
  }

  get clients(): number {
    return this.#line.clients;
  }

  /** Puts a tag on the reader and takes it away after `ms`. @param tag 10 hex digits */
  present(tag: string, ms = 300): void {
    this.place(tag);
    this.#lift = setTimeout(() => this.lift(), ms);
  }

  /** Puts a tag on the reader, instead of the one there; its frame comes at once and again and again. */
  place(tag: string): void {
    this.lift();
    const frame = rdm6300Frame(tag);
    this.send(frame);
    this.#repeat = setInterval(() => this.send(frame), repeatMs);
  }

  lift(): void {
    clearInterval(this.#repeat);
    clearTimeout(this.#lift);
  }

  /** One frame whose last checksum digit is wrong. */
  sendWrongChecksum(tag: string): void {
    const frame = rdm6300Frame(tag);
    frame[12] = frame[12] === 0x30 ? 0x31 : 0x30;
    this.send(frame);
  }

  /** Any bytes, as a broken cable would. */
  send(bytes: Uint8Array): void {
    this.#line.send(bytes);
  }

  /** Pulls the cable: every client loses its connection; new ones are welcome. */
  unplug(): void {
    this.#line.unplug();
  }

  async close(): Promise<void> {
    this.lift();
    await this.#line.close();
  }
}

/** @param tag 10 hex digits */
export function rdm6300Frame(tag: string): Buffer {
  const sum = Buffer.from(tag, 'hex').reduce((xor, byte) => xor ^ byte, 0);
  const checksum = sum.toString(16).padStart(2, '0').toUpperCase();
  return Buffer.from(`\x02${tag.toUpperCase()}${checksum}\x03`, 'latin1');
}
