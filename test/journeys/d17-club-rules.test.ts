// D17 800App 会员: items are definable, a viewing earns by itself, rules have versions, and gifts are given for points.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, openProduct, type Product } from './product.ts';

interface Line {
  readonly item: string | null;
  readonly points: number;
}
interface Account {
  readonly balance: number;
  readonly lines: readonly Line[];
}

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

const accountOf = (member: string) => product.headquarters<Account>(`points/members/${member}`);
const visitsOf = async (member: string): Promise<number[]> =>
  (await accountOf(member)).lines.filter(({ item }) => item === 'visit').map(({ points }) => points);

/** At the screen: card, PIN, points. */
async function visit(name: string): Promise<void> {
  const { pin } = product.card(name);
  await product.tap('轻触屏幕，开始使用');
  await product.tap(/我的积分/);
  await product.swipeForPin(name);
  await product.enterPin(pin ?? '');
  await product.see('积分流水');
}

it('D17 a viewing earns once a day; a new version of the rules holds for the next one and changes nothing booked', async () => {
  const [first, second] = ['wang-fang', 'li-xiaoming'];
  const member = product.card(first ?? '').member ?? '';
  const { balance } = await accountOf(member);
  for (let time = 0; time < 2; time += 1) {
    await visit(first ?? '');
    await product.see('看房积分');
    await product.tap('结束并清除');
  }
  await eventually(async () => expect(await visitsOf(member)).toEqual([10]));
  expect((await accountOf(member)).balance).toBe(balance + 10);

  const desk = await product.page.context().browser()?.newPage({ locale: 'zh-CN' });
  if (!desk) throw new Error('the browser is gone');
  await desk.goto(`${product.demo.headquarters}/#token=${product.demo.token}`);
  await desk.locator('#points').click();
  await desk.getByRole('button', { name: '积分规则' }).click();
  await desk.getByLabel('看房积分 积分').fill('30');
  await desk.getByRole('button', { name: '存为草稿' }).click();
  await desk.getByText('将更正已入账的 0 笔').waitFor();
  await desk.getByRole('button', { name: '复核无误，发布' }).click();
  await desk.getByText('现行：第 2 版').waitFor();

  const other = product.card(second ?? '').member ?? '';
  await eventually(async () => {
    await visit(second ?? '');
    await product.tap('结束并清除');
    expect(await visitsOf(other)).toEqual([30]);
  });
  expect(await visitsOf(member)).toEqual([10]);
}, 150_000);

it('D17 an item and a level are added in the form: a refusal says at which field, the preview for how many members', async () => {
  const desk = await product.page.context().browser()?.newPage({ locale: 'zh-CN' });
  if (!desk) throw new Error('the browser is gone');
  await desk.goto(`${product.demo.headquarters}/#token=${product.demo.token}`);
  await desk.locator('#points').click();
  await desk.getByRole('button', { name: '积分规则' }).click();
  await desk.getByRole('button', { name: '增加一项' }).click();
  await desk.getByLabel('代码').nth(5).fill('volunteer');
  await desk.getByLabel('中文名').nth(5).fill('社区志愿者');
  await desk.getByLabel('英文名').nth(5).fill('Volunteering');
  await desk.locator('input[name=points]').last().fill('50');
  await desk.getByRole('button', { name: '增加一级' }).click();
  await desk.locator('input[name=level]').last().fill('crown');
  await desk.locator('input[name=level-zh]').last().fill('皇冠卡');
  await desk.locator('input[name=level-en]').last().fill('Crown');
  await desk.locator('input[name=from]').last().fill('4000');
  await desk.getByRole('button', { name: '存为草稿' }).click();
  // lower than the level before it
  await desk.getByRole('row').getByRole('alert').getByText('级别要从 0 分开始逐级升高').waitFor();
  expect(await desk.locator('input[aria-invalid]').getAttribute('data-field')).toBe('levels.4.from');
  const { versions } = await product.headquarters<{ versions: { state: string }[] }>('points/rules');
  expect(versions.filter(({ state }) => state === 'draft')).toEqual([]);
  await desk.locator('input[name=from]').last().fill('8000');
  await desk.getByRole('button', { name: '存为草稿' }).click();
  await desk.getByRole('table', { name: '各级别人数' }).getByText('皇冠卡').waitFor();
  await desk.getByRole('button', { name: '复核无误，发布' }).click();
  await desk.getByText('现行：第 3 版').waitFor();

  const member = product.card('wang-fang').member ?? '';
  const before = await accountOf(member);
  await desk.getByRole('button', { name: '会员积分' }).click();
  await desk.getByLabel('姓名、手机号或会员号').fill(member);
  await desk.getByRole('button', { name: '查找' }).click();
  await desk.getByLabel('积分项').first().selectOption('rule');
  await desk.getByRole('button', { name: '确定' }).click();
  await desk.getByText('已入账').waitFor();
  await eventually(async () => expect((await accountOf(member)).balance).toBe(before.balance + 50));
  await desk.close();
}, 60_000);

it('D17 a gift is given for points that are there, and comes back with them', async () => {
  const member = product.card('wang-fang').member ?? '';
  const { balance } = await accountOf(member);
  const gift = { id: 'tea', name: { zh: '明前龙井', en: 'Tea' }, cost: 100, stock: 1 };
  await product.headquarters('points/gifts', gift);
  const { redemptions } = await product.headquarters<{ redemptions: { id: string }[] }>(
    'points/gifts/tea/redeem',
    {
      member,
    },
  );
  expect((await accountOf(member)).balance).toBe(balance - 100);
  await expect(product.headquarters('points/gifts/tea/redeem', { member })).rejects.toThrow('409');
  await product.headquarters(`points/redemptions/${redemptions[0]?.id}/undo`, {});
  expect((await accountOf(member)).balance).toBe(balance);
}, 30_000);
