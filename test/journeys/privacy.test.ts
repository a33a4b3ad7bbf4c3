// Canaries: people with names, numbers and PINs found nowhere else go through every journey; then every sink is searched.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { maskName } from '../../sync/headquarters/mask.ts';
import { demoCards } from '../demo/developer.ts';
import { type Eavesdropper, eavesdrop } from './eavesdropper.ts';
import { openKioskBrowser } from './kiosk-browser.ts';
import { type Shipped, startShipped } from './shipped.ts';

const people = [
  { name: '缈岑嫣', phone: '13987650123', pin: '73519264', card: 'A1B2C3D4E5' },
  { name: '璩翮鸢', phone: '13976540234', pin: '82640517', card: 'A1B2C3D4E6' },
] as const;
const ownWords = '主卧飘窗鹅黄色窗套鼓包';
const decimal = (card: string): string[] => [
  String(Number.parseInt(card, 16)),
  String(Number.parseInt(card.slice(2), 16)),
];
/** What must be nowhere but at headquarters; own words go to paper and headquarters alone. */
const secrets = people.flatMap(({ name, phone, pin, card }) => [
  name,
  name.slice(1),
  phone,
  pin,
  card,
  card.toLowerCase(),
  ...decimal(card),
]);

let shipped: Shipped;
let eavesdropper: Eavesdropper;
const profile = mkdtempSync(join(tmpdir(), 'yingbin-profile-'));
let browser: BrowserContext;
let page: Page;

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
  eavesdropper = await eavesdrop(shipped.brokerUrl);
  browser = await openKioskBrowser(profile);
  page = await browser.newPage();
  page.setDefaultTimeout(25_000);
  await page.goto(shipped.terminal.screenAddress());
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await eavesdropper?.close();
  await shipped?.close();
  rmSync(profile, { recursive: true, force: true });
});

const found = (where: string, text: string, words: readonly string[]): string[] =>
  words.filter((word) => text.includes(word)).map((word) => `${where}: ${word}`);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

/** In UTF-8 and, as browsers keep some things, UTF-16. */
function foundInFiles(folder: string, words: readonly string[]): string[] {
  return filesBelow(folder).flatMap((file) => {
    const bytes = readFileSync(file);
    return words
      .filter((word) => bytes.includes(word) || bytes.includes(word, 0, 'utf16le'))
      .map((word) => `${file}: ${word}`);
  });
}

/** Everything in the page, shadow trees, values of fields and storages included. */
function everythingInPage(): Promise<string> {
  return page.evaluate(`(() => {
    const seen = [];
    const walk = (node) => {
      if (node.nodeType === 3) seen.push(node.data);
      if (node.attributes) for (const { name, value } of node.attributes) seen.push(name + '=' + value);
      if ('value' in node && typeof node.value === 'string') seen.push(node.value);
      if (node.shadowRoot) walk(node.shadowRoot);
      for (const child of node.childNodes) walk(child);
    };
    walk(document);
    return [...seen, JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(history.state),
      location.href, document.title, document.cookie].join('\\n');
  })()`);
}

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const tap = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
const active = (n: number) => shipped.cards.filter(({ state }) => state === 'active')[n];

/** Swipes until it is heard: the reader counts a card that lay there a moment ago as one presentation. */
async function swipeUntil(n: number, text: string): Promise<void> {
  await vi.waitFor(
    async () => {
      shipped.reader.present(active(n)?.number ?? '', 100);
      await page.getByText(text).first().waitFor({ timeout: 1_000 });
    },
    { timeout: 15_000, interval: 50 },
  );
}

async function enterPin(pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
  await tap('确认');
}

/** The first member owns one home, so that is not asked. */
async function describeInOwnWords(): Promise<void> {
  for (const choice of ['卫生间', '天花', '渗漏'])
    await page.getByRole('button', { name: choice, exact: true }).click();
  await tap('用自己的话说');
  await page.locator('textarea').fill(ownWords);
  await tap('填好了');
  await tap('提交报修');
}

describe('nothing about a person is left where it does not belong', () => {
  it('while two members go through check-in, points, PIN and report', async () => {
    await swipeUntil(0, '已签到');
    // the search does find what is there
    expect(found('page', await everythingInPage(), [maskName(people[0].name)])).toHaveLength(1);
    expect(found('page', await everythingInPage(), secrets)).toEqual([]);
    await tap('完成');
    await tap('轻触屏幕，开始使用');
    await tap(/我的积分/);
    // a card that is faster than the screen would check in
    await see('查看积分，请刷会员卡');
    await swipeUntil(1, '请输入密码');
    await enterPin('00000000');
    await see(/密码不正确/);
    await enterPin(people[1].pin);
    await see('积分流水');
    expect(found('page', await everythingInPage(), secrets)).toEqual([]);
    await tap('首页');
    await tap(/^报修/);
    await see('报修，请刷会员卡');
    await swipeUntil(0, '请输入密码');
    await enterPin(people[0].pin);
    await describeInOwnWords();
    await see('已受理，请记住编号');
    expect(found('page', await everythingInPage(), secrets)).toEqual([]);
    await tap('结束并清除');
    await see('轻触屏幕，开始使用');
    await vi.waitFor(async () => expect(await shipped.facts('request-filed')).toHaveLength(1), 15_000);
    await vi.waitFor(() => expect(shipped.printer.slips).toHaveLength(2), 15_000);
  }, 90_000);

  it('page: neither secrets nor masked names nor own words once the session has ended', async () => {
    const masked = people.map(({ name }) => maskName(name));
    expect(found('page', await everythingInPage(), [...secrets, ...masked, ownWords])).toEqual([]);
    const kept = await page.evaluate(
      'Promise.all([caches.keys(), indexedDB.databases()]).then((all) => all.flat().length)',
    );
    expect(kept).toBe(0);
  });

  it('MQTT: no secret and no own words in any topic or payload', async () => {
    expect(eavesdropper.overheard.filter(({ topic }) => topic.endsWith('/facts')).length).toBeGreaterThan(0);
    expect(eavesdropper.overheard.some(({ text }) => text.includes('request-filed'))).toBe(true);
    const leaks = eavesdropper.overheard.flatMap(({ topic, text }) => [
      ...found(topic, topic, [...secrets, ...people.map(({ name }) => maskName(name)), ownWords]),
      ...found(topic, text, [...secrets, ownWords]),
    ]);
    expect([...new Set(leaks)]).toEqual([]);
  });

  it('S44 slips: masked', () => {
    const texts = shipped.printer.slips.map(({ text }) => text.replace(/\s/g, ''));
    expect(texts.some((text) => text.includes(maskName(people[0].name)))).toBe(true);
    expect(texts.flatMap((text) => found('slip', text, secrets))).toEqual([]);
  });

  it('S43 logs: neither secrets nor masked names nor own words', () => {
    const masked = people.map(({ name }) => maskName(name));
    const leaks = (['terminal.log', 'headquarters.log'] as const).flatMap((log) =>
      found(log, readFileSync(join(shipped.folder, log), 'utf8'), [...secrets, ...masked, ownWords]),
    );
    expect(leaks).toEqual([]);
  });

  it('F22 S45 terminal’s disk: no secret and no own words in the raw bytes of any file, WAL and free pages included', () => {
    const folder = join(shipped.folder, 'terminal');
    expect(filesBelow(folder).some((file) => file.endsWith('terminal.db-wal'))).toBe(true);
    expect(foundInFiles(folder, [maskName(people[0].name)])).not.toEqual([]);
    expect(foundInFiles(folder, [...secrets, ownWords])).toEqual([]);
  });

  it('browser’s profile: nothing that was on the screen', async () => {
    await browser.close();
    const masked = people.map(({ name }) => maskName(name));
    expect(foundInFiles(profile, [...secrets, ...masked, ownWords])).toEqual([]);
  });
});
