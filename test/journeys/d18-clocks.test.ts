// D18: the owner sees the reply and on-site clocks run, stand still for a reason, and go on.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDesk } from './open-desk.ts';
import { openRequest, reportLeak } from './owner-hands.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

interface Ladder {
  readonly items: readonly {
    readonly id: string;
    readonly filedAt: string;
    readonly replyBy: string;
    readonly onSiteBy: string;
  }[];
}

it('D18 answered in 10 minutes, on site within the hour; the desk stops the clocks and the owner reads why', async () => {
  const filed = await reportLeak(product);
  const { items } = await product.headquarters<Ladder>('ladder');
  const item = items.find(({ id }) => id === filed.id);
  const minutes = (by = ''): number => (Date.parse(by) - Date.parse(item?.filedAt ?? '')) / 60_000;
  expect(minutes(item?.replyBy)).toBeCloseTo(10, 1);
  expect(minutes(item?.onSiteBy)).toBeCloseTo(60, 1);
  await openRequest(product, filed.number);
  await product.see('客服专员');

  const desk = await openDesk(product);
  await desk.getByRole('link', { name: '投诉升级' }).click();
  const row = desk.getByRole('row', { name: new RegExp(filed.number) });
  await row.getByText(/还剩/).first().waitFor();
  await row.click();
  await desk.getByLabel('原因').selectOption('owner-away');
  await desk.getByRole('button', { name: '暂停时钟' }).click();
  await row.getByText('已暂停 · 业主不在').waitFor();
  await product.see('时钟暂停：业主不在');
  await desk.getByRole('button', { name: '恢复时钟' }).click();
  await product.see('时钟继续走');
  await eventually(async () => {
    const after = await product.headquarters<Ladder>('ladder');
    const later = after.items.find(({ id }) => id === filed.id);
    expect(minutes(later?.replyBy)).toBeGreaterThan(minutes(item?.replyBy));
  });
  await desk.close();
}, 150_000);
