// The shelf of readers: what lies on it, how each is started, and what IT would write into the terminal's settings for it.
import type { ReaderConfig } from '../../../sync/contract/device-setup.ts';
import {
  type BenchReader,
  spellings,
  startEncrypting,
  startPn532,
  startRdm6300,
  startStripe,
  startTypist,
  startWiegand,
} from './bench-reader.ts';
import type { ShelfReader } from './lab-view.ts';

export interface ReaderOnShelf extends ShelfReader {
  readonly start: () => Promise<BenchReader>;
  /** @param host `127.0.0.1:port` where the terminal finds it */
  readonly settings: (host: string) => ReaderConfig;
}

export const usualReader = 'rdm6300';

const chips: readonly ReaderOnShelf[] = [
  {
    id: 'rdm6300',
    family: 'chip',
    name: { zh: 'RDM6300', en: 'RDM6300' },
    says: { zh: 'EM 卡，40 位', en: 'EM card, 40 bits' },
    accidents: ['noise', 'damaged'],
    start: startRdm6300,
    settings: (host) => ({ kind: 'rdm6300', at: `tcp://${host}` }),
  },
  {
    id: 'pn532',
    family: 'chip',
    name: { zh: 'PN532', en: 'PN532' },
    says: { zh: '13.56 MHz 卡', en: '13.56 MHz card' },
    accidents: ['noise', 'damaged', 'telephone'],
    start: startPn532,
    settings: (host) => ({ kind: 'pn532', at: `tcp://${host}` }),
  },
  ...([6, 8] as const).map((digits): ReaderOnShelf => {
    const frame = digits === 6 ? 26 : 34;
    return {
      id: `wiegand-${frame}`,
      family: 'chip',
      name: { zh: `韦根 ${frame}`, en: `Wiegand ${frame}` },
      says: { zh: `EM 卡，${4 * digits} 位`, en: `EM card, ${4 * digits} bits` },
      accidents: ['noise', 'damaged'],
      start: () => startWiegand(digits),
      settings: (host) => ({ kind: 'wiegand', at: `tcp://${host}`, technology: 'em4100' }),
    };
  }),
];

type Spelling = keyof typeof spellings;
/** The card that data sheets print, as each of them types it. */
const exampleCard = '01026F6C3A';

const typists = (Object.keys(spellings) as Spelling[]).map(
  (format): ReaderOnShelf => ({
    id: `keyboard-${format.toLowerCase()}`,
    family: 'typed',
    name: { zh: `免驱 ${format}`, en: `USB ${format}` },
    says: { zh: spellings[format](exampleCard), en: spellings[format](exampleCard) },
    accidents: ['noise', 'unreadable'],
    start: () => startTypist(spellings[format]),
    settings: (host) => ({
      kind: 'keyboard',
      at: `hid+tcp://${host}`,
      technology: 'em4100',
      format,
      byteOrder: 'straight',
    }),
  }),
);

type StripeKind = 'magtek' | 'id-tech' | 'hid-pos' | 'keyboard-stripe';
const stripe = (
  id: Parameters<typeof startStripe>[0] & string,
  kind: StripeKind,
  name: string,
  says: ShelfReader['says'],
): ReaderOnShelf => ({
  id,
  family: 'stripe',
  name: { zh: name, en: name },
  says,
  accidents: ['damaged', 'unreadable', 'bank-card'],
  start: () => startStripe(id),
  settings: (host) => ({ kind, at: `hid+tcp://${host}`, paymentCards: 'refuse' }),
});

const stripes: readonly ReaderOnShelf[] = [
  stripe('magtek', 'magtek', 'MagTek', { zh: '划卡，一次一帧', en: 'one report a swipe' }),
  stripe('magtek-insertion', 'magtek', 'MagTek insert', { zh: '插拔各读一次', en: 'read in and out' }),
  stripe('id-tech', 'id-tech', 'ID TECH', { zh: '仿 MagTek 格式', en: 'like MagTek' }),
  stripe('id-tech-native', 'id-tech', 'ID TECH own', { zh: '自家格式', en: 'its own layout' }),
  stripe('hid-pos', 'hid-pos', 'HID-POS 0x8E', { zh: '位置看描述符', en: 'places it declares' }),
  stripe('keyboard-stripe', 'keyboard-stripe', 'USB MSR', { zh: '键入磁道', en: 'types its tracks' }),
  {
    id: 'magtek-encrypting',
    family: 'stripe',
    name: { zh: 'MagnePrint', en: 'MagnePrint' },
    says: { zh: '加密，谁也不认', en: 'encrypts: none works' },
    accidents: ['encrypted'],
    start: startEncrypting,
    settings: (host) => ({ kind: 'magtek', at: `hid+tcp://${host}`, paymentCards: 'refuse' }),
  },
];

export const readerShelf: readonly ReaderOnShelf[] = [...chips, ...typists, ...stripes];
