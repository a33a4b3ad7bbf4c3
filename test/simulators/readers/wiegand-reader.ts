// A Wiegand reader behind a serial converter: says a card once a presentation, as a line of bits or of hex digits.
import { SimulatedLine } from './simulated-line.ts';

/** How the converter writes a card: all bits with their parities, or the checked data as hex digits. */
export type WiegandLineStyle = 'bits' | 'hex';

export class SimulatedWiegandReader {
  readonly #line: SimulatedLine;
  readonly #style: WiegandLineStyle;

  private constructor(line: SimulatedLine, style: WiegandLineStyle) {
    this.#line = line;
    this.#style = style;
  }

  static async start(style: WiegandLineStyle = 'bits', port = 0): Promise<SimulatedWiegandReader> {
    return new SimulatedWiegandReader(await SimulatedLine.open(() => undefined, port), style);
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

  /** @param card 6 or 8 hex digits: what Wiegand-26 or Wiegand-34 carries of it */
  present(card: string): void {
    this.send(wiegandLine(card, this.#style));
  }

  /** A line of bits of which one was lost to noise and came as the other. */
  sendFlipped(card: string, bit = 5): void {
    const line = wiegandLine(card, 'bits');
    line[bit] = (line[bit] ?? 0) ^ 1;
    this.send(line);
  }

  send(bytes: Uint8Array): void {
    this.#line.send(bytes);
  }

  unplug(): void {
    this.#line.unplug();
  }

  close(): Promise<void> {
    return this.#line.close();
  }
}

/** @param card 6 or 8 hex digits */
export function wiegandLine(card: string, style: WiegandLineStyle = 'bits'): Buffer {
  if (style === 'hex') return Buffer.from(`${card.toUpperCase()}\r\n`, 'latin1');
  const data = [...card].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
  const half = data.length / 2;
  const ones = (bits: string) => bits.replaceAll('0', '').length;
  const even = ones(data.slice(0, half)) % 2;
  const odd = 1 - (ones(data.slice(half)) % 2);
  return Buffer.from(`${even}${data}${odd}\r\n`, 'latin1');
}
