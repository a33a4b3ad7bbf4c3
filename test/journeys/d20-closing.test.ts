// D20: nothing closes without the owner; three call-backs in the case; solved, partly and not solved told apart.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callsDue, deed, moveTask, openConsole, openRequest, reportLeak } from './owner-hands.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

it('D20 closes only at the third call-back, when the owner agrees; then the owner opens it again', async () => {
  const filed = await reportLeak(product);
  const task = `${filed.id}/1`;
  await expect(deed(product, filed.id, { kind: 'finish' })).rejects.toThrow('409');
  await moveTask(product, task, 'filed', 'working');
  const desk = await openConsole(product, '回访');
  for (const verdict of ['未解决', '部分解决', '已解决']) {
    await moveTask(product, task, 'working', 'done');
    await eventually(async () => expect(await callsDue(product)).toHaveLength(1));
    await desk.getByRole('button', { name: '记录回访' }).click();
    await desk.getByLabel(verdict, { exact: true }).check();
    await desk.getByRole('radiogroup', { name: '总体满意度' }).getByText('3').click();
    await desk.getByRole('button', { name: '记录回访' }).click();
    await desk.getByText('没有待回访的客户').waitFor();
  }
  await openRequest(product, filed.number);
  await product.see('已完成');
  await eventually(async () => expect(await product.page.getByText(/回访：/).count()).toBe(3));

  await product.tap('还没解决，重新打开');
  await product.tap('确认');
  await product.see('处理中');
  const request = await product.headquarters<{ reopened: number; ratings: unknown[] }>(
    `service/requests/${filed.id}`,
  );
  expect(request).toMatchObject({ reopened: 3 });
  expect(request.ratings).toHaveLength(3);
  expect(product.errors).toEqual([]);
}, 150_000);
