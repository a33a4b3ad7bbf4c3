// IT at the console with a real headquarters and a real door: records in, claims out, who waits, deeds, set-ups, releases.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimFileSchema } from '../../../sync/contract/claim-file.ts';
import { twinAnswers } from '../../../sync/headquarters/api/twin-api.ts';
import { blankDevice, enrol } from '../../simulators/blank-device.ts';
import { someRelease } from '../../sync/headquarters/fleet/some-releases.ts';
import { openBrowser } from '../kiosk-page.ts';
import { AxeBuilder } from './axe-builder.ts';
import { type FleetDesk, openFleetDesk, records } from './fleet-desk.ts';

const shots = fileURLToPath(new URL('../../shots/console', import.meta.url));

let browser: Browser;
let desk: FleetDesk;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await openBrowser();
  desk = await openFleetDesk();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await context.addInitScript("localStorage.setItem('yingbin-language', 'zh')");
  page = await context.newPage();
  page.setDefaultTimeout(25_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${desk.hq.httpUrl}/#token=${desk.hq.token}`);
  await page.locator('console-nav').waitFor();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});

async function go(place: string): Promise<void> {
  await page.evaluate(`location.hash = '#/${place}'`);
}
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = () => page.locator('dialog[open]');
const said = (text: string | RegExp) => page.locator('.notice', { hasText: text }).waitFor();

/** As a picture, and without a violation on a light and a dark desk. */
async function look(name: string): Promise<void> {
  for (const shade of ['light', 'dark']) {
    await page.evaluate(`document.documentElement.dataset.shade = '${shade}'`);
    await page.screenshot({ path: join(shots, `fleet-${name}-${shade}.png`) });
    const violations = await new AxeBuilder(page).analyze();
    expect({ name, shade, violations }).toEqual({ name, shade, violations: [] });
  }
  await page.evaluate("document.documentElement.dataset.shade = 'light'");
}

describe('the terminals', () => {
  it('S35 stand in a table with state, causes, site, printer, certificate and set-up; and as a map that keys walk', async () => {
    await go('terminals');
    await page.getByRole('row', { name: /siji-2 .*打印机/ }).waitFor();
    await page.getByRole('row', { name: /siji-3 .*积压待上传/ }).waitFor();
    await page.getByRole('row', { name: /yunshan-1 .*待接入/ }).waitFor();
    await look('list');
    await button('按案场').click();
    await page.getByRole('heading', { name: 'siji · 9 台 4 台要看' }).waitFor();
    await look('map');
    await page.locator('terminal-map a').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('terminal-view h2').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('one terminal', () => {
  it('S24 is put aside and let back, and retired only when its name is typed', async () => {
    await go('terminals/siji-8');
    await button('身份').click();
    await page.getByText('board-of-siji-8').waitFor();
    await look('identity');
    await button('隔离').click();
    await dialog().getByText('几秒内断开它的连接').waitFor();
    await dialog().getByRole('button', { name: '隔离', exact: true }).click();
    await page.locator('.tag.bad', { hasText: '已隔离' }).waitFor();
    await button('解除隔离').click();
    await dialog().getByRole('button', { name: '解除隔离', exact: true }).click();
    await page.locator('.tag.good', { hasText: '已登记' }).waitFor();
    await button('退役').click();
    const retire = dialog().getByRole('button', { name: '退役', exact: true });
    expect(await retire.isDisabled()).toBe(true);
    await dialog()
      .getByLabel(/请输入 siji-8/)
      .fill('siji-7');
    expect(await retire.isDisabled()).toBe(true);
    await dialog()
      .getByLabel(/请输入 siji-8/)
      .fill('siji-8');
    await look('retire');
    await retire.click();
    await said('siji-8 已退役');
    await page.locator('.tag.off', { hasText: '已退役' }).waitFor();
    expect(await button('签发凭证').count()).toBe(0);
  });

  it('S34 has a set-up of its own, shown with the layer that set each value', async () => {
    await go('terminals/siji-1');
    await button('设置').click();
    await page.getByLabel('添加设置项').selectOption('settings.idleSeconds');
    const field = page.getByLabel(/无人操作多久询问/);
    await field.fill('5');
    await page.getByRole('alert').waitFor();
    expect(await button('看会改动什么').isDisabled()).toBe(true);
    await field.fill('120');
    await button('看会改动什么').click();
    await button('保存，并送到 1 台').click();
    await page.getByRole('row', { name: /settings.idleSeconds 120 单机/ }).waitFor();
    await page.getByRole('row', { name: /settings.language zh 默认/ }).waitFor();
    await look('set-up');
  });

  it('is ordered to print a test page, and the order is taken back', async () => {
    await button('远程操作').click();
    await button('打印测试页').first().click();
    await dialog().getByRole('button', { name: '打印测试页' }).click();
    await page.getByRole('row', { name: /打印测试页/ }).waitFor();
    await button('撤回').click();
    await page.locator('td .tag', { hasText: '已撤回' }).waitFor();
    await look('orders');
  });
});

describe('set-ups', () => {
  it('S34 say whom a change reaches, keep mine when another wrote, and come back from the history', async () => {
    await go('set-ups');
    await page.getByLabel('添加设置项').selectOption('site.helpPhone');
    await page.getByLabel(/求助电话/).fill('400-800-1234');
    await button('看会改动什么').click();
    await page.getByText(/^1\d 台终端的设置会改变$/).waitFor();
    await look('plan');
    // meanwhile somebody else
    await desk.hq.call('/api/fleet/layers/default', {
      values: { 'settings.idleSeconds': 75, 'settings.language': 'zh' },
      baseRev: 1,
    });
    await button(/^保存，并送到/).click();
    await page.getByText('您的改动还在，没有保存').waitFor();
    await look('conflict');
    await button('在新版上继续改').click();
    await button('看会改动什么').click();
    await button(/^保存，并送到/).click();
    await said('已保存');
    const read = async () =>
      v.parse(twinAnswers.layer, (await desk.hq.call('/api/fleet/layers/default')).json).values;
    expect(await read()).toEqual({
      ...{ 'settings.idleSeconds': 75, 'settings.language': 'zh' },
      'site.helpPhone': '400-800-1234',
    });
    await page.getByText('历史', { exact: true }).click();
    await button('恢复这一版').last().click();
    await dialog().getByRole('button', { name: '恢复这一版' }).click();
    await said('已恢复第 1 版');
    expect(await read()).toEqual({ 'settings.idleSeconds': 60, 'settings.language': 'zh' });
  });

  it('S34 take secrets in and show their names alone', async () => {
    await page.getByLabel('名称', { exact: true }).fill('pin-2026');
    await page.getByLabel('值', { exact: true }).fill('geheim-4711');
    await button('存入').click();
    await page.getByText('secret:pin-2026', { exact: true }).waitFor();
    expect(await page.locator('set-ups-page').innerHTML()).not.toContain('geheim-4711');
    await look('secrets');
  });
});

describe('enrolment', () => {
  it('S2 lets one that waits with its code in as an expected terminal', async () => {
    await go('enrolment');
    await page.getByText('现在没有终端在等').waitFor();
    const device = await blankDevice('board-without-a-name');
    const asked = await enrol(desk.door, device, null);
    if (asked.kind !== 'pending') throw new Error(`it was ${asked.kind}`);
    await page.getByText(asked.code, { exact: true }).waitFor();
    await look('pending');
    await button('批准').click();
    await dialog().getByLabel('台账里待接入的终端').selectOption('yunshan-1');
    await dialog().getByRole('button', { name: '批准' }).click();
    await page.getByText('已批准为 yunshan-1，等它来取证书').waitFor();
    expect(await enrol(desk.door, device, null)).toMatchObject({ kind: 'enrolled', terminal: 'yunshan-1' });
  });

  it('S2 checks records row by row, imports them, and gives each claim once', async () => {
    await button('导入台账').click();
    await page.getByLabel('或把内容粘贴在这里').fill(`${records}\nhall 99,toolong,x,y,,,\n`);
    await button('检查').click();
    await page.getByRole('row', { name: /16 terminal 格式不对/ }).waitFor();
    expect(await button('导入').isDisabled()).toBe(true);
    await look('import-errors');
    await page
      .getByLabel('或把内容粘贴在这里')
      .fill('terminal,code,site,model\nhall-1,H1,hall,pi5-21\nhall-2,H2,hall,pi5-21\n');
    await button('检查').click();
    await page.getByText('检查通过：新增 2').waitFor();
    await button('导入').click();
    await button('给文件里 2 台待接入的终端签发凭证').click();
    await dialog().getByRole('button', { name: '签发凭证' }).click();
    await page.locator('claim-sheet k-qr').nth(1).waitFor();
    await look('claims');
    const arriving = page.waitForEvent('download');
    await button('全部下载（每行一份 JSON）').click();
    const text = readFileSync(await (await arriving).path(), 'utf8');
    const claims = text
      .trimEnd()
      .split('\n')
      .map((one) => v.parse(claimFileSchema, JSON.parse(one)));
    expect(claims.map(({ terminal }) => terminal)).toEqual(['hall-1', 'hall-2']);
    const [first] = claims;
    const answer = await enrol(desk.door, await blankDevice('board-hall-1'), first ?? null);
    expect(answer).toMatchObject({ kind: 'enrolled', terminal: 'hall-1' });
    await button('关闭，我已保存').click();
  });
});

describe('releases', () => {
  it('S22 come in piece by piece, go out from the lab on, and are halted and rolled back', async () => {
    await go('releases');
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const { signed, bundle } = someRelease(7, { expiresAt }, { bytes: 5_000_000 });
    const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
    await page.locator('input[name=manifest]').setInputFiles(file('7.manifest', signed));
    await page.locator('input[name=bundle]').setInputFiles(file('other.bundle', Buffer.alloc(10)));
    await button('上传版本').click();
    await said('安装包和清单不符');
    await page.locator('input[name=manifest]').setInputFiles(file('7.manifest', signed));
    await page.locator('input[name=bundle]').setInputFiles(file('7.bundle', bundle));
    await button('上传版本').click();
    await page.getByRole('row', { name: /1\.7\.0 7 x64 5 MB/ }).waitFor();
    await button('开始发布').click();
    await dialog().getByText('从实验环开始').waitFor();
    await dialog().getByRole('button', { name: '开始发布' }).click();
    await button('停止').waitFor();
    await look('rollout');
    await button('停止').click();
    await dialog().getByRole('button', { name: '停止', exact: true }).click();
    await page.getByText('有人手动停止').waitFor();
    await button('撤回').click();
    await dialog()
      .getByLabel(/请输入 1\.7\.0/)
      .fill('1.7.0');
    await dialog().getByRole('button', { name: '撤回' }).click();
    await page.locator('article .tag', { hasText: '已撤回' }).waitFor();
    // the tag says it; no code of ours stands in a sentence
    expect(await page.getByText('原因').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
