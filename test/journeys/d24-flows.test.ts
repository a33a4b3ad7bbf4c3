// D24: each kind of request goes its own way, at the desk and on the owner's status line.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callsDue, deed, openOwn, owner } from './owner-hands.ts';
import { openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

const ways = {
  repair: ['受理', '现场查看', '任务分派', '任务处理', '关闭确认', '回访'],
  selfCheckRepair: ['登记', '任务分派', '整改', '复验', '关闭确认', '回访'],
  complaint: ['受理', '调查核实', '任务分派', '处理', '关闭确认', '回访'],
  enquiry: ['受理', '答复', '确认答复', '回访'],
  praise: ['收到', '转达本人', '致谢', '回访'],
  handover: ['交付接待', '现场验房', '任务分派', '整改处理', '复验', '关闭确认', '交付回访'],
} as const;

it('D24 eight flows: six that people come with, two that call them back', async () => {
  const { member } = product.card(owner);
  const numbers = new Map<string, string>();
  for (const request of Object.keys(ways)) {
    const told = { request, member, phone: null, project: null, unit: null, text: `说的是${request}` };
    const made = await product.headquarters<{ id: string; number: string }>('service/requests', told);
    numbers.set(request, made.number);
    await deed(product, made.id, { kind: 'finish' });
  }
  const calls = await callsDue(product);
  expect(calls.map(({ kind }) => kind).sort()).toEqual([
    ...Array(5).fill('callCentreCallback'),
    'handoverCallback',
  ]);
  await openOwn(product, /^我的诉求/);
  for (const [kind, steps] of Object.entries(ways)) {
    await product.tap(new RegExp(numbers.get(kind) ?? 'none'));
    await product.see('办理环节');
    expect(await product.page.locator('.steps li span:first-child').allTextContents()).toEqual([
      ...steps,
      '已关闭',
    ]);
    await product.tap('返回');
    await product.see('我的诉求');
  }
  expect(product.errors).toEqual([]);
}, 150_000);
