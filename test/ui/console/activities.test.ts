// The club's desk in a real browser: events cancelled, copied, filled from a file; who came twice; lists by keyboard.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeDeveloper } from '../../demo/developer.ts';
import {
  openTerminalEnd,
  type Running,
  runHeadquarters,
  type TerminalEnd,
} from '../../sync/headquarters/running.ts';
import { batchOf, checkIn, fact } from '../../sync/headquarters/world.ts';
import { openBrowser } from '../kiosk-page.ts';
import { AxeBuilder } from './axe-builder.ts';

const consoleDir = fileURLToPath(new URL('../../../dist/ui/console', import.meta.url));
const shots = fileURLToPath(new URL('../shots/console', import.meta.url));
const desk = { width: 1440, height: 900 };

let browser: Browser;
let hq: Running;
let page: Page;
const ends: TerminalEnd[] = [];
const complaints: string[] = [];
let today = '';

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await openBrowser();
  const developer = makeDeveloper(1, new Date());
  for (const member of developer.members) member.pin = null;
  today = developer.sessions.find(({ id }) => id.startsWith('open-day'))?.id ?? '';
  hq = await runHeadquarters({ developer, consoleDir, limits: { requestsPerSecond: 1_000 } });
  await hq.call('/api/accounts', {
    account: 'lin',
    name: '林小姐',
    roles: ['club'],
    password: 'vier-jahre-lang',
  });
  const [member] = developer.rosters.filter(({ session }) => session === today);
  for (const [index, name] of ['hall-1', 'hall-2'].entries()) {
    const end = await openTerminalEnd(hq.mqttUrl, name);
    ends.push(end);
    const told = {
      ...checkIn(member?.member ?? '', today),
      at: new Date(Date.now() - 60_000 * index).toISOString(),
    };
    await end.say('presence', {
      v: 1,
      online: true,
      version: '0.1.0',
      at: new Date().toISOString(),
      waiting: 0,
    });
    await end.say('facts', batchOf([fact(1, told)], name));
  }
  page = await browser.newPage({ viewport: desk, locale: 'zh-CN' });
  page.setDefaultTimeout(25_000);
  page.on('console', (message) => {
    const isRefusal = /40[019]/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(hq.httpUrl);
  await page.getByLabel('账号').fill('lin');
  await page.getByLabel('密码', { exact: true }).fill('vier-jahre-lang');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '退出' }).waitFor();
}, 120_000);
afterAll(async () => {
  expect(complaints).toEqual([]);
  await page.close();
  for (const end of ends) await end.close();
  await browser.close();
  await hq.remove();
});

const shot = (name: string) => page.screenshot({ path: join(shots, `${name}.png`) });
const open = async (place: string): Promise<void> => {
  await page.goto(`${hq.httpUrl}/#/${place}`);
};
const article = (name: string) => page.locator('article', { hasText: name });
const say = (text: string | RegExp) => page.getByText(text).first().waitFor();
const file = (text: string | Buffer) => ({
  name: 'list.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

describe('events on the console (D4, D17)', () => {
  it('D17: what comes next stands first, and a page without faults for who cannot see it', async () => {
    await open('events');
    await article('业主开放日').waitFor();
    const names = await page.locator('article h3').allTextContents();
    expect(names).toEqual(['四季花城业主开放日', '亲子风筝节', '云山露天音乐会', '邻里长桌宴']);
    await vi.waitFor(async () =>
      expect(await article('业主开放日').locator('tbody td').nth(6).textContent()).toContain('1'),
    );
    await shot('events-desk');
    expect(await new AxeBuilder(page).analyze()).toEqual([]);
  });

  it('D17: a session is called off after it was asked once more, and nothing of it can be changed', async () => {
    const row = article('亲子风筝节').locator('tbody tr').first();
    await row.getByRole('button', { name: /^取消/ }).click();
    await say('位会员会收到短信');
    await shot('events-cancel');
    await page.getByRole('button', { name: '返回' }).click();
    await row.getByRole('button', { name: /^取消/ }).click();
    await page.getByRole('button', { name: '取消这一场' }).click();
    await say(/已取消，正在通知 \d+ 位会员/);
    await row.getByText('已取消').waitFor();
    expect(await row.getByRole('button').allTextContents()).toEqual(['复制']);
  });

  it('D17: an event is held again some days later', async () => {
    await article('云山露天音乐会').getByRole('button', { name: '再办一次' }).click();
    await page.getByLabel('比原来晚几天').fill('30');
    await shot('events-copy');
    await page.keyboard.press('Enter');
    await say('已照原样建好');
    await vi.waitFor(async () => expect(await article('云山露天音乐会').count()).toBe(2));
  });

  it('D17: what has begun keeps its opening and points, and says so', async () => {
    await article('业主开放日')
      .getByRole('button', { name: /^修改 / })
      .click();
    const form = page.locator('session-form');
    await form.getByText('已开始签到').waitFor();
    await form.locator('input[name=quota]').fill('500');
    await shot('events-form');
    await form.getByRole('button', { name: '保存' }).click();
    await say('已保存');
  });

  it('D4: the list names who was let in by two terminals, when, and which one counts', async () => {
    await open(`events/${today}`);
    await page.locator('.doubles li').waitFor();
    const line = await page.locator('.doubles li').textContent();
    expect(line).toMatch(/hall-2 .*（计入）.* · hall-1 |hall-2 .*\(计入\) · hall-1 /);
    await shot('roster-desk');
    expect(await new AxeBuilder(page).analyze()).toEqual([]);
  });

  it('D17: a sheet of ten thousand rows is read to its end, and every wrong row named', async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => `nobody-${n},`);
    await page.locator('input[type=file]').setInputFiles(file(`member,name\n${rows.join('\n')}\n`));
    await say('文件有 10000 行有误');
    await shot('roster-faults');
    await page.locator('.faults li').nth(0).getByText('第 2 行').waitFor();
  });

  it('D17: a sheet as spreadsheets in China save it is read as well', async () => {
    const [member] = makeDeveloper(1, new Date()).members;
    const sheet = inGb18030(`phone,name\n${member?.phone},${member?.name}\n`);
    await page.locator('input[type=file]').setInputFiles(file(sheet));
    await say(/新加 \d 人|人原已在名单上/);
  });

  it('D4: lists are chosen and taken along by keyboard', async () => {
    await open('lists');
    await page.locator('data-table tbody tr').first().waitFor();
    await shot('lists-desk');
    expect(await new AxeBuilder(page).analyze()).toEqual([]);
    await page.getByRole('button', { name: '按级别' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '按积分', pressed: true }).waitFor();
    await page.locator('data-table tbody tr').first().waitFor();
    await page.getByLabel('至少').fill('1000');
    await page.keyboard.press('Tab');
    await shot('lists-points');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 CSV' }).first().focus();
    await page.keyboard.press('Enter');
    expect((await saved).suggestedFilename()).toBe('members-points.csv');
  });
});

/** What `TextDecoder` reads back; characters of two bytes only. */
function inGb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const pairs = new Map<string, readonly number[]>();
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      pairs.set(decoder.decode(new Uint8Array([first, second])), [first, second]);
    }
  }
  return Buffer.from([...text].flatMap((one) => pairs.get(one) ?? [one.charCodeAt(0)]));
}
