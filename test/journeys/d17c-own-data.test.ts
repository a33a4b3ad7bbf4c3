// D17 800App 会员网站: own data are seen and changed at the terminal, behind the second proof; a new number by a code sent to it.

import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goHome, type Hands, typeDigits } from './join-hands.ts';
import { eventually, openProduct, type Product } from './product.ts';

const newPhone = '13900001717';
const newPin = '864209';

let product: Product;
let hands: Hands;
beforeAll(async () => {
  product = await openProduct();
  hands = { page: product.page, swipe: (name) => product.swipe(name) };
}, 120_000);
afterAll(() => product?.close());

/** What the telephone got: the last message that headquarters has for it. */
function messageTo(phone: string): string {
  const db = new DatabaseSync(join(product.headquartersData, 'headquarters.sqlite'), { readOnly: true });
  try {
    const rows = db
      .prepare("SELECT text FROM notice WHERE to_kind = 'phone' AND to_whom = ? ORDER BY at")
      .all(phone);
    return String((rows.at(-1) as { text: string } | undefined)?.text ?? '');
  } finally {
    db.close();
  }
}

async function openPoints(pin: string): Promise<void> {
  await goHome(hands);
  await product.tap(/我的积分/);
  await product.swipeForPin('wang-fang');
  await typeDigits(hands, pin);
  await product.tap('确认');
}

it('D17 birthday, contact, telephone and PIN are changed by who has card and PIN; the console shows them', async () => {
  const { tap, see, page, card } = product;
  const { member, pin } = card('wang-fang');
  await openPoints(pin ?? '');
  await tap('我的资料');
  await tap('更改 生日');
  await typeDigits(hands, '19600517');
  await tap('保存');
  await see('05-17');
  await tap('可以');
  await see('已保存');

  await tap('更改 手机号');
  await see('请输入手机号');
  await typeDigits(hands, newPhone);
  await tap('下一步');
  await see(/验证码已发到/);
  let code = '';
  await eventually(() => {
    code = /\d{6}/.exec(messageTo(newPhone))?.[0] ?? '';
    expect(code).toHaveLength(6);
  });
  await typeDigits(hands, code === '000000' ? '000001' : '000000');
  await see('验证码不对');
  await typeDigits(hands, code);
  await see('139****1717');

  await tap('更改 密码');
  await see('请设定密码');
  await typeDigits(hands, newPin);
  await tap('确认');
  await see('我的资料');
  await tap('结束并清除');

  await eventually(async () => {
    const view = await product.headquarters<object>(`club/members/${member}`);
    expect(view).toMatchObject({ phone: newPhone, birthday: '1960-05-17', mayContact: true });
  });
  await openPoints(pin ?? '');
  await see(/密码不正确|还可以试/);
  await typeDigits(hands, newPin);
  await tap('确认');
  await see('积分流水');
  await tap('结束并清除');
  expect(await page.getByText(newPhone).count()).toBe(0);
  expect(product.errors).toEqual([]);
}, 120_000);
