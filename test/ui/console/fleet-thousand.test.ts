// A thousand terminals on IT's desk: the worst first, chosen by cause, site, ring and word, as list and map, live, by keys.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../kiosk-page.ts';
import { AxeBuilder } from './axe-builder.ts';
import { openScriptedDesk, refused, type ScriptedDesk, said } from './scripted-desk.ts';

const shots = fileURLToPath(new URL('../../shots/console', import.meta.url));
const count = 1_000;
const sites = ['siji', 'yunshan', 'hupan', 'jiangnan', 'meigui', 'chengzhong', 'dongfang', 'xingfu'];
const rings = ['lab', 'canary', 'early', 'rest', 'rest', 'rest', 'rest', 'rest', 'rest', 'rest'];
const at = '2026-11-22T11:59:30.000Z';
const name = (n: number) => `${sites[n % sites.length]}-${n + 1}`;
const numbers = Array.from({ length: count }, (_, n) => n);
const every = (n: number, of: number) => n % of === of - 1;

const device = (n: number) => ({
  terminal: name(n),
  code: `T${n}`,
  site: sites[n % sites.length],
  project: null,
  model: 'pi5-21',
  ring: rings[n % rings.length],
  state: n >= 980 ? 'expected' : 'enrolled',
  expectedSerial: null,
  serial: n >= 980 ? null : `board-${n}`,
  enrolledAt: at,
  online: true,
  lastSeen: at,
  version: '1.3.0',
  certDays: every(n, 97) ? 9 : 71,
});
const line = (n: number, printer: string) => ({
  terminal: name(n),
  online: !every(n, 40),
  version: every(n, 9) ? '1.2.4' : '1.3.0',
  waiting: every(n, 83) ? 412 : n % 3,
  firstSeen: at,
  lastSeen: every(n, 200) ? '2026-11-20T02:00:00.000Z' : at,
  epoch: null,
  applied: n,
  alarm: n === 500 ? 'two devices' : null,
  devices: [
    { device: 'reader', state: every(n, 149) ? 'reader-unplugged' : 'ready', at },
    { device: 'printer', state: printer, at },
  ],
});
const twin = (n: number) => ({
  device: name(n),
  rev: 3,
  hash: 'h3',
  at,
  sentAt: at,
  reported: { rev: 3, hash: 'h3', state: 'ok', code: null, path: null, schema: 1, release: 12, at },
  driftSince: every(n, 170) ? '2026-11-22T10:00:00.000Z' : null,
});
const lines = (paperOut: number) =>
  said({
    terminals: numbers
      .filter((n) => n < 980)
      .map((n) => line(n, every(n, paperOut) ? 'printer-paper-out' : 'ready')),
  });

let browser: Browser;
let desk: ScriptedDesk;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  desk = await openScriptedDesk(browser);
  desk.answers.set('fleet/devices', said({ devices: numbers.map(device) }));
  desk.answers.set('fleet/twins', said({ twins: numbers.filter((n) => n < 980).map(twin) }));
  desk.answers.set('terminals', lines(100));
  desk.answers.set('facts', said({ facts: [] }));
  await desk.open('terminals');
  await desk.page.getByText('1000 行', { exact: true }).waitFor();
});
afterEach(() => desk.close());

/** @param isTried tried for violations as well: of a thousand tiles that takes long, and all are alike */
async function look(as: string, isTried = true): Promise<void> {
  const { page } = desk;
  for (const shade of ['light', 'dark']) {
    await page.evaluate(`document.documentElement.dataset.shade = '${shade}'`);
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(shots, `thousand-${as}-${width}-${shade}.png`) });
      expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    }
    if (!isTried) continue;
    const violations = await new AxeBuilder(page).analyze();
    expect({ as, shade, violations }).toEqual({ as, shade, violations: [] });
  }
}

describe('a thousand terminals', () => {
  const button = (label: string | RegExp) => desk.page.getByRole('button', { name: label, exact: true });

  it('S35 stand with the worst first, and are left alone by what is wrong with them', async () => {
    const { page } = desk;
    const names = () => page.locator('tbody tr td:first-child').allTextContents();
    // in alarm, lost for a day, then who cannot read a card, before all who are away for the night
    const [first, ...others] = await names();
    expect(first).toBe('meigui-501');
    expect(others.slice(0, 4)).toEqual(['xingfu-200', 'xingfu-400', 'xingfu-600', 'xingfu-800']);
    expect(others[4]).toBe('chengzhong-894');
    await look('list');
    const chips = await page.locator('.why button').allTextContents();
    expect(chips.slice(0, 5)).toEqual([
      '全部 1000 台',
      '身份有疑问 1',
      '一天没有消息 4',
      '读卡器 6',
      '打印机 9',
    ]);
    await button('打印机 9').click();
    await page.getByText('9 行', { exact: true }).waitFor();
    await page.getByLabel('案场', { exact: true }).selectOption('jiangnan');
    await page.getByText(/ \/ 9 行/).waitFor();
    await page.getByRole('button', { name: '全部 1000 台' }).click();
    await page.getByLabel('在表中查找').fill('hupan-99');
    await page.getByText(/^\d+ \/ 1000 行$/).waitFor();
  });

  it('S35 are a map by site and by ring, which keys walk, and of which one cause can be left', async () => {
    const { page } = desk;
    await button('按案场').click();
    await page.locator('terminal-map section').nth(7).waitFor({ state: 'attached' });
    expect(await page.locator('terminal-map a').count()).toBe(count);
    await look('map', false);
    await button('按发布环').click();
    await page.locator('terminal-map section').nth(3).waitFor({ state: 'attached' });
    expect(await page.locator('terminal-map section').count()).toBe(4);
    await button('打印机 9').click();
    await expect.poll(() => page.locator('terminal-map a').count()).toBe(9);
    await look('map-printer');
    await page.locator('terminal-map a').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('terminal-view h2').waitFor();
  });

  it('S35 follow what happens by themselves, and stay when headquarters is silent', async () => {
    const { page, answers } = desk;
    await button('打印机 9').waitFor();
    answers.set('terminals', lines(50));
    await page.clock.runFor(2_500);
    await button('打印机 19').waitFor();
    answers.set('terminals', refused('fault'));
    await page.clock.runFor(2_500);
    await page.locator('terminals-page').getByRole('alert').waitFor();
    expect(await page.getByText('1000 行', { exact: true }).isVisible()).toBe(true);
    answers.set('terminals', lines(100_000));
    await page.clock.runFor(2_500);
    await page.getByRole('button', { name: /^打印机 \d/ }).waitFor({ state: 'detached' });
  });
});
