// C35: a reader that types into the page, and a person who types, told apart by a real Chromium's keys and time stamps.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Gallery, openGallery } from './gallery-server.ts';
import { KeyTypist, keyOf, type TypedKey } from './key-typist.ts';
import { openBrowser } from './kiosk-page.ts';
import { frame } from './show-frame.ts';
import { showsIn } from './shows.ts';

let browser: Browser;
let gallery: Gallery;
let page: Page;
let typist: KeyTypist;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  gallery = await openGallery();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  typist = await KeyTypist.at(page);
});
afterEach(async () => {
  await page?.close();
  await gallery?.close();
});

async function show(name: string, wedge: { maxGapMs: number } | null = { maxGapMs: 60 }): Promise<void> {
  const { screen, status } = showsIn('zh')[name] ?? frame('zh', { kind: 'attract', today: [], notice: null });
  gallery.show(frame('zh', screen, { status: { ...status, wedge } }));
  await page.goto(gallery.url);
  await page.locator(wedge ? 'kiosk-app[revision][wedge]' : 'kiosk-app[revision]').waitFor();
}

const type = (keys: readonly TypedKey[], gapMs: (n: number) => number) => typist.type(keys, gapMs);
const typeText = (text: string, gapMs: number | ((n: number) => number)) => typist.typeText(text, gapMs);
/** a quick typist: 40 ms a key on average, some keys rolled together, some far apart */
const human = (n: number): number => [22, 61, 35, 18, 55, 48, 27, 52, 41, 39][n % 10] ?? 40;

const typedCards = () =>
  gallery.touches.flatMap(({ touch }) => (touch.kind === 'typed-card' ? touch.keys : []));
const cardsBecome = (cards: string[]) => vi.waitFor(() => expect(typedCards()).toEqual(cards), 5_000);

/** The page has handled everything that was typed before, and whoever holds keys back has let go of them. */
const settled = () => page.evaluate('new Promise((done) => setTimeout(done, 200))');

async function ownWords() {
  await show('report-phrase');
  await page.getByRole('button', { name: '用自己的话说' }).click();
  return page.locator('textarea');
}

describe('C35 a reader that types', () => {
  it.each([2, 60])('C35 reader at %i ms a key → card', async (gapMs) => {
    await show('attract');
    await typeText('0040856634\n', gapMs);
    await cardsBecome(['0040856634']);
  });

  it('C35 an uneven line: 2 ms a key with hiccups of a busy hub → card', async () => {
    await show('attract');
    await typeText('0040856634\n', (n) => (n % 4 === 0 ? 18 : 1));
    await cardsBecome(['0040856634']);
  });

  it.each([
    ['KP_Enter', [{ code: 'NumpadEnter', key: 'Enter' }]],
    ['Tab', [keyOf('\t')]],
    ['CRLF', [keyOf('\n'), keyOf('\n')]],
    ['CR, LF as Ctrl+J', [keyOf('\n'), { code: 'KeyJ', key: 'j', modifiers: 2 }]],
  ])('C35 ended by %s → card, once, and no button is pressed', async (_, end) => {
    await show('home');
    await page.getByRole('button', { name: /我的积分/ }).focus();
    await type([...[...'0040856634'].map(keyOf), ...end], () => 3);
    await cardsBecome(['0040856634']);
    await settled();
    expect(gallery.touches.filter(({ touch }) => touch.kind !== 'stay')).toHaveLength(1);
  });

  it('C35 on the number pad, with Caps Lock and sentinels: by place, not by layout → card', async () => {
    await show('attract');
    const pad = [...'0040856634'].map((digit) => ({ code: `Numpad${digit}`, key: 'Insert' }));
    await type([keyOf(';'), ...pad, keyOf('?'), keyOf('\n')], () => 4);
    await type([...[...'01026f6c3a'].map(keyOf), keyOf('\n')], () => 4);
    await cardsBecome(['0040856634', '01026F6C3A']);
  });

  it('C35 swipe while an input has focus → field unchanged', async () => {
    const field = await ownWords();
    await field.fill('主卧窗框渗水');
    await field.evaluate((f) => Reflect.get(f, 'setSelectionRange').call(f, 2, 4));
    await typeText('111,27706\n', 5);
    await cardsBecome(['111,27706']);
    await settled();
    expect(await field.inputValue()).toBe('主卧窗框渗水');
    const selected = (f: object) => [Reflect.get(f, 'selectionStart'), Reflect.get(f, 'selectionEnd')];
    expect(await field.evaluate(selected)).toEqual([2, 4]);
  });

  it('C35 keys that a busy machine delivers late, although stamped in time → card, field unchanged', async () => {
    const field = await ownWords();
    await field.fill('渗水');
    await typist.typeLate('0040856634\n', 3, 250);
    await cardsBecome(['0040856634']);
    await settled();
    expect(await field.inputValue()).toBe('渗水');
  });

  it('C35 magnetic track → only its sentinel leaves the page, the field stays unchanged', async () => {
    const field = await ownWords();
    await typeText(';4111111111111111=25121010000000000000?\n', 3);
    await cardsBecome([';']);
    await settled();
    expect(await field.inputValue()).toBe('');
  });

  it('C35 without a wedge in the config nothing listens', async () => {
    await show('attract', null);
    await typeText('0040856634\n', 2);
    await settled();
    expect(typedCards()).toEqual([]);
  });
});

describe('C35 a person who types', () => {
  it('C35 human at 40 ms/key with `;` → not a card, and the words arrive whole', async () => {
    const field = await ownWords();
    await typeText('a;88880001234?b ;0040856634', human);
    await vi.waitFor(async () => expect(await field.inputValue()).toBe('a;88880001234?b ;0040856634'), 5_000);
    expect(typedCards()).toEqual([]);
  });

  it('C35 human at 40 ms/key types a whole number and Return → not a card', async () => {
    const field = await ownWords();
    await typeText(';0040856634\n', human);
    await vi.waitFor(async () => expect(await field.inputValue()).toBe(';0040856634\n'), 5_000);
    expect(typedCards()).toEqual([]);
  });

  it('C35 once a reader of 2 ms is learnt, even an even 40 ms is a person', async () => {
    const field = await ownWords();
    await typeText('0040856634\n', 2);
    await cardsBecome(['0040856634']);
    await typeText('0040856634\n', 40);
    await vi.waitFor(async () => expect(await field.inputValue()).toBe('0040856634\n'), 5_000);
    expect(typedCards()).toHaveLength(1);
  });

  it('keeps what a short number means: a house number, typed fast', async () => {
    const field = await ownWords();
    await typeText('301', 30);
    await vi.waitFor(async () => expect(await field.inputValue()).toBe('301'), 5_000);
  });
});
