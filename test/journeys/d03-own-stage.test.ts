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

it('D08 the own step of 6+2 and the next contact', async () => {
  const { see, page } = product;
  await openPersonal(product, /我的家/);
  await see('客户关怀 6+2 步');
  await see('我们下次联系您');
  const { contacts } = await product.headquarters<{
    contacts: { id: string; care: { step: string; next: { on: string } } }[];
  }>('care/contacts?until=2099-01-01');
  const { id } = await purchase();
  const due = contacts.find((each) => each.id === id)?.care;
  if (!due) throw new Error('no contact is planned');
  await see(due.next.on);
  await product.headquarters(`purchases/${id}/contacts`, { dueOn: due.next.on, note: '已电话' });
  await eventually(async () => expect(await page.getByText(due.next.on).count()).toBe(0));
  await product.tap('结束并清除');
});

it('left no error', () => {
  expect(product.errors).toEqual([]);
});
