// C36: canary cards through every reader of a running terminal; then every sink is searched for every spelling of them.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writePrivate, writeTerminal } from '../../provisioning/write-terminal.ts';
import { publicKeysOf } from '../../sync/headquarters/keys.ts';
import { TerminalProgram } from '../demo/terminal-program.ts';
import { type Mosquitto, startMosquitto } from '../simulators/mosquitto.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { type SimulatedReaderKind, startSimulatedReader } from '../simulators/readers/hid-reader.ts';
import { SimulatedPn532 } from '../simulators/readers/pn532-reader.ts';
import { SimulatedWiegandReader } from '../simulators/readers/wiegand-reader.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { someKeys } from '../sync/some-keys.ts';
import { KeyTypist } from '../ui/key-typist.ts';
import { type Eavesdropper, eavesdrop } from './eavesdropper.ts';
import { openKioskBrowser } from './kiosk-browser.ts';

/** found nowhere else; the bank card is a published test number */
const canaries = {
  em: 'A1B2C3D4E7',
  uid: '04A1B2C3D4E5F7',
  stripe: '882773155091',
  bank: '4111111111111111',
} as const;
const holder = 'CANARYHOLDER';
const maintenancePin = '739152';

const hexSpellings = (hex: string): string[] => {
  const reversed = Buffer.from(hex, 'hex').reverse().toString('hex').toUpperCase();
  return [hex, reversed].flatMap((each) => [
    ...[each, each.slice(-8), each.slice(-6)].flatMap((part) => [part, part.toLowerCase()]),
    String(BigInt(`0x${each}`)),
    String(Number.parseInt(each.slice(-8), 16)).padStart(10, '0'),
    Buffer.from(each, 'hex').toString('base64'),
  ]);
};
const digitSpellings = (digits: string): string[] => [
  digits,
  [...digits].reverse().join(''),
  BigInt(digits).toString(16),
  BigInt(digits).toString(16).toUpperCase(),
  Buffer.from(digits).toString('hex'),
  Buffer.from(digits).toString('base64').replace(/=+$/, ''),
  digits.slice(0, -4),
];
const spellings = [
  ...new Set([
    ...hexSpellings(canaries.em),
    ...hexSpellings(canaries.uid),
    ...digitSpellings(canaries.stripe),
    ...digitSpellings(canaries.bank),
    // both groups of 2H4H and 4H4H
    `${Number.parseInt(canaries.em.slice(4, 6), 16)},${Number.parseInt(canaries.em.slice(6), 16)}`,
    holder,
  ]),
];

type Present = () => void | Promise<void>;

interface OpenedReader {
  readonly config: Readonly<Record<string, unknown>>;
  /** presents a card that is nobody's, and the bank card where the reader reads stripes */
  readonly present: { readonly unknown: Present; readonly bank?: Present };
  close(): Promise<void>;
}

const stripe = (kind: SimulatedReaderKind) => async (): Promise<OpenedReader> => {
  const reader = await startSimulatedReader(kind);
  const swipe = (number: string) => () =>
    reader.presentTracks({ 1: `%B${number}^${holder}^4912?`, 2: `;${number}=4912?` });
  return {
    config: { ...reader.settings },
    present: { unknown: swipe(canaries.stripe), bank: swipe(canaries.bank) },
    close: () => reader.close(),
  };
};

const readers: Readonly<Record<string, () => Promise<OpenedReader>>> = {
  rdm6300: async () => {
    const reader = await SimulatedReader.start();
    return {
      config: { kind: 'rdm6300', at: reader.address },
      present: { unknown: () => reader.present(canaries.em, 100) },
      close: () => reader.close(),
    };
  },
  pn532: async () => {
    const reader = await SimulatedPn532.start();
    return {
      config: { kind: 'pn532', at: reader.address },
      present: { unknown: () => reader.place(canaries.uid) },
      close: () => reader.close(),
    };
  },
  wiegand: async () => {
    const reader = await SimulatedWiegandReader.start();
    return {
      config: { kind: 'wiegand', at: reader.address },
      present: { unknown: () => reader.present(canaries.em.slice(-8)) },
      close: () => reader.close(),
    };
  },
  magtek: stripe('magtek'),
  'id-tech': stripe('id-tech-native'),
  'hid-pos': stripe('hid-pos'),
  'keyboard-stripe': stripe('keyboard-stripe'),
  keyboard: async () => {
    const reader = await startSimulatedReader('keyboard');
    return {
      config: { ...reader.settings },
      present: { unknown: () => reader.present(canaries.em) },
      close: () => reader.close(),
    };
  },
  wedge: async () => ({
    config: { kind: 'wedge', format: '10H' },
    present: {
      unknown: async () => {
        await page.locator('kiosk-app[wedge]').waitFor();
        await typist.typeText(`${canaries.em}\n`, 3);
      },
      bank: () => typist.typeText(`;${canaries.bank}=4912?\n`, 3),
    },
    close: async () => undefined,
  }),
};

const folder = mkdtempSync(join(tmpdir(), 'yingbin-canaries-'));
const profile = mkdtempSync(join(tmpdir(), 'yingbin-profile-'));
const printed: Buffer[] = [];
let broker: Mosquitto;
let printer: SimulatedPrinter;
let eavesdropper: Eavesdropper;
let browser: BrowserContext;
let page: Page;
let typist: KeyTypist;

beforeAll(async () => {
  broker = await startMosquitto();
  printer = await SimulatedPrinter.start();
  eavesdropper = await eavesdrop(broker.url);
  writePrivate(join(folder, 'terminal', 'keys', 'maintenance.pin'), maintenancePin);
  browser = await openKioskBrowser(profile);
  page = await browser.newPage();
  page.setDefaultTimeout(25_000);
  typist = await KeyTypist.at(page);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await eavesdropper?.close();
  await Promise.all([broker?.close(), printer?.close()]);
  rmSync(folder, { recursive: true, force: true });
  rmSync(profile, { recursive: true, force: true });
});

async function startTerminal(reader: OpenedReader): Promise<TerminalProgram> {
  const terminal = new TerminalProgram({
    script: fileURLToPath(new URL('../../dist/kiosk/main.js', import.meta.url)),
    config: writeTerminal({
      folder: join(folder, 'terminal'),
      fleetKey: Buffer.alloc(32, 9),
      config: {
        v: 1,
        tenant: 'canaries',
        terminal: 'hall-01',
        code: 'H01',
        site: { name: { zh: '售楼处', en: 'Hall' }, project: null, helpPhone: '400' },
        dataDir: 'data',
        screen: { port: 0 },
        broker: { url: broker.url },
        headquarters: publicKeysOf(someKeys),
        cardWidth: 24,
        reader: reader.config,
        printer: { kind: 'esc-pos', at: printer.address },
        panel: null,
        desktop: false,
        maintenance: { pinFile: 'keys/maintenance.pin' },
        limits: { deviceRetryMinMs: 50, deviceRetryMaxMs: 200, repeatedSwipeMs: 100 },
      },
    }),
    dataDir: join(folder, 'terminal', 'data'),
    logFile: join(folder, 'terminal.log'),
  });
  await terminal.start();
  await vi.waitFor(async () => expect(await terminal.health()).toMatchObject({ reader: 'ready' }), 10_000);
  await page.goto(terminal.screenAddress());
  await see('轻触屏幕，开始使用');
  return terminal;
}

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const tap = (name: string | RegExp) => page.getByRole('button', { name }).first().click();

/** Shadow trees, attributes and values of fields included. */
const everythingInPage = (): Promise<string> =>
  page.evaluate(`(() => {
    const seen = [];
    const walk = (node) => {
      if (node.nodeType === 3) seen.push(node.data);
      if (node.attributes) for (const { name, value } of node.attributes) seen.push(name + '=' + value);
      if ('value' in node && typeof node.value === 'string') seen.push(node.value);
      if (node.shadowRoot) walk(node.shadowRoot);
      for (const child of node.childNodes) walk(child);
    };
    walk(document);
    return [...seen, JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href].join('\\n');
  })()`);

const found = (text: string): string[] => spellings.filter((spelling) => text.includes(spelling));

function foundInFiles(below: string): string[] {
  return readdirSync(below, { recursive: true, encoding: 'utf8' })
    .map((name) => join(below, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    .flatMap((file) => {
      const bytes = readFileSync(file);
      return spellings
        .filter((spelling) => bytes.includes(spelling) || bytes.includes(spelling, 0, 'utf16le'))
        .map((spelling) => `${file}: ${spelling}`);
    });
}

async function openMaintenance(): Promise<void> {
  const box = await page.locator('.site').boundingBox();
  if (!box) throw new Error('the site has no name');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await see('维护密码');
  await page.mouse.up();
  for (const digit of maintenancePin) await page.getByRole('button', { name: digit, exact: true }).click();
  await tap('确认');
  await see('设备与维护');
}

describe('C36 a card number goes nowhere', () => {
  it.each(Object.keys(readers))(
    'C36 %s: unknown and bank cards are answered, the page holds neither',
    async (kind) => {
      const open = readers[kind];
      if (!open) throw new Error(kind);
      const reader = await open();
      const terminal = await startTerminal(reader);
      try {
        await reader.present.unknown();
        await see('这张卡还没有登记');
        expect(found(await everythingInPage())).toEqual([]);
        await tap('知道了');
        await see('轻触屏幕，开始使用');
        if (!reader.present.bank) return;
        await reader.present.bank();
        await see('这像是一张银行卡');
        expect(found(await everythingInPage())).toEqual([]);
      } finally {
        await terminal.stop();
        await reader.close();
      }
    },
    40_000,
  );

  it('C36 maintenance: a test swipe shows four digits, a test page none', async () => {
    const reader = await stripe('magtek')();
    const terminal = await startTerminal(reader);
    try {
      await openMaintenance();
      await reader.present.unknown();
      await see(`末四位 ${canaries.stripe.slice(-4)}`);
      await reader.present.bank?.();
      await see(/card-payment/);
      expect(found(await everythingInPage())).toEqual([]);
      await tap('测试页');
      await vi.waitFor(() => expect(printer.slips.length).toBeGreaterThan(0), 10_000);
      printed.push(...printer.slips.map(({ text }) => Buffer.from(text)));
    } finally {
      await terminal.stop();
      await reader.close();
    }
  }, 40_000);

  it('C36 MQTT: no spelling in any topic or payload, although the refusals were told', () => {
    const refusals = eavesdropper.overheard.filter(({ text }) => text.includes('card-refused'));
    expect(refusals.length).toBeGreaterThanOrEqual(Object.keys(readers).length - 1);
    expect(eavesdropper.overheard.flatMap(({ topic, text }) => found(`${topic} ${text}`))).toEqual([]);
  });

  it('C36 paper, log and the raw bytes of every file of the terminal: no spelling', () => {
    expect(printed.map(String).join('')).toContain('打印测试');
    expect(printed.map(String).flatMap(found)).toEqual([]);
    const log = readFileSync(join(folder, 'terminal.log'), 'utf8');
    expect(log).toContain('card-payment');
    expect(foundInFiles(folder)).toEqual([]);
  });

  it('C36 browser’s profile: no spelling', async () => {
    await browser.close();
    expect(foundInFiles(profile)).toEqual([]);
  });
});
