// D12: a complaint stays private until headquarters answers it in public, without the name and after a second look; executives read of it daily.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk } from './open-desk.ts';
import { eventually, openProduct, type Product } from './product.ts';
import { type SecondPerson, signInAs } from './second-person.ts';

let product: Product;
let desk: Page;
let colleague: SecondPerson;
beforeAll(async () => {
  product = await openProduct();
  colleague = await signInAs(product, 'chen-li', ['manager', 'executive']);
  desk = await openDesk(product);
}, 180_000);
afterAll(() => product?.close());

const name = '王芳';
const said = `${name}反映：地下车库雨季返潮，请除湿`;
const question = '地下车库雨季返潮，什么时候除湿？';

describe('D12 moderated public answers and the daily digest', () => {
  it('D12: shows nothing at the terminal until a second person has looked', async () => {
    const { see, tap, card, headquarters } = product;
    await headquarters('service/requests', {
      request: 'complaint',
      member: card('wang-fang').member,
      phone: null,
      project: 'siji',
      unit: null,
      text: said,
      mayPublish: true,
    });
    await tap('轻触屏幕，开始使用');
    await tap('业主问答');
    await see('还没有公开的问答');
    await desk.getByRole('link', { name: '公开问答' }).click();
    await desk.getByRole('button', { name: '写公开问答' }).click();
    await desk.getByLabel(/问题（英文）/).fill('When will the damp garage be dried?');
    await desk.getByLabel(/回答（中文）/).fill('十二月十日前完成除湿和修补。');
    await desk.getByLabel(/回答（英文）/).fill('By 10 December.');
    // the name is still in it
    await desk.getByRole('button', { name: '存为待审稿' }).click();
    await desk.getByText(/能认出提问人/).waitFor();
    await desk.getByLabel(/问题（中文/).fill(question);
    await desk.getByRole('button', { name: '存为待审稿' }).click();
    await desk.getByText('须由另一位同事审核').waitFor();
    await see('还没有公开的问答');
  });

  it('D12: is read at the terminal in large letters, without the name, and withdrawn', async () => {
    const { see, tap, page } = product;
    type Listed = { answers: { id: string; state: string }[] };
    const { answers } = await colleague.headquarters<Listed>('public-answers');
    const id = answers.find(({ state }) => state === 'draft')?.id;
    await expect(product.headquarters(`public-answers/${id}/publish`, {})).rejects.toThrow('409');
    await colleague.headquarters(`public-answers/${id}/publish`, {});
    await tap(new RegExp(question));
    await see('十二月十日前完成除湿和修补。');
    expect(await page.content()).not.toContain(name);
    await colleague.headquarters(`public-answers/${id}/withdraw`, {});
    await eventually(async () => expect(await page.getByText(question).count()).toBe(0));
    expect(product.errors).toEqual([]);
  });

  it('D12: executives read the day on the console', async () => {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await desk.getByRole('link', { name: '每日摘要' }).click();
    await desk.getByLabel('日期').fill(today);
    await desk.getByText('受理', { exact: true }).first().waitFor();
    const { text } = await colleague.headquarters<{ text: { zh: string } }>(`digest?day=${today}`);
    expect(text.zh).toContain('受理：投诉 1');
    expect(text.zh).not.toContain(name);
  });
});
