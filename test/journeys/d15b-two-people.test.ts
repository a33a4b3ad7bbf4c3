// D15: one person proposes a change of a home on the console, another approves it; nobody approves what they have not read.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDeskOf, openTab } from './desk-of.ts';
import { eventually, openProduct, type Product } from './product.ts';

/** what the form takes and no terminal may ever hold */
const internals = {
  buyer: '金丝雀买受人',
  floorPrice: '1234567.89',
  discountLimit: '7.77',
  note: '金丝雀说明',
};

let product: Product;
let lin: Page;
let su: Page;
beforeAll(async () => {
  product = await openProduct();
  lin = await openDeskOf(product, 'lin-mei', ['sales']);
  su = await openDeskOf(product, 'su-wei', ['sales']);
  const { units } = await product.headquarters<{ units: Unit[] }>('board/units?building=milan');
  const found = units.find(({ approved, pending }) => approved.state === 'available' && pending === null);
  if (!found) throw new Error('nothing is for sale');
  ({ id: home, number: door } = found.approved);
}, 120_000);
afterAll(() => product?.close());

/** one that is for sale, and nobody has touched */
let home = '';
let door = '';
interface Unit {
  readonly approved: {
    readonly id: string;
    readonly number: string;
    readonly state: string;
    readonly price: number;
  };
  readonly internal: {
    readonly buyer: string | null;
    readonly floorPrice: number | null;
    readonly discountLimit: number | null;
  };
  readonly pending: { readonly price: number | null } | null;
}
const unit = async (): Promise<Unit> => {
  const { units } = await product.headquarters<{ units: Unit[] }>('board/units?building=milan');
  const found = units.find(({ approved }) => approved.id === home);
  if (!found) throw new Error('the demo has no such home');
  return found;
};
const openForm = async (desk: Page): Promise<void> => {
  await openTab(desk, '销控表');
  await desk.getByLabel('项目').selectOption({ label: '四季花城' });
  await desk.getByRole('button', { name: '米兰苑' }).click();
  await desk.getByRole('button', { name: new RegExp(`^房源 ${door},`) }).click();
};
const tick = (desk: Page) => desk.getByRole('checkbox', { name: `四季花城米兰苑${door}` });
const approve = (desk: Page) => desk.getByRole('button', { name: /批准并发布/ });

it('D15 the form takes every field, its own author cannot approve it, another person can', async () => {
  const { approved } = await unit();
  await openForm(lin);
  await lin.locator('select[name="kind"]').selectOption({ label: '更名' });
  await lin.locator('select[name="state"]').selectOption({ label: '签约' });
  await lin.getByLabel('总价（元）').fill('不是数');
  await lin.getByRole('button', { name: '提交审核' }).click();
  await lin.getByText('请填大于 0 的金额').waitFor();
  await lin.getByLabel('总价（元）').fill(String(approved.price / 100 + 5_000));
  await lin.getByLabel('买受人').fill(internals.buyer);
  await lin.getByLabel('底价（元）').fill(internals.floorPrice);
  await lin.getByLabel('折扣上限（%）').fill(internals.discountLimit);
  await lin.getByLabel('说明').fill(internals.note);
  await lin.getByRole('button', { name: '提交审核' }).click();
  await lin.getByText('已提交，等待另一人批准').waitFor();

  await openTab(lin, '销控审核');
  await tick(lin).check();
  await lin.getByText('需另一人批准').waitFor();
  expect(await approve(lin).isDisabled()).toBe(true);

  await openTab(su, '销控审核');
  await tick(su).check();
  for (const text of [internals.buyer, '1,234,568', '7.77 %', internals.note])
    await su.getByText(text).first().waitFor();
  await approve(su).click();
  await su.getByText('已发布 1 项').waitFor();
  const after = await unit();
  expect(after).toMatchObject({
    approved: { state: 'signed', price: approved.price + 500_000 },
    internal: { buyer: internals.buyer, floorPrice: 123_456_789, discountLimit: 777 },
    pending: null,
  });
});

it('D15 what was changed after it was ticked is refused plainly, and nothing is published', async () => {
  const { price } = (await unit()).approved;
  await product.headquarters(`board/units/${home}`, { price: price - 100 });
  await openTab(su, '收件箱');
  await openTab(su, '销控审核');
  await tick(su).check();
  // their page is a moment behind: it asks again every 5 seconds
  await su.route('**/api/board/approvals', (route) => route.abort());
  await product.headquarters(`board/units/${home}`, { price: price - 200 });
  await approve(su).click();
  await su.getByText('您查看之后有人改动过，请重新核对最新内容。').waitFor();
  expect((await unit()).approved.price).toBe(price);
  expect((await unit()).pending?.price).toBe(price - 200);
  await su.unroute('**/api/board/approvals');
});

it('D15 SA4 the terminal shows what was approved, and no byte of what is internal', async () => {
  const { tap, page } = product;
  await tap('轻触屏幕，开始使用');
  await tap(/看房/);
  await tap(/四季花城/);
  await tap(/米兰苑/);
  await eventually(async () => {
    const tile = page.getByRole('button', { name: new RegExp(`^${door} `) });
    expect(await tile.getAttribute('aria-label')).toContain('签约');
  });
  const files = readdirSync(product.terminalData, { recursive: true, withFileTypes: true });
  for (const file of files.filter((each) => each.isFile())) {
    const text = readFileSync(join(file.parentPath, file.name));
    for (const canary of [internals.buyer, '123456789', internals.note, 'floorPrice', 'discountLimit']) {
      expect([file.name, canary, text.includes(canary)]).toEqual([file.name, canary, false]);
    }
  }
  expect(product.errors).toEqual([]);
});
