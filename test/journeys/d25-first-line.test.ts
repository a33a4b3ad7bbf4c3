// D25: the first line solves; headquarters hands over to another port and follows; nobody closes a task twice.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callsDue, moveTask, openConsole, openRequest, reportLeak } from './owner-hands.ts';
import { openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

it('D25 a task is handed to another port, whose column it is in; two who close it: the second is told', async () => {
  const li = { account: 'li-gong', name: '李工', roles: ['port'], ports: ['design'] };
  await product.headquarters('accounts', { ...li, password: 'first-password-1' });
  const filed = await reportLeak(product);
  const desk = await openConsole(product, '任务板');
  const task = desk.locator(`[data-task="${filed.number}/1"]`);
  await task.getByRole('button', { name: '调整' }).click();
  await task.getByLabel('端口').selectOption('设计');
  await task.getByLabel('负责人').selectOption('李工');
  await task.getByRole('button', { name: '保存' }).click();
  await task.getByText('设计 · 李工').waitFor();
  await openRequest(product, filed.number);
  await product.see('设计');

  // somebody else is quicker by one look at the board
  await desk.route('**/api/service/tasks*', (route) => route.abort());
  await moveTask(product, `${filed.id}/1`, 'filed', 'done');
  await task.getByRole('button', { name: '已完成' }).click();
  await desk.getByText('这个任务已被别人关闭').waitFor();
  await product.see('问题解决了吗？');
}, 150_000);

it('D25 the service desk closes at once when the owner agrees on the telephone', async () => {
  const filed = await reportLeak(product);
  const desk = await openConsole(product, '诉求');
  await desk.getByRole('row', { name: new RegExp(filed.number) }).click();
  await desk.getByRole('button', { name: '客户电话同意，关闭' }).click();
  await desk.getByRole('radiogroup', { name: '总体满意度' }).getByText('5').click();
  await desk.getByLabel('给客户的话').fill('已教业主复位阀门');
  await desk.getByRole('button', { name: '确定 · 客户电话同意，关闭' }).click();
  await desk.getByText('已解决').first().waitFor();
  await openRequest(product, filed.number);
  await product.see('已完成');
  await product.see('已教业主复位阀门');
  expect((await callsDue(product)).filter(({ request }) => request === filed.id)).toEqual([]);
  expect(product.errors).toEqual([]);
}, 150_000);
