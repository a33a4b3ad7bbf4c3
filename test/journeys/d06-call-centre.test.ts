// D6: whatever is said is split into tasks with port and deadline, told to the ports, and everybody is called back.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callsDue, moveTask, openConsole, openRequest, reportLeak } from './owner-hands.ts';
import { openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

it('D6 a report is split by the classification, each task with port and deadline; then the owner is called', async () => {
  const filed = await reportLeak(product);
  const desk = await openConsole(product, '诉求');
  await desk.getByRole('row', { name: new RegExp(filed.number) }).click();
  await desk.getByRole('button', { name: '拆分任务' }).click();
  await desk.getByLabel('部位').selectOption('卫生间');
  await desk.getByLabel('部品').selectOption({ index: 1 });
  await desk.getByLabel('问题分类').selectOption({ index: 1 });
  await desk.getByLabel('端口').selectOption('物业');
  const later = new Date(Date.now() + 45 * 86_400_000).toISOString().slice(0, 10);
  await desk.getByLabel('时限').fill(`${later}T18:00`);
  await desk.getByRole('button', { name: '加入' }).click();
  await desk.getByText(/^2\. /).waitFor();

  await openRequest(product, filed.number);
  await product.see('待接单');
  await product.see('物业');
  await product.see(/处理 .*18:00 前/);

  expect(await callsDue(product)).toEqual([]);
  for (const n of [1, 2]) await moveTask(product, `${filed.id}/${n}`, 'filed', 'done');
  await product.see('问题解决了吗？');
  expect(await callsDue(product)).toMatchObject([{ request: filed.id, attempt: 1 }]);

  await desk
    .getByRole('tab', { name: '回访' })
    .or(desk.getByRole('link', { name: '回访' }))
    .first()
    .click();
  await desk.getByRole('button', { name: '记录回访' }).click();
  await desk.getByRole('radiogroup', { name: '总体满意度' }).getByText('5').click();
  await desk.getByRole('button', { name: '记录回访' }).click();
  await desk.getByText('没有待回访的客户').waitFor();
  await product.see(/回访：已解决/);
  expect(product.errors).toEqual([]);
}, 150_000);

it('D6 any question on the telephone is noted with its answer clock, and answered', async () => {
  const desk = await openConsole(product, '诉求');
  await desk.getByRole('button', { name: '登记来电' }).click();
  await desk.getByLabel('类型').selectOption('咨询');
  await desk.getByLabel('电话').fill('13900001111');
  await desk.getByLabel('客户说了什么').fill('产权证什么时候办');
  await desk.getByRole('button', { name: '登记', exact: true }).click();
  await desk.getByText('产权证什么时候办').first().waitFor();
  await desk.getByText(/回复 剩/).waitFor();
  await desk.getByRole('button', { name: '答复客户' }).click();
  await desk.getByLabel('给客户的话').fill('明年三月');
  await desk.getByRole('button', { name: '确定 · 答复客户' }).click();
  await desk.getByText('待业主确认').first().waitFor();
  expect(await callsDue(product)).toHaveLength(1);
}, 150_000);
