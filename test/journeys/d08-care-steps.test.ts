// D8: an owner sees the own step of 6+2 and when we get in touch; somebody at the desk does, and every four years we visit.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDeskOf, openTab } from './desk-of.ts';
import { openPersonal } from './open-personal.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
let desk: Page;
beforeAll(async () => {
  product = await openProduct();
  desk = await openDeskOf(product, 'lin-mei', ['sales']);
}, 120_000);
afterAll(() => product?.close());

const label = '四季花城米兰苑301';
const dayOf = (at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(at);
/** @param ahead days from today */
const day = (ahead: number, years = 0): string => {
  const at = new Date(Date.now() + ahead * 86_400_000);
  at.setUTCFullYear(at.getUTCFullYear() + years);
  return dayOf(at);
};
interface Purchase {
  readonly id: string;
  readonly care: { readonly step: string; readonly next: { readonly on: string } };
}
const purchase = async (): Promise<Purchase> => {
  const { purchases } = await product.headquarters<{ purchases: Purchase[] }>(
    `purchases?member=${product.card('wang-fang').member}`,
  );
  const [found] = purchases;
  if (!found) throw new Error('the demo has no purchase of this member');
  return found;
};
const now = () => product.page.locator('.care li.now strong').first();

it('D08 the step now, and that we get in touch; noted at the desk, the next day is told', async () => {
  const { see, page } = product;
  await openPersonal(product, /我的家/);
  await see('客户关怀 6+2 步');
  expect(await now().innerText()).toBe('恭迎乔迁');
  expect(await page.locator('.care li').count()).toBe(8);
  await see('我们近日会联系您');
  const { care } = await purchase();
  await openTab(desk, '购房与关怀');
  const row = desk.locator('.due tr').filter({ hasText: label });
  await row.getByRole('button', { name: '已联系' }).click();
  await desk.getByText('已记下，下一次联系已排好').waitFor();
  const next = (await purchase()).care.next.on;
  expect(next > care.next.on).toBe(true);
  await product.tap('结束并清除');
});

it('D08 four years after the hand-over we visit, and again four years later', async () => {
  const { see } = product;
  const { id } = await purchase();
  const handedOver = day(10, -4);
  const columns = 'id,member,unit,stage,subscription,signing,total,paid,handedOverOn,warrantyUntil';
  const cells = [
    id,
    product.card('wang-fang').member,
    'milan-301',
    'title',
    day(0, -6),
    day(5, -6),
    '100',
    '100',
  ];
  const { imported } = await product.headquarters<{ imported: number }>('purchases/import', {
    csv: `${columns}\n${[...cells, handedOver, day(0, -2)].join(',')}\n`,
  });
  expect(imported).toBe(1);
  await openPersonal(product, /我的家/);
  await eventually(async () => expect(await now().innerText()).toBe('四年之约'));
  const visit = (await purchase()).care.next.on;
  expect(visit.slice(4)).toBe(handedOver.slice(4));
  await see('我们下次联系您');
  await see(visit);
  await product.headquarters(`purchases/${id}/contacts`, { dueOn: visit, note: '已上门' });
  const later = `${Number(visit.slice(0, 4)) + 4}${visit.slice(4)}`;
  await see(later);
  await product.tap('结束并清除');
  expect(product.errors).toEqual([]);
});
