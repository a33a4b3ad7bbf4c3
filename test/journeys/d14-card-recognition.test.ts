// D14 800App 卡识别: a prospect's card is recognised, staff answer from what is known of them, their interest is collected.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { finishWithStaff, goHome, type Hands, tellWho, typeDigits } from './join-hands.ts';
import { openDesk } from './open-desk.ts';
import { eventually, openProduct, type Product } from './product.ts';

const phone = '13900001414';
const pin = '2580';

let product: Product;
let hands: Hands;
beforeAll(async () => {
  product = await openProduct();
  hands = { page: product.page, swipe: (name) => product.swipe(name) };
}, 120_000);
afterAll(() => product?.close());

async function swipeUntil(name: string, text: string): Promise<void> {
  await eventually(async () => {
    await product.swipe(name);
    await product.page.getByText(text).first().waitFor({ timeout: 3_500 });
  });
}

it('D14 a prospect gets a card on the spot, keeps a home, and staff see by their own card what to say next', async () => {
  const { page, tap, see } = product;
  await tellWho(hands, phone, ['lin', 'xiao']);
  await finishWithStaff(hands, pin, 'unknown');
  await goHome(hands);
  await tap(/看房/);
  await tap(/四季花城/);
  await tap(/米兰苑/);
  await page
    .getByRole('button', { name: / 可售，/ })
    .first()
    .click();
  await tap('收藏');
  await tap(/我的收藏 1/);
  await tap('刷卡保存');
  await swipeUntil('unknown', '请输入密码');
  await typeDigits(hands, pin);
  await tap('确认');
  await see(/已为 .* 保存/);
  await eventually(async () => expect(await product.facts('shortlist-kept')).toHaveLength(1));
  await tap('结束并清除');

  await swipeUntil('staff', '请刷客户的会员卡');
  await swipeUntil('unknown', '卡状态');
  await see('139****1414');
  await see(/带看/);
  await eventually(async () => {
    expect(await page.locator('staff-screen dl').innerText()).toMatch(/关注房源\s*四季花城米兰苑\d+/);
  });
  expect(await page.locator('staff-screen').innerText()).not.toContain(phone);
  await swipeUntil('staff', '轻触屏幕');
  expect(await page.locator('staff-screen').count()).toBe(0);

  const found = await product.headquarters<{ persons: { id: string }[] }>(`persons?q=${phone}`);
  const id = found.persons[0]?.id;
  const [kept] = await product.facts('shortlist-kept');
  expect(kept?.body['member']).toBe(id);
}, 120_000);

it('D14 a staff card that is withdrawn at the console opens nothing within seconds', async () => {
  const desk = await openDesk(product);
  await desk.locator('#members').click();
  await desk.getByRole('button', { name: '员工卡' }).click();
  for (let left = 3; left > 0; left -= 1) {
    await desk.getByRole('button', { name: /^收回/ }).first().click();
    await eventually(async () =>
      expect(await desk.getByRole('button', { name: /^收回/ }).count()).toBe(left - 1),
    );
  }
  await goHome(hands);
  // a second swipe of a card that still counts ends the staff view
  await swipeUntil('staff', '这张卡还没有登记');
  expect(product.errors).toEqual([]);
}, 60_000);
