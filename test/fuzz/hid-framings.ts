// The protocols of HID readers, as the fuzzer knows them. A stream stands for reports in a row: u16 length (taken modulo
// what a frame may hold), then the report; so any bytes are reports, and how they are cut changes nothing.
import type { BurstFraming } from '../../device/readers/burst-framing.ts';
import { GatheredReading } from '../../device/readers/card-framing.ts';
import { type HidReaderKind, makeHidFraming } from '../../device/readers/hid-framings.ts';
import { parseReportDescriptor } from '../../device/readers/report-descriptor.ts';
import {
  bootKeyboardDescriptor,
  hidPosDescriptor,
  idTechDescriptor,
  magtekDescriptor,
  magtekInsertionDescriptor,
} from '../simulators/readers/hid-descriptors.ts';
import { keyFor, typeText } from '../simulators/readers/key-reports.ts';
import {
  hidPosReport,
  idTechReport,
  insertionReport,
  magtekReport,
  type StripeTracks,
  withLrc,
} from '../simulators/readers/stripe-reports.ts';
import type { FuzzedFraming } from './fuzz-framing.ts';
import type { Seeded } from './seeded.ts';

const mostBytes = 600;

function frameOf(report: Buffer): Buffer {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(report.length);
  return Buffer.concat([head, report]);
}

/** Takes whole reports out of the stream; keeps at most one unfinished. */
class Reports {
  #held = Buffer.alloc(0);

  take(chunk: Uint8Array): Buffer[] {
    const stream = Buffer.concat([this.#held, chunk]);
    const reports: Buffer[] = [];
    let at = 0;
    while (stream.length - at >= 2) {
      const end = at + 2 + (stream.readUInt16BE(at) % mostBytes);
      if (end > stream.length) break;
      reports.push(stream.subarray(at + 2, end));
      at = end;
    }
    this.#held = Buffer.from(stream.subarray(at));
    return reports;
  }
}

function overReports(framing: BurstFraming) {
  const reports = new Reports();
  return {
    push: (chunk: Uint8Array) => {
      const all = new GatheredReading();
      for (const report of reports.take(chunk)) {
        const reading = framing.push(report);
        for (const found of [...reading.cards, ...reading.unusable]) all.add(found);
      }
      return all;
    },
  };
}

function make(settings: HidReaderKind, descriptor: Uint8Array) {
  const layout = parseReportDescriptor(descriptor);
  const framing = layout && makeHidFraming(settings, layout);
  if (!framing) throw new Error(`no ${settings.kind}`);
  return overReports(framing);
}

const digits = (random: Seeded): string =>
  Array.from({ length: 5 + random.int(15) }, () => random.int(10)).join('');

function someTracks(random: Seeded): StripeTracks {
  const number = digits(random);
  const spell = random.int(2) ? withLrc : (track: string) => track;
  return random.pick([
    { 2: spell(`;${number}=2512?`) },
    { 1: spell(`%B${number}^A/B^2512?`), 2: spell(`;${number}=2512?`) },
    { 1: spell(`%A${number}^A^?`) },
    { 3: spell(`;${number}=1?`) },
  ]);
}

/** A number is only taken from between a start sentinel and a separator or the end. */
function stoodOnTrack(text: string, card: string): boolean {
  return new RegExp(`[;+]${card}[=?]|%[A-Z]?${card}[\\^?]`).test(text.toUpperCase().replaceAll(' ', ''));
}

const stripe = (
  kind: 'magtek' | 'id-tech' | 'hid-pos',
  name: string,
  descriptor: Buffer,
  report: (tracks: StripeTracks, random: Seeded) => Buffer,
): FuzzedFraming => ({
  name,
  make: () => make({ kind, paymentCards: 'token' }, descriptor),
  frame: (random) => frameOf(report(someTracks(random), random)),
  stoodIn: (stream, card) =>
    // a report may be joined from several
    stoodOnTrack(Buffer.concat(new Reports().take(stream)).toString('latin1'), card),
});

/** What a person would read off the keys, told once more. */
function typedIn(stream: Buffer): string {
  let text = '';
  let before: readonly number[] = [];
  let wasAlt = false;
  let altCode = 0;
  for (const report of new Reports().take(stream)) {
    const down = [2, 3, 4, 5, 6, 7].map((n) => report[n] ?? 0).filter((usage) => usage <= 0x65);
    if (down.some((usage) => usage >= 1 && usage <= 3)) continue;
    const modifiers = report[0] ?? 0;
    const isAlt = (modifiers & 0x44) !== 0;
    const pressed = [...new Set(down)].filter((usage) => usage !== 0 && !before.includes(usage));
    for (const usage of pressed) {
      if (isAlt) {
        if (usage >= 0x59 && usage <= 0x62) altCode = (altCode * 10 + ((usage - 0x58) % 10)) % 1_000;
      } else if ((modifiers & 0x88) === 0) text += characters.get(usage) ?? '';
    }
    if (wasAlt && !isAlt) {
      if (altCode > 0 && altCode < 128) text += String.fromCharCode(altCode).toUpperCase();
      altCode = 0;
    }
    wasAlt = isAlt;
    before = down;
  }
  return text;
}

/** capitals and digits, and the keypad's */
const characters = new Map<number, string>([
  ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', (c) => [keyFor(c).usage, c] as const),
  ...Array.from('1234567890', (c, n) => [0x59 + n, c] as const),
  ...[0x28, 0x58, 0x2b].map((usage) => [usage, '\r'] as const),
]);

const keyboard: FuzzedFraming = {
  name: 'keyboard',
  make: () =>
    make(
      { kind: 'keyboard', technology: 'em4100', format: '10H', byteOrder: 'straight' },
      bootKeyboardDescriptor,
    ),
  frame: (random) => {
    const tag = Array.from({ length: 10 }, () => random.pick([...'0123456789ABCDEF'])).join('');
    return Buffer.concat(typeText(`\r${tag}\r`).map(frameOf));
  },
  stoodIn: (stream, card) => typedIn(stream).includes(card),
};

export const hidFramings: readonly FuzzedFraming[] = [
  stripe('magtek', 'magtek', magtekDescriptor, (tracks) => magtekReport(tracks)),
  stripe('magtek', 'magtek insertion', magtekInsertionDescriptor, (tracks, random) =>
    insertionReport(tracks, random.int(2) === 0),
  ),
  stripe('id-tech', 'id-tech', magtekDescriptor, (tracks) => magtekReport(tracks)),
  stripe('id-tech', 'id-tech native', idTechDescriptor, (tracks) => idTechReport(tracks)),
  stripe('hid-pos', 'hid-pos', hidPosDescriptor, (tracks) => hidPosReport(tracks)),
  keyboard,
  {
    name: 'keyboard-stripe',
    make: () => make({ kind: 'keyboard-stripe', paymentCards: 'token' }, bootKeyboardDescriptor),
    frame: (random) => {
      const tracks = someTracks(random);
      return Buffer.concat(typeText(`${tracks[1] ?? ''}${tracks[2] ?? ''}\r`).map(frameOf));
    },
    // nobody says here when a burst is over: one card a stream at most
    stoodIn: (stream, card) => typedIn(stream).includes(card),
  },
];
