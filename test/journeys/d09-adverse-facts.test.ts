// D9: adverse facts weigh as much as selling points; proposed by one person, published by another, withdrawn in the same way.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDeskOf, openTab } from './desk-of.ts';
import { openProduct, type Product } from './product.ts';

let product: Product;
let lin: Page;
let su: Page;
beforeAll(async () => {
  product = await openProduct();
  lin = await openDeskOf(product, 'lin-mei', ['sales']);
  su = await openDeskOf(product, 'su-wei', ['manager']);
}, 120_000);
afterAll(() => product?.close());

const form = (desk: Page) => desk.locator('form.panel').filter({ hasText: '四季花城' });
const propose = async (desk: Page): Promise<void> => {
  await form(desk).getByRole('button', { name: '提交审核' }).click();
  await desk.getByText('已提交，等待另一人批准').waitFor();
};
const approve = async (desk: Page): Promise<void> => {
  await openTab(desk, '销控审核');
  await desk.getByRole('checkbox', { name: '四季花城', exact: true }).check();
  await desk.getByRole('button', { name: '批准并发布 1 项' }).click();
  await desk.getByText('已发布 1 项').waitFor();
};
const openFacts = async (): Promise<void> => {
  const { tap } = product;
  await tap(/看房/);
  await tap(/四季花城/);
  await tap('查看全文');
};

it('D09 a fact is seen after another person approved it, in the weight of the selling points', async () => {
  const { tap, see, page } = product;
  await openTab(lin, '不利因素');
  await form(lin).getByRole('button', { name: '添加一条' }).click();
  const last = form(lin).locator('li').last();
  await last.getByLabel('距离').fill('480');
  await last.getByLabel('中文标题').fill('新建变电站');
  // half of it is not enough
  await form(lin).getByRole('button', { name: '提交审核' }).click();
  await lin.getByText(/请填距离/).waitFor();
  await last.getByLabel('英文标题').fill('A new substation');
  await last.getByLabel('中文说明').fill('东侧，110 千伏');
  await last.getByLabel('英文说明').fill('East, 110 kV');
  await propose(lin);

  await tap('轻触屏幕，开始使用');
  await openFacts();
  await see('项目亮点');
  expect(await page.getByText('新建变电站').count()).toBe(0);
  await approve(su);
  await see('新建变电站');
  await see('东侧，110 千伏');
  const weight = (of: string): Promise<string> =>
    page
      .locator(`${of} li strong`)
      .first()
      .evaluate<string, unknown>(
        '(line) => { const { fontSize, fontWeight, color } = getComputedStyle(line); return [fontSize, fontWeight, color].join(); }',
      );
  expect(await weight('.against')).toBe(await weight('.for'));
});

it('D09 is withdrawn by one and the other as well', async () => {
  const { page } = product;
  await openTab(su, '不利因素');
  await form(su)
    .getByRole('button', { name: /删除这一条/ })
    .last()
    .click();
  await propose(su);
  await expect(product.headquarters('board/publish', { adverse: ['binjiang'] })).resolves.toEqual({
    changed: 0,
  });
  expect(await page.getByText('新建变电站').count()).toBe(1);
  await approve(lin);
  await page.getByText('新建变电站').first().waitFor({ state: 'detached' });
  expect(product.errors).toEqual([]);
});
