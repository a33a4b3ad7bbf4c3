// D7: hand-over day from arrival to signature: number, queue, defects per room, slip, rating, figures.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDeskOf, openTab } from './desk-of.ts';
import { openPersonal } from './open-personal.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

interface Day {
  readonly id: string;
  readonly figures: Record<string, number | null>;
}
const day = async (): Promise<Day> => {
  const { days } = await product.headquarters<{ days: Day[] }>('hand-over');
  const [found] = days;
  if (!found) throw new Error('the demo has no hand-over day');
  return found;
};

it('D07 arrives with a number, notes a defect, is called, signs with it and rates; headquarters adds it up', async () => {
  const { see, tap, page } = product;
  await openPersonal(product, /我的家/);
  await see('今天交付');
  await tap('办理交付');
  await tap('我到了，取号');
  await see('H01-001');
  await eventually(async () => expect((await product.slips()).at(-1)?.text).toContain('H01-001'));
  await see('就快轮到您了，请留意叫号');

  await tap('登记一个问题');
  for (const choice of ['卫生间', '天花', '渗漏', '下水管周围渗漏']) {
    const button = page.getByRole('button', { name: choice, exact: true });
    for (let turn = 0; turn < 6 && !(await button.isVisible().catch(() => false)); turn += 1) {
      await button.waitFor({ timeout: 1_000 }).catch(() => undefined);
      if (await button.isVisible()) break;
      await page.getByRole('button', { name: '下一页' }).click({ timeout: 1_000 });
    }
    await button.click();
  }
  await tap('提交报修');
  await see('已登记的问题');
  await see(/卫生间-天花-渗漏/);

  const desk = await openDeskOf(product, 'lin-mei', ['service-desk']);
  await openTab(desk, '集中交付');
  const press = (name: string) => desk.getByRole('button', { name }).first().click();
  await press('叫下一位');
  await desk.getByText(/请 H01-001 .* 到交付台/).waitFor();
  await see('正在叫您的号，请到交付台');
  await press('记为未到');
  await see('已过号，请到交付台重新排队');
  await press('恢复排队');
  await see('就快轮到您了，请留意叫号');
  await press('叫下一位');
  await see('正在叫您的号，请到交付台');
  await tap('去签收');
  await tap('很满意');
  await tap(/带问题接收/);
  await see('已签收，问题我们逐项跟进');
  await eventually(async () => {
    const slip = (await product.slips()).at(-1)?.text.replace(/\s/g, '') ?? '';
    expect(slip).toContain('带问题接收');
    expect(slip).toContain('卫生间-天花-渗漏-下水管周围渗漏');
  });
  await eventually(async () =>
    expect((await day()).figures).toMatchObject({
      came: 1,
      waiting: 0,
      signed: 1,
      accepted: 1,
      refused: 0,
      defects: 1,
      satisfied: 10_000,
    }),
  );
  // the desk sees how it was taken, what was noted room by room, and the rating
  const row = desk.getByRole('row').filter({ hasText: 'H01-001' });
  await row.getByText('带问题接收').waitFor();
  await row.getByText('5 / 5').waitFor();
  await row.getByRole('button', { name: /交付问题/ }).click();
  await desk.getByText(/卫生间-天花-渗漏-下水管周围渗漏/).waitFor();
  const [filed] = await product.facts('request-filed');
  expect(filed?.body).toMatchObject({ request: 'handover' });
  await tap('结束并清除');
  await openPersonal(product, /我的家/);
  // the home is theirs now: care moves on from that day
  await eventually(async () =>
    expect(await page.locator('.care li.now strong').first().innerText()).toBe('恭迎乔迁'),
  );
  expect(product.errors).toEqual([]);
});
