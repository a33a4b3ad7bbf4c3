// Card readers that speak HID over TCP: the reports of each kind, byte for byte, and the little ways of real ones.
import type { ReaderSettings } from '../../../device/open-card-reader.ts';
import { encodeHidFrame, hidFrame } from '../../../device/transport/hid-tcp-port.ts';
import {
  bootKeyboardDescriptor,
  hidPosDescriptor,
  idTechDescriptor,
  magnePrintDescriptor,
  magtekDescriptor,
  magtekInsertionDescriptor,
} from './hid-descriptors.ts';
import { typeText } from './key-reports.ts';
import { SimulatedLine } from './simulated-line.ts';
import {
  decodeError,
  hidPosReport,
  idTechReport,
  insertionReport,
  magtekReport,
  type StripeTracks,
  withLrc,
} from './stripe-reports.ts';

export const simulatedReaderKinds = [
  'magtek',
  'magtek-insertion',
  'magtek-encrypting',
  'id-tech',
  'id-tech-native',
  'hid-pos',
  'keyboard',
  'keyboard-stripe',
] as const;
export type SimulatedReaderKind = (typeof simulatedReaderKinds)[number];

/** A hand needs so long for the next card. */
const betweenCardsMs = 120;

interface Model {
  readonly kind: 'magtek' | 'id-tech' | 'hid-pos' | 'keyboard' | 'keyboard-stripe';
  readonly descriptor: Buffer;
  /** @param memory what the reader's buffer holds: real readers overwrite only what the next card fills */
  report(tracks: StripeTracks, memory: Buffer): Buffer[];
  readonly memoryBytes: number;
}

const models: Readonly<Record<SimulatedReaderKind, Model>> = {
  magtek: model('magtek', magtekDescriptor, 337, (tracks, memory) => [magtekReport(tracks, memory)]),
  'magtek-insertion': model('magtek', magtekInsertionDescriptor, 0, (tracks) => [
    insertionReport(tracks, true),
    insertionReport(tracks, false),
  ]),
  'magtek-encrypting': model('magtek', magnePrintDescriptor, 477, (_, memory) => [memory.fill(0xa5)]),
  'id-tech': model('id-tech', magtekDescriptor, 337, (tracks, memory) => [magtekReport(tracks, memory)]),
  'id-tech-native': model('id-tech', idTechDescriptor, 509, (tracks, memory) => [
    idTechReport(tracks, memory),
  ]),
  'hid-pos': model('hid-pos', hidPosDescriptor, 250, (tracks, memory) => [hidPosReport(tracks, memory)]),
  keyboard: model('keyboard', bootKeyboardDescriptor, 0, () => []),
  'keyboard-stripe': model('keyboard-stripe', bootKeyboardDescriptor, 0, (tracks) =>
    typeText(`${([1, 2, 3] as const).map((n) => spelt(tracks[n], n)).join('')}\r`),
  ),
};

/** @param port 0 = any */
export function startSimulatedReader(kind: SimulatedReaderKind, port = 0): Promise<SimulatedHidReader> {
  return SimulatedHidReader.start(kind, port);
}

export class SimulatedHidReader {
  readonly kind: SimulatedReaderKind;
  /** reports longer than this come in several packets; 0 = whole */
  packetBytes = 0;
  readonly #line: SimulatedLine;
  readonly #model: Model;
  readonly #memory: Buffer;
  readonly #waiting = new Set<NodeJS.Timeout>();
  #nextCardAt = 0;

  private constructor(kind: SimulatedReaderKind, line: SimulatedLine) {
    this.kind = kind;
    this.#line = line;
    this.#model = models[kind];
    this.#memory = Buffer.alloc(this.#model.memoryBytes);
  }

  static async start(kind: SimulatedReaderKind, port = 0): Promise<SimulatedHidReader> {
    const greeting = encodeHidFrame(hidFrame.descriptor, models[kind].descriptor);
    const line = await SimulatedLine.open(() => undefined, port, greeting);
    return new SimulatedHidReader(kind, line);
  }

  get port(): number {
    return this.#line.port;
  }

  get address(): string {
    return `hid+tcp://127.0.0.1:${this.port}`;
  }

  get clients(): number {
    return this.#line.clients;
  }

  /** What opens this reader: for `openCardReader`, and for the config's `reader`. */
  get settings(): ReaderSettings {
    const { kind } = this.#model;
    const at = this.address;
    return kind === 'keyboard'
      ? { kind, at, technology: 'em4100', format: '10H', byteOrder: 'straight' }
      : { kind, at, paymentCards: 'refuse' };
  }

  /** @param card a stripe's number, or ten hex digits where the reader types them */
  present(card: string): void {
    if (this.kind === 'keyboard') this.type(`${card}\r`);
    else this.presentTracks({ 2: `;${card}=4912?` });
  }

  /** Draws a card with these tracks through. */
  presentTracks(tracks: StripeTracks): void {
    this.#inTurn(() => this.#model.report(tracks, this.#memory));
  }

  /** Too fast, or the wrong way round. */
  presentUnreadable(): void {
    if (this.kind === 'keyboard') this.type('12345678\r');
    else this.presentTracks({ 2: this.kind === 'hid-pos' ? ';E?' : decodeError });
  }

  /** One character was read wrongly: the LRC tells. */
  presentDamaged(card: string): void {
    if (this.kind === 'keyboard') this.presentUnreadable();
    else {
      const right = withLrc(`;${card}=4912?`);
      this.presentTracks({ 2: right.replace(/=4912/, '=4913') });
    }
  }

  /** Half of a card's reports, then nothing. */
  sendHalf(card: string): void {
    const reports =
      this.kind === 'keyboard'
        ? typeText(card)
        : this.#model.report({ 2: `;${card}=4912?` }, Buffer.from(this.#memory));
    const [first] = reports;
    if (reports.length > 2) for (const report of reports.slice(0, reports.length / 2)) this.send(report);
    else if (first) this.send(first.subarray(0, first.length / 2));
  }

  /** @param text typed as a US keyboard would */
  type(text: string): void {
    this.#inTurn(() => typeText(text));
  }

  /** Any report, at once. */
  send(report: Uint8Array): void {
    const step = this.packetBytes || Math.max(1, report.length);
    for (let at = 0; at < Math.max(1, report.length); at += step)
      this.sendBytes(encodeHidFrame(hidFrame.input, report.subarray(at, at + step)));
  }

  /** Any bytes, as another program on this port would. */
  sendBytes(bytes: Uint8Array): void {
    this.#line.send(bytes);
  }

  /** Pulls the cable: every client loses its connection; new ones are welcome. */
  unplug(): void {
    this.#line.unplug();
  }

  async close(): Promise<void> {
    for (const timer of this.#waiting) clearTimeout(timer);
    await this.#line.close();
  }

  #inTurn(reports: () => readonly Buffer[]): void {
    const now = performance.now();
    const at = Math.max(now, this.#nextCardAt);
    this.#nextCardAt = at + betweenCardsMs;
    const give = () => {
      for (const report of reports()) this.send(report);
    };
    if (at === now) {
      give();
      return;
    }
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      give();
    }, at - now);
    this.#waiting.add(timer);
  }
}

function model(kind: Model['kind'], descriptor: Buffer, memoryBytes: number, report: Model['report']): Model {
  return { kind, descriptor, memoryBytes, report };
}

/** How readers that type say that a track could not be decoded. */
function spelt(track: string | undefined, place: 1 | 2 | 3): string {
  if (track !== decodeError) return track ?? '';
  return { 1: '%E?', 2: ';E?', 3: '+E?' }[place];
}
