// The library under an editor's hands in a real browser: warranty, departments, clocks, new elements, places, sheets.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LibraryAnswers } from '../../../sync/headquarters/api/library-api.ts';
import { type Running, runHeadquarters } from '../../sync/headquarters/running.ts';
import { smallDeveloper } from '../../sync/headquarters/small-developer.ts';
import { openBrowser } from '../kiosk-page.ts';

const consoleDir = fileURLToPath(new URL('../../../dist/ui/console', import.meta.url));
const shots = fileURLToPath(new URL('../../shots/console', import.meta.url));

let browser: Browser;
let hq: Running;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  hq = await runHeadquarters({
    developer: { ...smallDeveloper(), library: [] },
    consoleDir,
    limits: { requestsPerSecond: 1_000 },
  });
  page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
  complaints.length = 0;
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${hq.httpUrl}/#token=${hq.token}`);
  await page.getByText('问题分类库').first().click();
  await page.getByText('第 1 版').waitFor();
});
afterEach(async () => {
  await page?.close();
  await hq?.remove();
});

type Row = LibraryAnswers['library']['rows'][number];

async function library(): Promise<LibraryAnswers['library']> {
  return (await hq.call('/api/library')).json as unknown as LibraryAnswers['library'];
}

/** Until the draft holds a row like this. */
async function drafted(wanted: object): Promise<Row> {
  const isWanted = (row: Row): boolean =>
    Object.entries(wanted).every(
      ([field, value]) =>
        JSON.stringify((row as unknown as Record<string, unknown>)[field]) === JSON.stringify(value),
    );
  const read = async (): Promise<Row> => {
    const found = (await library()).rows.find(isWanted);
    if (!found) throw new Error(`there is no ${JSON.stringify(wanted)}`);
    return found;
  };
  return await vi.waitFor(read, { timeout: 10_000, interval: 200 });
}

async function fill(form: ReturnType<Page['locator']>, zh: string, en: string): Promise<void> {
  await form.getByLabel('中文').fill(zh);
  await form.getByLabel('英文').fill(en);
}

describe('the library editor', () => {
  it('D23 makes a new element with problem, department, urgency and phrase, in forms, and publishes it', async () => {
    await page.getByRole('button', { name: '洁具', exact: true }).click();
    await page.getByText('添加下级部品').click();
    const below = page.locator('details[open] form');
    await fill(below, '智能马桶', 'Smart toilet');
    await below.getByLabel('保修（月）').fill('36');
    await below.getByRole('button', { name: '添加', exact: true }).click();
    const element = await drafted({ parent: 'sanitary', warrantyMonths: 36 });
    await page.locator('.problem').getByText('末级部品没有问题').waitFor();

    await page.getByRole('button', { name: '智能马桶', exact: true }).click();
    await page.getByText('添加问题').click();
    const problem = page.locator('details[open] form');
    await fill(problem, '漏电', 'Electric shock');
    await problem.getByLabel('责任部门').selectOption('property');
    await problem.getByLabel('紧急').check();
    await problem.getByRole('button', { name: '添加', exact: true }).click();
    const made = await drafted({
      kind: 'problem',
      element: 'id' in element ? element.id : '',
      port: 'property',
    });
    expect(made).toMatchObject({ emergency: true });
    const phrase = page.locator('form[data-problem]');
    await fill(phrase, '坐圈带电', 'The seat gives shocks');
    await phrase.getByRole('button', { name: '添加描述' }).click();
    await drafted({ kind: 'phrase', text: { zh: '坐圈带电', en: 'The seat gives shocks' } });
    await page.screenshot({ path: `${shots}/library-tree.png` });

    expect((await library()).issues).toEqual([]);
    await page.getByLabel('这一版改了什么').fill('智能马桶');
    await page.getByRole('button', { name: '发布新版本' }).click();
    await page.getByText('第 2 版', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('D20 D18 sets months of warranty per element, and the clocks of a department', async () => {
    await page.getByRole('button', { name: '灯具', exact: true }).click();
    const lamp = page.locator('form[data-key="element/lamp"]');
    await lamp.getByLabel('保修（月）').fill('12');
    await lamp.getByRole('button', { name: '保存' }).click();
    await drafted({ kind: 'element', id: 'lamp', warrantyMonths: 12 });
    await page.getByRole('button', { name: '撤销' }).click();
    await drafted({ kind: 'element', id: 'lamp', warrantyMonths: 6 });

    await page.getByRole('button', { name: '部门与时限' }).click();
    const clock = page.locator('form[data-clock="engineering"]');
    await clock.getByLabel('回复（分钟）').fill('15');
    await clock.getByLabel('上门（分钟）').fill('90');
    await clock.getByRole('button', { name: '保存' }).click();
    await drafted({ kind: 'clock', id: 'engineering', replyMin: 15, onSiteMin: 90 });
    await page.screenshot({ path: `${shots}/library-ports.png` });
    expect(complaints).toEqual([]);
  });

  it('D23 binds elements to a place of a project, and takes a sheet as a Chinese spreadsheet writes it', async () => {
    await page.getByRole('button', { name: '项目部位' }).click();
    const lift = page.locator('details[data-place="lift"]');
    await lift.locator('summary').click();
    await lift.getByLabel('公共照明').check();
    await drafted({ kind: 'place', id: 'lift', elements: ['lift', 'common-light'] });
    await page.screenshot({ path: `${shots}/library-places.png` });

    const { json } = await hq.call('/api/library/export?format=csv');
    const text = String(json['text']).replace('坐便器', '马桶');
    // GB 18030: 马桶 as two bytes each, as no UTF-8 reads
    const wrong = Buffer.concat([
      Buffer.from(
        'kind,id,parent,project,scope,zh,en,order,elements,port,emergency,warrantyMonths,replyMin,onSiteMin\r\n',
      ),
      Buffer.from([
        ...Buffer.from('port,tap,,,,'),
        0xc2,
        0xed,
        0xcd,
        0xb0,
        ...Buffer.from(',Tap,,,,,,,\r\nport,,,,,,,,,,,,,\r\n'),
      ]),
    ]);
    const input = page.locator('input[type=file]');
    const file = (buffer: Buffer) => ({ name: 'library.csv', mimeType: 'text/csv', buffer });
    await input.setInputFiles(file(wrong));
    await page.getByText('一行也没有导入').waitFor();
    await page.getByText('第 3 行').waitFor();
    await input.setInputFiles(file(Buffer.from(text)));
    await drafted({ kind: 'element', id: 'toilet', name: { zh: '马桶', en: 'Toilet' } });
    await input.setInputFiles(file(wrong.subarray(0, wrong.length - 'port,,,,,,,,,,,,,\r\n'.length)));
    await drafted({ kind: 'port', id: 'tap', name: { zh: '马桶', en: 'Tap' } });
    expect(complaints).toEqual([]);
  });
});
