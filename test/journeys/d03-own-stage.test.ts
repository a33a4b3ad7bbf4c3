// D3: an owner sees how far the purchase is, what is due and what to bring; headquarters moves it on.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPersonal } from './open-personal.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

interface Purchase {
  readonly id: string;
  readonly stage: string;
  readonly paid: number;
  readonly dues: readonly { readonly amount: number }[];
}
const purchase = async (): Promise<Purchase> => {
  const member = product.card('wang-fang').member;
  const { purchases } = await product.headquarters<{ purchases: Purchase[] }>(`purchases?member=${member}`);
  const [found] = purchases;
  if (!found) throw new Error('the demo has no purchase of this member');
  return found;
};
const day = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());

it('D03 the own stage, what was paid, what is due when, and the next document stand behind the PIN', async () => {
  const { see, page } = product;
  await openPersonal(product, /我的家/);
  await see('购房进度');
  expect(await page.locator('li.now strong').first().innerText()).toBe('产权');
  await see('二期款');
  await see('产权登记申请表');
  await see('已付');
  const { id, dues } = await purchase();
  expect(dues).toHaveLength(2);

  await product.headquarters(`purchases/${id}/payments`, { amount: dues[0]?.amount, on: day() });
  await product.headquarters(`purchases/${id}/stage`, { stage: 'title', on: day(), nextDocument: null });
  await see('暂时不需要带资料');
  await eventually(async () => {
    expect(await page.locator('li.now strong').first().innerText()).toBe('办证');
    expect(await page.getByText('二期款').count()).toBe(0);
  });
  await expect(
    product.headquarters(`purchases/${id}/stage`, { stage: 'signing', on: day() }),
  ).rejects.toThrow('409');
  await product.tap('结束并清除');
});

it('left no error', () => {
  expect(product.errors).toEqual([]);
});
