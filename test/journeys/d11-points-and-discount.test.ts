// D11 万客会: points, level and the discount on a home, at the terminal and behind it, also when points are taken back.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, openProduct, type Product } from './product.ts';

interface Account {
  readonly balance: number;
  readonly earned: number;
  readonly level: string;
}

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

const accountOf = (member: string) => product.headquarters<Account>(`points/members/${member}`);

async function openPoints(): Promise<void> {
  const { name, pin } = product.card('wang-fang');
  await product.tap('轻触屏幕，开始使用');
  await product.tap(/我的积分/);
  await product.swipeForPin(name);
  await product.enterPin(pin ?? '');
  await product.see('积分流水');
}

it('D11 a purchase booked at the console lifts the level and its discount at the terminal; a reversal takes them back', async () => {
  const member = product.card('wang-fang').member ?? '';
  const before = await accountOf(member);
  const desk = await product.page.context().browser()?.newPage({ locale: 'zh-CN' });
  if (!desk) throw new Error('the browser is gone');
  await desk.goto(`${product.demo.headquarters}/#token=${product.demo.token}`);
  await desk.locator('#points').click();
  await desk.getByLabel('姓名、手机号或会员号').fill(member);
  await desk.getByRole('button', { name: '查找' }).click();
  await desk.getByLabel('积分项').selectOption('purchase');
  await desk.getByLabel('合同编号').fill('HT-2026-0001');
  await desk.getByLabel('总价（元）').fill('6000000');
  await desk.getByRole('button', { name: '确定' }).click();
  await desk.getByText('已入账').waitFor();
  expect(await accountOf(member)).toMatchObject({ balance: before.balance + 6_000, level: 'diamond' });

  await openPoints();
  await product.see((before.balance + 6_000 + 10).toLocaleString('zh-CN'));
  await product.see('钻石卡');
  await product.see('购房优惠 98 折');
  await product.see('您已是最高级别');
  await product.tap('结束并清除');

  await desk
    .getByRole('row', { name: /购房积分/ })
    .first()
    .click();
  await desk.getByLabel('原因（会员会看到）').last().fill('合同已撤销');
  await desk.getByRole('button', { name: '确定' }).last().click();
  await eventually(async () => expect((await accountOf(member)).level).toBe(before.level));
  await openPoints();
  await product.see('合同已撤销');
  await product.tap('结束并清除');
  expect(product.errors).toEqual([]);
}, 150_000);
