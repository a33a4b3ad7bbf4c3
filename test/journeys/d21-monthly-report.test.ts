// D21: what owners told at a terminal adds up in the month's report, on the console, as CSV and on paper.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricDefinitions } from '../../sync/headquarters/reports/metric-definitions.ts';
import { openDesk } from './open-desk.ts';
import { printPage } from './print-page.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
let desk: Page;
beforeAll(async () => {
  product = await openProduct();
  desk = await openDesk(product);
}, 180_000);
afterAll(() => product?.close());

const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
interface Report {
  readonly total: { readonly figures: Record<string, { now: { part: number; whole: number } }> };
  readonly regions: readonly { key: string }[];
  readonly projects: readonly { key: string; figures: Report['total']['figures'] }[];
  readonly structure: readonly { cause: string; now: number }[];
}
const report = () => product.headquarters<Report>(`reports/month?month=${month}`);

async function tapThrough(choices: readonly (string | RegExp)[]): Promise<void> {
  for (const choice of choices) {
    await product.page.getByRole('button', { name: choice }).first().click({ timeout: 15_000 });
  }
}

describe('D21 the monthly report', () => {
  it('D21: counts a repair that an owner filed at the terminal and a complaint that the desk took', async () => {
    const { enterPin, card, headquarters } = product;
    await tapThrough(['轻触屏幕，开始使用', /^报修/]);
    await product.swipeForPin('wang-fang');
    await enterPin(card('wang-fang').pin ?? '');
    await tapThrough(['卫生间', '天花', '渗漏', '下水管周围渗漏', '提交报修']);
    await headquarters('service/requests', {
      request: 'complaint',
      member: null,
      phone: '13800000000',
      project: 'siji',
      unit: null,
      text: '保安态度不好',
    });
    await eventually(async () => {
      const { total, structure } = await report();
      expect(total.figures['complaint-rate']?.now).toEqual({ part: 1, whole: 2 });
      expect(total.figures['closing']?.now).toEqual({ part: 0, whole: 2 });
      expect(structure.find(({ cause }) => cause === 'engineering')?.now).toBe(1);
    });
  });

  it('D21: stands on the console with all eleven metrics and their formulas, as CSV and on paper', async () => {
    await desk.getByRole('link', { name: '监控月报' }).click();
    await desk.getByLabel('月份').fill(month);
    await desk.getByRole('heading', { name: new RegExp(`${month} 监控报告`) }).waitFor();
    for (const { name } of metricDefinitions)
      await desk.getByRole('rowheader', { name: name.zh, exact: true }).first().waitFor();
    await desk.screenshot({ path: 'test/shots/month-report.png', fullPage: true });
    const [download] = await Promise.all([
      desk.waitForEvent('download'),
      desk.getByRole('button', { name: '导出 CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`report-${month}.csv`);
    const sheets = await printPage(desk);
    const text = sheets.join('').replace(/\s/g, '');
    expect(text).toContain(`${month}监控报告`);
    for (const { name, part, better, threshold } of metricDefinitions) {
      expect(text).toContain(name.zh);
      expect(text).toContain(part.zh.replace(/\s/g, ''));
      expect(text).toContain(`${better === 'higher' ? '≥' : '≤'}${(threshold ?? 0) / 100}%`);
    }
    sheets.forEach((sheet, at) => {
      expect(sheet.replace(/\s/g, '')).toContain(`${at + 1}/${sheets.length}`);
    });
    // what is only for the screen is not on paper
    expect(text).not.toContain('导出CSV');
    expect(product.errors).toEqual([]);
  });
});
