// D16: the six steps of a repair as the owner's status line, and invalid with its reason.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callsDue, deed, moveTask, openConsole, openRequest, reportLeak } from './owner-hands.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

const passed = (): Promise<string[]> =>
  product.page.locator('.steps .passed span:first-child').allTextContents();

it('D16 the owner sees each of the six steps as it is reached', async () => {
  const filed = await reportLeak(product);
  await openRequest(product, filed.number);
  await eventually(async () => expect(await passed()).toEqual(['受理']));
  await deed(product, filed.id, { kind: 'advance', to: 'inspection', note: '师傅下午三点到' });
  await product.see('师傅下午三点到');
  await eventually(async () => expect(await passed()).toEqual(['受理', '现场查看']));
  await moveTask(product, `${filed.id}/1`, 'filed', 'assigned');
  await eventually(async () => expect(await passed()).toContain('任务分派'));
  await moveTask(product, `${filed.id}/1`, 'assigned', 'working');
  await eventually(async () => expect(await passed()).toContain('任务处理'));
  await moveTask(product, `${filed.id}/1`, 'working', 'done');
  await product.see('问题解决了吗？');
  await eventually(async () => expect(await passed()).toContain('关闭确认'));
  await product.tap('已解决');
  for (let turn = 0; turn < 12; turn += 1) {
    const face = product.page.getByRole('button', { name: '很满意', exact: true });
    const send = product.page.getByRole('button', { name: '确认', exact: true });
    await face.or(send).first().waitFor();
    if (await send.isVisible()) break;
    await face.click();
    // one touch a screen, or one in 0.8 s
    await product.page.locator('kiosk-app:not([busy])').waitFor({ state: 'attached' });
  }
  await product.tap('确认');
  await eventually(async () => expect(await passed()).toEqual(expect.arrayContaining(['回访', '已关闭'])));
  expect(await callsDue(product)).toEqual([]);
}, 150_000);

it('D16 invalid is told with its reason, and the owner may object', async () => {
  const filed = await reportLeak(product);
  const desk = await openConsole(product, '诉求');
  await desk.getByRole('row', { name: new RegExp(filed.number) }).click();
  await desk.getByRole('button', { name: '判为无效' }).click();
  await desk.getByLabel('给客户的话').fill('此处为业主自行改动');
  await desk.getByRole('button', { name: '确定 · 判为无效' }).click();
  await desk.getByText('无效', { exact: true }).first().waitFor();
  await openRequest(product, filed.number);
  await product.see('不受理的原因');
  await product.see('此处为业主自行改动');
  await product.tap('没有解决');
  await product.tap('确认');
  await product.see('处理中');
  expect(product.errors).toEqual([]);
}, 150_000);
