// D4: activity → points → level → treatment at the event, and what the club sees of it, with lists to take along.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk } from './open-desk.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
let desk: Page;
beforeAll(async () => {
  product = await openProduct();
  desk = await openDesk(product);
}, 120_000);
afterAll(() => product?.close());

const hour = (n: number): string => new Date(Date.now() + n * 3_600_000).toISOString();
const w = (zh: string) => ({ zh, en: zh });

describe('D4 club 客户会', () => {
  let session = '';

  it('D4: a walk-in is checked in with the treatment of the level, on screen and slip', async () => {
    const post = async (path: string, body: object) => await product.headquarters<{ id: string }>(path, body);
    const { id } = await post('activities', { name: w('品酒会'), place: w('会所'), project: 'siji' });
    const treatments = Object.fromEntries(
      ['basic', 'silver', 'gold', 'diamond'].map((level) => [level, w(`礼遇-${level}`)]),
    );
    const made = await post(`activities/${id}/sessions`, {
      name: w('当日场'),
      opensAt: hour(-1),
      endsAt: hour(3),
      points: 30,
      quota: 1,
      walkIn: true,
      signUp: true,
      minLevel: null,
      gates: null,
      treatments,
    });
    session = made.id;
    const { name, member } = product.card('not-on-list');
    const { level } = await product.headquarters<{ level: string }>(`members/${member}`);
    // the terminal learns of the session within a second or two
    await eventually(async () => {
      await product.swipe(name);
      await product.page.getByText('品酒会').first().waitFor({ timeout: 3_200 });
    }, 25_000);
    await product.see(`礼遇-${level}`);
    await eventually(async () => {
      expect((await product.slips())[0]?.text).toContain(`礼遇-${level}`);
      const { points } = await product.headquarters<{ points: number }>(`members/${member}`);
      expect(points).toBeGreaterThanOrEqual(30);
    });
  });

  it('D4: the console shows who came, live, and by name', async () => {
    await desk.goto(`${product.demo.headquarters}/#/events`);
    const row = desk.locator(`tr[data-session="${session}"]`);
    await eventually(async () => expect(await row.locator('td').nth(4).textContent()).toBe('1'));
    expect(await row.locator('td').nth(5).textContent()).toBe('1');
    await row.getByRole('link').click();
    const { member } = product.card('not-on-list');
    await desk
      .getByText(member ?? '', { exact: true })
      .first()
      .waitFor();
  });

  it('D4: over quota is refused at the terminal, and the waiting list is offered', async () => {
    const { name } = product.card('wrong-day');
    await eventually(async () => {
      await product.swipe(name);
      await product.page.getByText('本场名额已满').first().waitFor({ timeout: 3_200 });
    }, 25_000);
    await product.page.getByRole('button', { name: '报名或候补' }).waitFor();
  });

  it('D4: the club takes a list of members along as CSV, and that is kept', async () => {
    await desk.goto(`${product.demo.headquarters}/#/lists`);
    await desk.getByRole('button', { name: '按积分' }).click();
    await desk.locator('data-table tbody tr').first().waitFor();
    const [download] = await Promise.all([
      desk.waitForEvent('download'),
      desk.getByRole('button', { name: '导出 CSV' }).first().click(),
    ]);
    expect(download.suggestedFilename()).toBe('members-points.csv');
  });
});
