// D13: headquarters defines a survey in the console; the terminal invites, asks once, and the results are read by project and year.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk } from './open-desk.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
let desk: Page;
beforeAll(async () => {
  product = await openProduct();
  desk = await openDesk(product);
}, 180_000);
afterAll(() => product?.close());

/** As a form field of the browser's own zone wants it. */
const local = (ms: number): string => {
  const at = new Date(Date.now() + ms);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

async function answerOnce(): Promise<void> {
  const { tap, enterPin, card } = product;
  await tap(/请您说一说：秋季业主调查/);
  await product.swipeForPin('wang-fang');
  await enterPin(card('wang-fang').pin ?? '');
}

describe('D13 node surveys', () => {
  it('D13: is defined in the console, answered at the terminal, and counted', async () => {
    const { see, tap } = product;
    await desk.getByRole('link', { name: '满意度与问卷' }).click();
    await desk.getByRole('button', { name: '新建问卷' }).click();
    const form = desk.locator('survey-form');
    await form.getByLabel('中文名称').fill('秋季业主调查');
    await form.getByLabel('英文名称').fill('Autumn survey');
    await form.getByLabel('开始').fill(local(-120_000));
    await form.getByLabel('结束').fill(local(86_400_000));
    for (const box of await form.getByRole('checkbox').all()) await box.uncheck();
    await form.getByLabel('总体满意度').check();
    await form.getByLabel('小区景观').check();
    await form.getByRole('button', { name: '发布问卷' }).click();
    await desk.getByText('问卷已发布到终端').waitFor();

    await tap('轻触屏幕，开始使用');
    await answerOnce();
    await tap('开始作答');
    await tap('满意');
    await tap('不清楚，跳过这题');
    await tap('提交评价');
    await see('谢谢您');
    await tap('完成');
    await eventually(async () => {
      await desk.getByText('有效答卷 1').waitFor({ timeout: 2_000 });
    });
  });

  it('D13: a second answer is refused kindly, and the results stand by project and year', async () => {
    const { see, tap } = product;
    await tap('轻触屏幕，开始使用');
    await answerOnce();
    await see('这份问卷您已经答过了');
    await tap('完成');
    await desk.getByRole('button', { name: '结果' }).click();
    await desk.getByRole('cell', { name: '100.0 %' }).first().waitFor();
    const { trend } = await product.headquarters<{ trend: { year: string; answers: number }[] }>('surveys');
    expect(trend).toMatchObject([{ answers: 1 }]);
    expect((await product.facts('survey-answered')).length).toBe(1);
    expect(product.errors).toEqual([]);
  });
});
