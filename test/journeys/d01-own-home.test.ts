// D1: one card, one person: what sales, club and service have for them, behind one PIN and one swipe.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

it('D01 one swipe and one PIN open the pages of all three systems; the end takes the person along', async () => {
  const { page, tap, see, swipe, enterPin, card } = product;
  const owner = card('wang-fang');
  await swipe(owner.name);
  await see('已签到');
  await tap('我的服务');
  await tap(/^我的积分/);
  await enterPin(owner.pin ?? '');
  await see(/当前积分|积分余额|我的积分/);
  await tap('返回');
  const home = page.getByRole('heading', { name: `${owner.maskedName}，欢迎您` });
  for (const [tile, sight] of [
    [/^我的家/, /认购|签约|按揭|办证/],
    [/^我的诉求/, /诉求/],
    [/^我的收藏/, /收藏/],
    [/^活动报名/, /活动/],
  ] as const) {
    await home.waitFor();
    await tap(tile);
    await home.waitFor({ state: 'hidden' });
    await see(sight);
    await tap('返回');
  }
  await home.waitFor();
  await tap(/^报修/);
  await see('卫生间');
  const proven = (await product.facts('person-proven')).map(({ body }) => body['member']);
  expect(proven).toEqual([owner.member]);
  await tap('结束并清除');
  await see('轻触屏幕，开始使用');
  expect(await page.content()).not.toContain(owner.maskedName);
  expect(product.errors).toEqual([]);
}, 90_000);
