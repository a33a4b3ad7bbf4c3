// The shipped terminal forgets: whatever ends a session, nothing of its person can be found in the browser any more.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { maskName } from '../../sync/headquarters/mask.ts';
import { demoCards } from '../demo/developer.ts';
import { everythingInPage, remainsIn } from '../ui/page-remains.ts';
import { openKioskBrowser } from './kiosk-browser.ts';
import { type Shipped, startShipped } from './shipped.ts';

const people = [
  { name: '缈岑嫣', phone: '13987650123', pin: '73519264', card: 'A1B2C3D4E5' },
  { name: '璩翮鸢', phone: '13976540234', pin: '82640517', card: 'A1B2C3D4E6' },
] as const;
const ownWords = '主卧飘窗鹅黄色窗套鼓包';
/** Also what is shown of a person while they stand there, and so must be gone afterwards. */
const traces = people.map(({ name, phone, pin, card }) => [
  name,
  name.slice(1),
  maskName(name),
  phone,
  `${phone.slice(0, 3)}****${phone.slice(-4)}`,
  pin,
  card,
]);
const everything = [...traces.flat(), ownWords];
const attract = '轻触屏幕，开始使用';
/** as soon as is asked for: one second after the end */
const goneWithin = { timeout: 1_000 };

let shipped: Shipped;
let browser: BrowserContext;
let page: Page;
const profile = mkdtempSync(join(tmpdir(), 'yingbin-profile-'));

beforeAll(async () => {
  shipped = await startShipped((developer) => {
    const deck = demoCards(developer).filter(({ state }) => state === 'active');
    people.forEach(({ card, ...canary }, n) => {
      const member = developer.members.find(({ id }) => id === deck[n]?.member);
      const [first] = member?.cards ?? [];
      if (!member || !first) throw new Error('no member to change');
      Object.assign(member, canary);
      Object.assign(first, { number: card });
    });
  });
  const settings = join(shipped.folder, 'terminal', 'data', 'settings.json');
  const before = JSON.parse(readFileSync(settings, 'utf8')) as object;
  writeFileSync(settings, JSON.stringify({ ...before, idleSeconds: 10 }));
  await shipped.terminal.stop();
  await shipped.terminal.start();
  browser = await openKioskBrowser(profile);
  await openPage();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await shipped?.close();
  rmSync(profile, { recursive: true, force: true });
});

afterEach(async () => {
  // what failed must not make the next one fail
  const end = page.getByRole('button', { name: '结束并清除' });
  if (!page.isClosed() && (await end.isVisible())) await end.click();
});

async function openPage(): Promise<void> {
  page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(shipped.terminal.screenAddress());
  await see(attract);
}

/** Of what can be seen: what stands by for it is in the page as well. */
const see = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();
const tap = (name: string | RegExp) => page.getByRole('button', { name }).first().click();

/** @param heard an element that is there once the card was heard */
async function swipeUntil(n: number, heard: string): Promise<void> {
  await vi.waitFor(
    async () => {
      shipped.reader.present(people[n]?.card ?? '', 100);
      await page.locator(heard).first().waitFor({ timeout: 1_000 });
    },
    { timeout: 15_000, interval: 50 },
  );
}

/** Checked in, or told that they are already. */
const swipe = (n: number) => swipeUntil(n, 'checked-in-screen, check-in-refused-screen');

/** Behind card and PIN. @param entry on the first page */
async function open(n: number, entry: RegExp): Promise<void> {
  await tap(attract);
  await tap(entry);
  await see(/请刷会员卡/);
  await swipeUntil(n, 'enter-pin-screen');
  for (const digit of people[n]?.pin ?? '')
    await page.getByRole('button', { name: digit, exact: true }).click();
  await tap('确认');
}

/** By keys, so that the test's own words are not what is found. */
async function typeOwnWords(): Promise<void> {
  for (const choice of ['卫生间', '天花', '渗漏'])
    await page.getByRole('button', { name: choice, exact: true }).click();
  await tap('用自己的话说');
  await page.keyboard.insertText(ownWords);
}

async function expectForgotten(words: readonly string[] = everything): Promise<void> {
  await page.getByText(attract).first().waitFor(goneWithin);
  expect(await remainsIn(page, words)).toEqual([]);
}

describe('U20 F6 nothing of the person is left in page, heap, storage and history', () => {
  it('although the search finds what is shown, and what a page would keep', async () => {
    await swipe(0);
    const found = await remainsIn(page, everything);
    expect(found.some((line) => line.startsWith('page: '))).toBe(true);
    expect(found.some((line) => line.startsWith('heap: '))).toBe(true);
    await tap('结束并清除');
    await see(attract);
    await page.evaluate(`{ const kept = '${'缈'}' + '岑嫣'; globalThis.keep = () => kept; }`);
    expect(await remainsIn(page, everything)).not.toEqual([]);
    await page.evaluate('delete globalThis.keep');
  });

  it('S41 ended by its button: check-in, points, own data, homes, requests', async () => {
    await swipe(0);
    await tap('结束并清除');
    await expectForgotten();
    await open(0, /我的积分/);
    await see('积分流水');
    await tap(/我的资料/);
    await see('可以电话联系我');
    expect(await everythingInPage(page)).toContain('139****0123');
    await tap('结束并清除');
    await expectForgotten();
    for (const [entry, seen] of [
      [/我的家/, /我的家|购房/],
      [/我的诉求/, /诉求/],
    ] as const) {
      await open(0, entry);
      await see(seen);
      await tap('结束并清除');
      await expectForgotten();
    }
  }, 60_000);

  it('ended by its button with own words half typed, and after they were filed', async () => {
    await open(0, /^报修/);
    await typeOwnWords();
    expect((await everythingInPage(page)).includes(ownWords)).toBe(true);
    await tap('结束并清除');
    await expectForgotten();
    await open(0, /^报修/);
    await typeOwnWords();
    await tap('填好了');
    await tap('提交报修');
    await see('已受理，请记住编号');
    await tap('结束并清除');
    await expectForgotten();
  }, 60_000);

  it('ended by the next card', async () => {
    await open(0, /我的积分/);
    // by its element: a search by text leaves that text in the searcher's own part of the heap
    await page.locator('points-screen').waitFor();
    await swipe(1);
    expect(await remainsIn(page, [...(traces[0] ?? []), ownWords])).toEqual([]);
    await tap('结束并清除');
    await expectForgotten();
  }, 60_000);

  it('ended by nobody being there', async () => {
    await open(1, /我的积分/);
    await see('积分流水');
    await page.getByText('您还在吗？').waitFor({ timeout: 15_000 });
    await page.getByText(attract).first().waitFor({ timeout: 25_000 });
    await expectForgotten();
  }, 60_000);
});

describe('U21 what comes after the page was left is the attract screen', () => {
  it.each([
    ['reload', () => page.reload()],
    // before the first page there is only the empty one that this browser was started with
    ['back and forward', () => page.goBack().then(() => page.goForward())],
    ['Alt+Left', () => page.keyboard.press('Alt+ArrowLeft')],
    ['Alt+Right', () => page.keyboard.press('Alt+ArrowRight')],
  ])('%s, after the end and during a session', async (_, leave) => {
    await leave();
    await expectForgotten();
    await swipe(0);
    await leave();
    // where there is nothing to go back to, the session goes on and is ended as ever
    await page
      .getByText(attract)
      .or(page.getByRole('button', { name: '结束并清除' }))
      .first()
      .waitFor();
    const done = page.getByRole('button', { name: '结束并清除' });
    if (await done.isVisible()) await done.click();
    await expectForgotten();
  });

  it('reload shows nobody at once: the person may be gone', async () => {
    await swipe(0);
    await page.reload();
    await expectForgotten();
  });

  it('S42 a crash of the page', async () => {
    await open(0, /^报修/);
    await typeOwnWords();
    const crashed = page.waitForEvent('crash');
    await page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    await page.close();
    await openPage();
    await expectForgotten();
  }, 60_000);

  it('S42 S40 a killed terminal, while a PIN is half typed', async () => {
    await tap(attract);
    await tap(/我的积分/);
    await swipeUntil(1, 'enter-pin-screen');
    for (const digit of '735') await page.getByRole('button', { name: digit, exact: true }).click();
    await shipped.terminal.kill();
    await see(/One moment please/);
    expect(await remainsIn(page, everything)).toEqual([]);
    await shipped.terminal.start();
    // its port is another one now
    await page.goto(shipped.terminal.screenAddress());
    await see(attract);
    await expectForgotten();
  }, 60_000);
});

describe('when all have gone', () => {
  it('F6 S41 S43 the browser’s profile and the log know nobody', async () => {
    await browser.close();
    const log = readFileSync(join(shipped.folder, 'terminal.log'), 'utf8');
    expect(everything.filter((word) => log.includes(word))).toEqual([]);
    const files = readdirSync(profile, { recursive: true, encoding: 'utf8' })
      .map((name) => join(profile, name))
      .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
    expect(files.length).toBeGreaterThan(0);
    const leaks = files.flatMap((file) => {
      const bytes = readFileSync(file);
      return everything
        .filter((word) => bytes.includes(word) || bytes.includes(word, 0, 'utf16le'))
        .map((word) => `${file}: ${word}`);
    });
    expect(leaks).toEqual([]);
  });
});
