// D2 D23: what no list holds, written by the owner's own finger in pinyin on the real terminal, until headquarters reads it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { choose, openOwn } from './owner-hands.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

it('D23 F5 an owner writes own words by pinyin: one choice, one that is taken by sending, nothing lost', async () => {
  const { page, tap, see } = product;
  await openOwn(product, /^报修/);
  for (const choice of ['卫生间', '天花', '渗漏']) await choose(page, choice);
  await tap('用自己的话说');
  await type('yubapangbian');
  await page.locator('k-candidates').getByRole('button', { name: '浴霸旁边', exact: true }).click();
  await type('loushui');
  // what stands first for the letters is taken
  await tap('填好了');
  await see(/浴霸旁边漏水/);
  await page.screenshot({ path: new URL('../shots/journey-own-words.png', import.meta.url).pathname });
  await tap('提交报修');
  await see('已受理，请记住编号');
  await eventually(async () => {
    const [filed] = await product.facts('request-filed');
    expect(JSON.stringify(filed?.body)).toContain('浴霸旁边漏水');
  });
  expect(product.errors).toEqual([]);
});

async function type(letters: string): Promise<void> {
  for (const letter of letters) {
    await product.page.locator('k-keyboard').getByRole('button', { name: letter, exact: true }).click();
  }
}
