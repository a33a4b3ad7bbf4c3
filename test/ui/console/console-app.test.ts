// A person at headquarters' desk, in a real browser: sign in, watch, move a request, publish a unit.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { orderSchema } from '../../../sync/contract/orders.ts';
import { makeDeveloper } from '../../demo/developer.ts';
import {
  openTerminalEnd,
  type Running,
  runHeadquarters,
  type TerminalEnd,
} from '../../sync/headquarters/running.ts';
import { batchOf, checkIn, fact, filing } from '../../sync/headquarters/world.ts';
import { AxeBuilder } from './axe-builder.ts';

const consoleDir = fileURLToPath(new URL('../../../dist/ui/console', import.meta.url));
const shots = fileURLToPath(new URL('../shots/console', import.meta.url));
const today = new Date();
const sizes = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

let browser: Browser;
let hq: Running;
let end: TerminalEnd;
let page: Page;
let seq = 0;
const complaints: string[] = [];

/** Tells facts as a terminal would, with the time of the demo's developer. */
async function tell(...contents: readonly object[]): Promise<void> {
  const facts = contents.map((content) => {
    seq += 1;
    return { ...fact(seq, content), at: new Date().toISOString() };
  });
  await end.say('facts', batchOf(facts));
}

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  const developer = makeDeveloper(1, today);
  for (const member of developer.members) member.pin = null;
  hq = await runHeadquarters({ developer, consoleDir, limits: { requestsPerSecond: 1_000 } });
  end = await openTerminalEnd(hq.mqttUrl);
  await end.say('presence', {
    v: 1,
    online: true,
    version: '0.1.0',
    at: new Date().toISOString(),
    waiting: 0,
  });
  seq = 0;
  complaints.length = 0;
  page = await browser.newPage({ viewport: sizes.desk, locale: 'zh-CN' });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterEach(async () => {
  await page.close();
  await end.close();
  await hq.remove();
});

const session = `open-day-${new Date(today.getTime() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')}`;
const open = async () => {
  await page.goto(`${hq.httpUrl}/#token=${hq.token}`);
  await tab('终端');
};
/** Units that others than the token proposed to change, by name. */
const proposedByOthers = async (): Promise<string[]> => {
  const { json } = await hq.call('/api/board/units?pending=true');
  const units = json['units'] as { approved: { number: string }; pending: { hands: string[] } }[];
  return units
    .filter(({ pending }) => !pending.hands.includes('api-token'))
    .map(({ approved }) => `四季花城米兰苑${approved.number}`);
};
const tab = (name: string) => page.getByRole('link', { name, exact: true }).click();
const shot = (name: string) => page.screenshot({ path: join(shots, `${name}.png`) });

describe('the console', () => {
  it('takes the token out of the address, and asks for it when there is none', async () => {
    await open();
    await page.getByText('1 / 1 台在线').waitFor();
    expect(page.url()).toBe(`${hq.httpUrl}/#/terminals`);
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByRole('button', { name: '用访问令牌登录' }).click();
    await shot('sign-in-zh');
    await page.getByLabel('访问令牌').fill('not-the-right-token');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('令牌不对').waitFor();
    await page.getByLabel('访问令牌').fill(hq.token);
    await page.keyboard.press('Enter');
    await page.getByText('hall-1').waitFor();
    // the 401 of the wrong token is all that the browser may complain about
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });

  it('shows new facts without a reload, in sentences with masked names', async () => {
    await open();
    await tab('实时事件');
    await page.getByText('还没有事件').waitFor();
    await tell(checkIn('m0001', session), { kind: 'help-requested', body: { screen: 'home' } });
    await page.getByText('王* 签到「全天场」，+20 分').waitFor();
    await page.getByText('有人请求帮助').waitFor();
    expect(await page.content()).not.toContain('王芳');
    expect(complaints).toEqual([]);
  });

  it('D16 D25 moves a request by keyboard, takes a move back, and closes it with consent by telephone', async () => {
    await tell(filing('m0001'));
    await open();
    await tab('诉求');
    const row = page.getByRole('row', { name: /H01-0001/ });
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '转到下一环节' }).click();
    await page.getByLabel('给客户的话').fill('师傅明早九点到');
    await shot('request-form-zh');
    await page.getByRole('button', { name: '确定 · 转到下一环节' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('已撤销', { exact: true }).waitFor();
    await page.getByRole('button', { name: '客户电话同意，关闭' }).click();
    await page.getByRole('radiogroup', { name: '总体满意度' }).getByText('5').click();
    await page.getByLabel('给客户的话').fill('已更换接头');
    await shot('request-consent-zh');
    await page.getByRole('button', { name: '确定 · 客户电话同意，关闭' }).click();
    await page.getByText('已解决').first().waitFor();
    await shot('request-closed-zh');
    const { json } = await hq.call('/api/requests');
    expect(json['requests']).toMatchObject([{ state: 'done', outcome: 'solved' }]);
    expect(complaints).toEqual([]);
  });

  it('D6 D20 works tasks on the board, and records the call that closes the request', async () => {
    await tell(filing('m0001'));
    await open();
    await tab('任务板');
    const task = page.locator('[data-task="H01-0001/1"]');
    await task.getByRole('button', { name: '处理中' }).click();
    await shot('tasks-zh');
    await page.getByRole('region', { name: '处理中' }).locator('article').waitFor();
    await task.getByRole('button', { name: '调整' }).click();
    await task.getByLabel('供应商').fill('甲防水');
    await task.getByLabel('原因').selectOption('材料');
    await shot('task-form-zh');
    await task.getByRole('button', { name: '保存' }).click();
    await task.getByRole('button', { name: '已完成' }).click();
    await tab('回访');
    await page.getByRole('button', { name: '记录回访' }).click();
    await page.getByRole('button', { name: '记录回访' }).click();
    await page.getByText('回访至少要有一项评分').waitFor();
    await page.getByRole('radiogroup', { name: '总体满意度' }).getByText('4').click();
    await shot('call-back-zh');
    await page.getByRole('button', { name: '记录回访' }).click();
    await page.getByText('没有待回访的客户').waitFor();
    const { json } = await hq.call('/api/requests');
    expect(json['requests']).toMatchObject([{ state: 'done', outcome: 'solved' }]);
    expect(complaints.filter((text) => !text.includes('409'))).toEqual([]);
  });

  it('changes a unit by keyboard, shows what waits, and publishes what is approved', async () => {
    await open();
    await tab('销控表');
    await page.getByLabel('项目').selectOption('四季花城');
    await page.getByRole('button', { name: '米兰苑' }).click();
    await page.getByRole('button', { name: '米兰苑', pressed: true }).waitFor();
    const unit = page.getByRole('button', { name: /房源 301,/ });
    await unit.focus();
    await page.keyboard.press('Enter');
    await page.locator('select[name="state"]').selectOption('available');
    await page.getByLabel('总价').fill('abc');
    await page.keyboard.press('Enter');
    await page.getByText('请填大于 0 的金额（元）').waitFor();
    await page.getByLabel('总价').fill('3,450,000');
    await shot('unit-form-zh');
    await page.keyboard.press('Enter');
    await page.getByText('3 套房源有改动等待审核').waitFor();
    const proposed = await proposedByOthers();
    const before = await hq.call('/api/board/units?building=milan');
    expect(before.json['units']).toContainEqual(
      expect.objectContaining({ approved: expect.objectContaining({ id: 'milan-301', state: 'sold' }) }),
    );
    await shot('board-pending-zh');
    await page.getByRole('link', { name: '审核', exact: true }).click();
    await page
      .getByRole('row', { name: /四季花城米兰苑301/ })
      .getByText('需另一人批准')
      .waitFor();
    await page.getByLabel('四季花城米兰苑301').check();
    expect(await page.getByRole('button', { name: '批准并发布 1 项' }).isDisabled()).toBe(true);
    await page.getByLabel('四季花城米兰苑301').uncheck();
    // what others proposed may be approved, all at once
    for (const name of proposed) await page.getByLabel(name, { exact: true }).check();
    await shot('approval-zh');
    await page.getByRole('button', { name: `批准并发布 ${proposed.length} 项` }).click();
    await page.getByText(`已发布 ${proposed.length} 项`).waitFor();
    const after = await hq.call('/api/board/units?building=milan');
    expect(after.json['units']).toContainEqual(
      expect.objectContaining({
        approved: expect.objectContaining({ id: 'milan-301', state: 'sold' }),
        pending: expect.objectContaining({ state: 'available', price: 345_000_000, hands: ['api-token'] }),
      }),
    );
    expect(complaints).toEqual([]);
  });

  it('OR2: orders a notice of chosen terminals, shows how far each is, and takes back what has not arrived', async () => {
    const away = await openTerminalEnd(hq.mqttUrl, 'hall-2');
    await away.say('presence', { v: 1, online: false, version: '0.1.0', at: null, waiting: 0 });
    await open();
    await tab('指令');
    await page.getByText('还没有下达过指令').waitFor();
    await page.getByRole('button', { name: '下达给 2 台' }).click();
    await page.getByLabel('中文通知').fill('今晚 18:00 闭馆');
    await page.getByLabel('英文通知').fill('We close at 18:00');
    await page.getByRole('button', { name: '下达给 2 台' }).click();
    await page.getByText('「在待机屏上显示通知」已下达给 2 台').waitFor();
    await expect.poll(() => end.heard('order', orderSchema)).toHaveLength(1);
    const [order] = end.heard('order', orderSchema);
    const steps = ['received', 'running', 'done'].map((state) => ({
      kind: 'order-progressed',
      body: { order: order?.id, state, code: null },
    }));
    await tell(...steps);
    await page.getByText('1 / 2 台完成').waitFor();
    await page.getByRole('button', { name: '明细' }).click();
    await page.getByRole('cell', { name: 'hall-2' }).waitFor();
    await shot('orders-details-zh');
    await page.getByRole('button', { name: '撤回未送达的 1 台' }).click();
    await page.getByText('已撤回 1 台的指令').waitFor();
    await page.getByLabel('做什么').selectOption('print-test-page');
    await page.getByRole('button', { name: '挑选' }).click();
    await page.getByLabel('hall-1').check();
    await page.getByRole('button', { name: '下达给 1 台' }).click();
    await page.getByText('「打印测试页」已下达给 1 台').waitFor();
    await tab('实时事件');
    await page.getByText('总部的指令：已完成').waitFor();
    expect(complaints).toEqual([]);
    await away.close();
  });

  it('keeps what was read when headquarters is gone, and says so', async () => {
    await open();
    await page.getByText('hall-1').waitFor();
    await page.route('**/api/**', (route) => route.abort());
    await page.getByText('总部没有应答').waitFor();
    expect(await page.getByText('hall-1').isVisible()).toBe(true);
    await shot('unreachable-zh');
    await page.unroute('**/api/**');
    await page.getByText('总部没有应答').waitFor({ state: 'detached' });
  });

  it('says that a page could not be fetched, and fetches it anew', async () => {
    await open();
    await page.getByText('hall-1').waitFor();
    await page.route('**/assets/**', (route) => route.abort());
    await tab('回访');
    await page.locator('main').getByText('总部没有应答').waitFor();
    await page.unroute('**/assets/**');
    await page.getByRole('button', { name: '重试' }).click();
    await page.locator('call-backs-page').waitFor();
  });

  it('is complete and accessible in both languages and sizes', async () => {
    await tell({ kind: 'from-the-future', body: {} });
    await hq.call('/api/orders', {
      terminals: 'all',
      expiresInMs: 3_600_000,
      kind: 'print-test-page',
      body: {},
    });
    await open();
    for (const language of ['zh', 'en'] as const) {
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        // with something set aside and something ordered; the rest is in console-pages.test.ts
        for (const name of ['terminals', 'orders']) {
          if (size === 'phone') await page.locator('button.menu').click();
          await page.locator(`#${name}`).click();
          await page.locator(`${name}-page :is(.panel, .empty)`).first().waitFor();
          await page.getByText(language === 'zh' ? '正在读取' : 'Loading').waitFor({ state: 'detached' });
          await shot(`${name}-${language}-${size}`);
          const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
          const violations = await new AxeBuilder(page).analyze();
          expect({ name, language, size, overflow, violations }).toEqual({
            name,
            language,
            size,
            overflow: false,
            violations: [],
          });
        }
      }
      if (language === 'zh') await page.getByRole('button', { name: 'English' }).click();
    }
    expect(complaints).toEqual([]);
  }, 90_000);
});
