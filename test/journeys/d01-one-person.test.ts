// D1 蓝光 统一 CRM: one card, one person: what sales, club and service know of them is behind the same swipe, at once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goHome, typeDigits } from './join-hands.ts';
import { openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

it('D1 one swipe and one PIN open the pages of all three systems; the end takes the person along', async () => {
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

it('D1 a swipe and a PIN open club, sales and service of one person; headquarters shows the same three on one page', async () => {
  const { tap, see, page, card } = product;
  const { name, pin, member } = card('wang-fang');
  await goHome({ page, swipe: product.swipe });
  await tap(/我的积分/);
  await product.swipeForPin(name);
  await typeDigits({ page, swipe: product.swipe }, pin ?? '');
  await tap('确认');
  await see('积分流水');
  const { balance } = await product.headquarters<{ balance: number }>(`points/members/${member}`);
  await see(balance.toLocaleString('zh-CN'));
  // the same person goes on, without a second proof: sales
  await tap('我的家');
  await see('四季花城米兰苑301');
  // and service
  await tap('我的诉求');
  await see('还没有诉求');
  await tap('我的资料');
  await see('活动和生日问候，可以电话联系我');
  // proven anew by whoever came anew, once for all pages
  expect(await product.facts('person-proven')).toHaveLength(2);
  const person = await product.headquarters<{
    homes: { label: { zh: string } }[];
    cards: string[];
    requests: object[];
  }>(`persons/${member}`);
  expect(person.homes.map(({ label }) => label.zh)).toContain('四季花城米兰苑301');
  expect(person.cards).toContain('active');
  expect(product.errors).toEqual([]);
}, 90_000);
