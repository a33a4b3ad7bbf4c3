// What the console shows when there is nothing to show, when reading fails, when something is refused; its table and its keys.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../kiosk-page.ts';
import { AxeBuilder } from './axe-builder.ts';
import { openScriptedDesk, refused, type ScriptedDesk, said, silent } from './scripted-desk.ts';

const terminal = (n: number) => ({
  terminal: `hall-${n}`,
  online: n % 10 !== 0,
  version: n % 4 === 0 ? '0.0.9' : '0.1.0',
  waiting: n % 7 === 0 ? n : 0,
  firstSeen: '2026-01-05T02:00:00.000Z',
  lastSeen: n % 20 === 0 ? '2026-11-20T02:00:00.000Z' : '2026-11-22T11:59:30.000Z',
  epoch: null,
  applied: n * 3,
  alarm: n === 13 ? 'two devices' : null,
});
const fleet = said({ terminals: Array.from({ length: 300 }, (_, index) => terminal(index + 1)) });

/** what the browser's page has, and the tests' types do not */
interface Styles {
  getComputedStyle(element: unknown, pseudo?: string): Readonly<Record<string, string>>;
}

let browser: Browser;
let desk: ScriptedDesk;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  desk = await openScriptedDesk(browser);
});
afterEach(() => desk.close());

describe('a page of the console', () => {
  it('U14: that waits says so after 0.4 s, in the shape of what comes', async () => {
    desk.answers.set('terminals', silent);
    await desk.open('terminals');
    const waiting = desk.page.locator('terminals-page .waiting');
    await waiting.waitFor({ state: 'attached' });
    expect(await waiting.getAttribute('role')).toBe('status');
    expect(await waiting.textContent()).toContain('正在读取');
    // by CSS: what is quick never flickers
    const seen = await waiting.evaluate((element) => {
      const { animationDelay, animationFillMode } = (globalThis as unknown as Styles).getComputedStyle(
        element,
      );
      return { animationDelay, animationFillMode, lines: element.querySelectorAll('i').length };
    });
    expect(seen).toEqual({ animationDelay: '0.4s', animationFillMode: 'both', lines: 6 });
  });

  it('with nothing on it says what would bring something there', async () => {
    desk.answers.set('terminals', said({ terminals: [] }));
    desk.answers.set('service/inbox', said({ requests: [] }));
    await desk.open('terminals');
    await desk.page.getByText('终端第一次启动并连上网络后会出现在这里').waitFor();
    await desk.open('requests');
    await desk.page.locator('data-table .empty').waitFor();
    expect(await new AxeBuilder(desk.page).analyze()).toEqual([]);
  });

  it('U28: that could not be read says so in its place, keeps what was there, and is read again by one click', async () => {
    const { page, answers } = desk;
    answers.set('terminals', refused('fault'));
    await desk.open('terminals');
    const alert = page.locator('terminals-page').getByRole('alert');
    await alert.getByText('总部出错了').waitFor();
    answers.set('terminals', fleet);
    await alert.getByRole('button', { name: '重试' }).click();
    await page.getByText('270 / 300 台在线').waitFor();
    answers.set('terminals', refused('fault'));
    await page.clock.runFor(2_500);
    await alert.waitFor();
    expect(await page.getByText('270 / 300 台在线').isVisible()).toBe(true);
  });

  it('U28: a table that could not be read says so above it', async () => {
    desk.answers.set('service/inbox', refused('fault'));
    await desk.open('requests');
    const alert = desk.page.locator('data-table').getByRole('alert');
    await alert.waitFor();
    desk.answers.set('service/inbox', said({ requests: [] }));
    await alert.getByRole('button').click();
    await alert.waitFor({ state: 'detached' });
  });

  it('U28: what was refused stays until it is seen; what was done goes by itself', async () => {
    const { page, answers } = desk;
    answers.set('terminals', said({ terminals: [terminal(1)] }));
    answers.set('orders', refused('body-wrong', 400));
    await desk.open('orders');
    answers.set('orders', said({ batches: [] }));
    await page.clock.runFor(2_500);
    await page.getByLabel('做什么').selectOption('print-test-page');
    answers.set('orders', refused('body-wrong', 400));
    await page.getByRole('button', { name: '下达给 1 台' }).click();
    const notice = page.locator('.notice[role=alert]');
    await notice.waitFor();
    await page.clock.runFor(60_000);
    expect(await notice.isVisible()).toBe(true);
    await notice.getByRole('button', { name: '知道了' }).click();
    await notice.waitFor({ state: 'detached' });
  });
});

describe('the fleet of 300', () => {
  beforeEach(async () => {
    desk.answers.set('terminals', fleet);
    desk.answers.set('facts', said({ facts: [] }));
    await desk.open('terminals');
    await desk.page.getByText('300 行', { exact: true }).waitFor();
  });
  const names = () => desk.page.locator('tbody tr td:first-child').allTextContents();

  it('U10: shows the worst first, each state by word, sign and colour', async () => {
    expect((await names()).slice(0, 3)).toEqual(['hall-13', 'hall-20', 'hall-40']);
    const signs = await desk.page.locator('tbody .tag').evaluateAll((tags) => {
      const { getComputedStyle } = globalThis as unknown as Styles;
      return tags.map((tag) => {
        const { clipPath, borderRadius } = getComputedStyle(tag, '::before');
        return `${tag.textContent} ${clipPath} ${borderRadius} ${getComputedStyle(tag)['color']}`;
      });
    });
    const looks = [...new Set(signs)].map((sign) => sign.slice(0, 2));
    // online with much to upload stands before away for the night
    expect(looks).toEqual(['警报', '失联', '在线', '离线']);
    // alarm and lost both call for somebody: one sign, two words; the others differ in both
    expect(new Set(signs.map((sign) => sign.slice(2))).size).toBe(3);
  });

  it('is filtered, searched, sorted, and cleared again', async () => {
    const { page } = desk;
    await page.getByLabel('状态', { exact: true }).selectOption('离线');
    await page.getByText('15 / 300 行').waitFor();
    await page.getByLabel('版本', { exact: true }).selectOption('0.1.0');
    await page.getByText('15 / 300 行').waitFor();
    await page.getByLabel('在表中查找').fill('hall-11');
    await page.getByText('1 / 300 行').waitFor();
    expect(await names()).toEqual(['hall-110']);
    await page.getByLabel('在表中查找').fill('nowhere');
    await page.getByRole('button', { name: '清除筛选' }).click();
    await page.getByText('300 行', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^待上传/ }).click();
    await page.getByRole('button', { name: /^待上传/ }).click();
    expect((await names())[0]).toBe('hall-294');
    expect(await page.getByRole('columnheader', { name: /^待上传/ }).getAttribute('aria-sort')).toBe(
      'descending',
    );
  });

  it('is as it was left when somebody comes back from a terminal, and as new for the next person', async () => {
    const { page, answers } = desk;
    await page.getByLabel('状态', { exact: true }).selectOption('离线');
    await page.getByLabel('在表中查找').fill('hall-11');
    await page.getByRole('button', { name: /^待上传/ }).click();
    await page.locator('tbody tr').click();
    await page.getByRole('link', { name: '全部终端' }).click();
    await page.getByText('1 / 300 行').waitFor();
    expect(await page.getByLabel('在表中查找').inputValue()).toBe('hall-11');
    expect(await page.getByLabel('状态', { exact: true }).inputValue()).toBe('离线');
    answers.set('sign-out', said({ done: true }));
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByLabel('账号').fill('it');
    await page.getByLabel('密码', { exact: true }).fill('vier-jahre-lang');
    answers.set('sign-in', said({ account: 'it', name: '小林', roles: ['it'], ports: [] }));
    await page.keyboard.press('Enter');
    await page.getByText('300 行', { exact: true }).waitFor();
    expect(await page.getByLabel('在表中查找').inputValue()).toBe('');
  });

  it('has a page for each, which says what to do', async () => {
    const { page } = desk;
    await page.getByLabel('在表中查找').fill('hall-13');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('两台设备用了同一个身份').waitFor();
    expect(page.url()).toContain('#/terminals/hall-13');
    expect(await new AxeBuilder(page).analyze()).toEqual([]);
    await page.getByRole('link', { name: '看它的全部实时事件' }).click();
    await page.getByLabel('终端', { exact: true }).waitFor();
    expect(await page.getByLabel('终端', { exact: true }).inputValue()).toBe('hall-13');
  });

  it('prints whole, without what is only for the screen', async () => {
    const { page } = desk;
    await page.emulateMedia({ media: 'print' });
    const seen = await page.locator('terminals-page .region').evaluate((region) => ({
      isClipped: region.scrollHeight > region.clientHeight + 1,
    }));
    expect(seen).toEqual({ isClipped: false });
    expect(await page.locator('console-nav').isVisible()).toBe(false);
    expect(await page.getByLabel('在表中查找').isVisible()).toBe(false);
  });
});

it('keys: / finds in the table, Ctrl K goes to a page, ? tells of them, Escape leaves', async () => {
  const { page } = desk;
  desk.answers.set('terminals', fleet);
  await desk.open('terminals');
  await page.getByText('300 行', { exact: true }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('hall-7');
  await page.getByText('11 / 300 行').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('300 行', { exact: true }).waitFor();
  // in a field a key is a letter
  await page.keyboard.type('?/');
  expect(await page.getByLabel('在表中查找').inputValue()).toBe('?/');
  await page.locator('main').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: '键盘快捷键' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('指令');
  await page.keyboard.press('Enter');
  await page.locator('orders-page').waitFor();
});
