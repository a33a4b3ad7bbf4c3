// IT looks at one terminal from the desk: a report with remedies, a picture, a live log, a card at the reader, support let in, wiped.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckName, checkNames, type Diagnosis } from '../../../sync/contract/diagnosis.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { type OrderStep, orderSchema } from '../../../sync/contract/orders.ts';
import { askDoor } from '../../simulators/blank-device.ts';
import { batchOf, fact } from '../../sync/headquarters/world.ts';
import { openBrowser } from '../kiosk-page.ts';
import { AxeBuilder } from './axe-builder.ts';
import { type FleetDesk, openFleetDesk } from './fleet-desk.ts';

const shots = fileURLToPath(new URL('../../shots/console', import.meta.url));
const terminal = 'siji-1';

/** what the browser's page has, and the tests' types do not */
interface Picture {
  readonly naturalWidth: number;
}

let browser: Browser;
let desk: FleetDesk;
let page: Page;
const complaints: string[] = [];
/** the desk's terminals told of two devices as they came */
let seq = 2;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await openBrowser();
  desk = await openFleetDesk();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await context.addInitScript("localStorage.setItem('yingbin-language', 'zh')");
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content.Security/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${desk.hq.httpUrl}/#token=${desk.hq.token}`);
  await page.locator('console-nav').waitFor();
  await page.evaluate(`location.hash = '#/terminals/${terminal}'`);
  await button('远程操作').click();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = () => page.locator('dialog[open]');
const result = () => page.locator('order-result');

async function look(name: string): Promise<void> {
  for (const shade of ['light', 'dark']) {
    await page.evaluate(`document.documentElement.dataset.shade = '${shade}'`);
    await page.screenshot({ path: join(shots, `fleet-${name}-${shade}.png`) });
    // what the bar on top covers by half is not a small button
    await page.evaluate('scrollTo(0, 0)');
    const violations = await new AxeBuilder(page).analyze();
    expect({ name, shade, violations }).toEqual({ name, shade, violations: [] });
  }
  await page.evaluate("document.documentElement.dataset.shade = 'light'");
}
/** @returns the order's id, once it reached the terminal */
async function arrived(kind: string): Promise<string> {
  const of = () =>
    desk.ends
      .get(terminal)
      ?.heard('order', orderSchema)
      .findLast((order) => order.kind === kind);
  await expect.poll(() => of()?.id, { timeout: 60_000 }).toBeDefined();
  return of()?.id ?? '';
}
async function tell(order: string, ...steps: readonly object[]): Promise<void> {
  const facts = steps.map((step) => {
    seq += 1;
    const body = { order, code: null, ...step };
    return { ...fact(seq, { kind: 'order-progressed', body }), at: new Date().toISOString() };
  });
  await desk.ends.get(terminal)?.say('facts', batchOf(facts, terminal));
}
async function bring(order: string, type: string, body: Buffer | string, query = ''): Promise<void> {
  const pair = desk.pairs.get(terminal);
  const { status } = await askDoor(desk.door, `/uploads/${order}${query}`, {
    body,
    pair,
    headers: { 'Content-Type': type },
  });
  expect(status).toBe(200);
}
const step = (state: OrderStep, more: object = {}) => ({ state, ...more });
async function give(kind: string, label: string): Promise<void> {
  await page.locator(`button[data-kind=${kind}]`).click();
  await dialog().getByRole('button', { name: label, exact: true }).click();
  await dialog().waitFor({ state: 'hidden' });
}

describe('one terminal from the desk', () => {
  it('S43 checks itself: what is wrong stands first, each with its remedy', async () => {
    await give('run-diagnosis', '自检并送回报告');
    await result().getByText('正在送达…').waitFor();
    const order = await arrived('run-diagnosis');
    const wrong = { 'under-voltage': 'bad', printer: 'bad', certificate: 'care', panel: 'none' } as const;
    const codes: Partial<Record<CheckName, string>> = {
      ...{ 'under-voltage': 'under-voltage', printer: 'printer-paper-out', certificate: 'certificate-ends' },
    };
    const diagnosis: Diagnosis = {
      v: 1,
      terminal: terminal as TerminalId,
      version: '1.3.0',
      at: new Date().toISOString() as Diagnosis['at'],
      tookMs: 4_210,
      checks: checkNames.map((check) => {
        const state = check in wrong ? wrong[check as keyof typeof wrong] : 'ok';
        const values = check === 'disk-space' ? { freeBytes: 3_400_000_000 } : { facts: 1 };
        return { check, state, code: codes[check] ?? null, values };
      }),
      log: ['{"level":30,"msg":"started"}'],
    };
    await bring(order, 'application/json', JSON.stringify(diagnosis));
    const detail = { ok: 20, care: 1, bad: 2, none: 1, unknown: 0, printer: 'printer-bad', isBrought: true };
    await tell(order, step('received'), step('running'), step('done', { detail }));
    await result().getByText('2 项有问题，1 项要留意').waitFor();
    await page.getByRole('row', { name: /自检并送回报告 已完成 2 项有问题，1 项要留意/ }).waitFor();
    const rows = await result().locator('tbody').first().locator('tr').allTextContents();
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/供电电压.*有问题.*电压不足.*换用原装/s);
    await result().getByText('其余 21 项正常或没有').click();
    await result().getByText('剩余 3.4 GB').waitFor();
    await look('diagnosis');
  });

  it('S43 sends a picture of its screen, covered; that it was opened is on record', async () => {
    await give('take-screenshot', '送回屏幕截图');
    const order = await arrived('take-screenshot');
    const picture = await page.screenshot({ type: 'png' });
    await bring(order, 'image/png', picture);
    const detail = { bytes: picture.length, isMasked: true };
    await tell(order, step('received'), step('running'), step('done', { detail }));
    const image = result().getByRole('img', { name: 'siji-1 的屏幕，个人信息已遮住' });
    await image.waitFor();
    await expect.poll(() => image.evaluate((it) => (it as unknown as Picture).naturalWidth)).toBe(1440);
    const { json } = await desk.hq.call('/api/audit?what=upload-viewed&limit=5');
    expect(json['lines']).toMatchObject([{ about: order }, {}]);
    await look('screenshot');
  });

  it('sends its log live: followed, held, chosen by severity', async () => {
    await page.locator('button[data-kind=send-log]').click();
    await dialog().getByLabel('多久').selectOption('2');
    await dialog().getByRole('button', { name: '送回运行日志' }).click();
    const order = await arrived('send-log');
    const line = (level: number, msg: string) =>
      `${JSON.stringify({ level, time: '2026-11-22T12:00:00.000Z', terminal, msg })}\n`;
    const first = line(30, 'started') + line(40, 'paper is low') + line(50, 'the reader is gone');
    await bring(order, 'text/plain', first, '?from=0');
    await tell(order, step('received'), step('running'));
    await page.getByText('the reader is gone').waitFor();
    await look('log');
    await button('只看错误').click();
    await page.getByText('1 / 3 行').waitFor();
    await button('全部').click();
    await button('暂停滚动').click();
    // a letter that is cut in two is one letter again
    const more = Buffer.from(line(30, '打印机就绪'));
    const cut = more.indexOf('打') + 1;
    const at = Buffer.byteLength(first);
    await bring(order, 'text/plain', more.subarray(0, cut), `?from=${at}`);
    await bring(order, 'text/plain', more.subarray(cut), `?from=${at + cut}`);
    await button('继续滚动（新到 1 行）').waitFor();
    expect(await page.getByText('打印机就绪').count()).toBe(0);
    await button('继续滚动（新到 1 行）').click();
    await page.getByText('打印机就绪').waitFor();
    await tell(order, step('done'));
    await result().getByText('已结束', { exact: true }).waitFor();
  });

  it('asks for a card, lets support in with one key, and says what came of each', async () => {
    await give('test-reader', '试读一张卡');
    const order = await arrived('test-reader');
    const detail = { reader: 'reader', technology: 'iso14443a', bits: 32, tail: '••••07' };
    await tell(order, step('received'), step('running'), step('done', { detail }));
    await page
      .getByRole('row', { name: /试读一张卡 已完成 读卡器 reader 种类 iso14443a 位数 32 末位 ••••07/ })
      .waitFor();
    await page.locator('button[data-kind=open-ssh]').click();
    await dialog().getByLabel('维护人员的公钥').fill('not a key');
    await dialog().getByRole('button', { name: '限时打开远程维护' }).click();
    await dialog().getByRole('alert').getByText('有的内容填得不对').waitFor();
    await page.screenshot({ path: join(shots, 'fleet-ssh.png') });
    await dialog()
      .getByLabel('维护人员的公钥')
      .fill(`ssh-ed25519 ${'A'.repeat(68)} wu@desk`);
    await dialog().getByRole('button', { name: '限时打开远程维护' }).click();
    await arrived('open-ssh');
    const [given] = desk.ends.get(terminal)?.heard('order', orderSchema).slice(-1) ?? [];
    expect(given).toMatchObject({ kind: 'open-ssh', body: { minutes: 30 } });
    await tell(given?.id ?? '', step('received'), step('failed', { code: 'system-unheard' }));
    await page.getByRole('row', { name: /限时打开远程维护 未成功 终端的系统服务没有应答/ }).waitFor();
    await look('remote');
  });

  it('S60 is wiped only when its name is typed; the order says so', async () => {
    await button('身份').click();
    await button('清空并退役').click();
    await dialog().getByText('清除密钥、数据、凭证和网络设置').waitFor();
    const wipe = dialog().getByRole('button', { name: '清空并退役' });
    expect(await wipe.isDisabled()).toBe(true);
    await dialog()
      .getByLabel(/请输入 siji-1/)
      .fill(terminal);
    await look('wipe');
    await wipe.click();
    await arrived('retire');
    expect(complaints).toEqual([]);
  });
});
