// One reader on the bench, whatever it speaks: a card of the deck in the bytes of its kind, and its accidents.
import { SimulatedReader } from '../rdm6300-reader.ts';
import { type SimulatedReaderKind, startSimulatedReader } from '../readers/hid-reader.ts';
import { SimulatedPn532 } from '../readers/pn532-reader.ts';
import { SimulatedWiegandReader } from '../readers/wiegand-reader.ts';
import type { LabCard, ReaderAccident } from './lab-view.ts';

export interface BenchReader {
  readonly port: number;
  present(card: LabCard): void;
  /** only what this kind can do */
  readonly accidents: Readonly<Partial<Record<ReaderAccident, () => void>>>;
  close(): Promise<void>;
}

/** A published test number, on no card of any bank. */
const testPan = '4111111111111111';
const telephoneUid = '08A1B2C3';
const anyTag = '0100C0FFEE';
const noise = Buffer.from('\xff\x00kr\x81\x7fsch\x02\x02', 'latin1');
/** Until the module has asked for cards again, and until it has missed this one. */
const cardLiesMs = 400;

export async function startRdm6300(): Promise<BenchReader> {
  const reader = await SimulatedReader.start();
  return {
    port: reader.port,
    present: ({ number }) => reader.present(number),
    accidents: {
      noise: () => reader.send(noise),
      damaged: () => reader.sendWrongChecksum(anyTag),
    },
    close: () => reader.close(),
  };
}

export async function startPn532(): Promise<BenchReader> {
  const reader = await SimulatedPn532.start();
  let lift: NodeJS.Timeout | undefined;
  const present = (uid: string): void => {
    clearTimeout(lift);
    reader.place(uid);
    lift = setTimeout(() => reader.lift(), cardLiesMs);
  };
  return {
    port: reader.port,
    present: ({ uid }) => present(uid),
    accidents: {
      noise: () => reader.spoilNext('noise'),
      damaged: () => reader.spoilNext('checksum'),
      telephone: () => present(telephoneUid),
    },
    close: () => {
      clearTimeout(lift);
      return reader.close();
    },
  };
}

/** @param digits 6 for Wiegand-26, 8 for Wiegand-34 */
export async function startWiegand(digits: 6 | 8): Promise<BenchReader> {
  const reader = await SimulatedWiegandReader.start();
  return {
    port: reader.port,
    present: ({ number }) => reader.present(number.slice(-digits)),
    accidents: {
      noise: () => reader.send(noise),
      damaged: () => reader.sendFlipped(anyTag.slice(-digits)),
    },
    close: () => reader.close(),
  };
}

/** A reader that types. @param spell the number of an EM card, as this one writes it */
export async function startTypist(spell: (number: string) => string): Promise<BenchReader> {
  const reader = await startSimulatedReader('keyboard');
  return {
    port: reader.port,
    present: ({ number }) => reader.type(`${spell(number)}\r`),
    accidents: {
      // somebody leans on the reader's own line
      noise: () => reader.type('qq\r'),
      unreadable: () => reader.type('1234567\r'),
    },
    close: () => reader.close(),
  };
}

export async function startStripe(kind: Exclude<SimulatedReaderKind, 'keyboard'>): Promise<BenchReader> {
  const reader = await startSimulatedReader(kind);
  return {
    port: reader.port,
    present: ({ stripe }) => reader.present(stripe),
    accidents: {
      damaged: () => reader.presentDamaged('888800010000'),
      unreadable: () => reader.presentUnreadable(),
      'bank-card': () => reader.present(testPan),
    },
    close: () => reader.close(),
  };
}

/** The head of this one encrypts: no card is ever a member's here. */
export async function startEncrypting(): Promise<BenchReader> {
  const reader = await startSimulatedReader('magtek-encrypting');
  return {
    port: reader.port,
    present: ({ stripe }) => reader.present(stripe),
    accidents: { encrypted: () => reader.present(testPan) },
    close: () => reader.close(),
  };
}

/** What driverless readers type for one and the same EM card. */
export const spellings = {
  '10H': (number: string) => number,
  '8H10D': (number: string) => decimal(number.slice(-8), 10),
  '6H8D': (number: string) => decimal(number.slice(-6), 8),
  '2H4H': (number: string) => `${decimal(number.slice(-6, -4), 3)},${decimal(number.slice(-4), 5)}`,
  '4H4H': (number: string) => `${decimal(number.slice(-8, -4), 5)},${decimal(number.slice(-4), 5)}`,
  '10D': (number: string) => decimal(number.slice(-8), 1),
} as const satisfies Readonly<Record<string, (number: string) => string>>;

function decimal(hex: string, digits: number): string {
  return String(Number.parseInt(hex, 16)).padStart(digits, '0');
}
