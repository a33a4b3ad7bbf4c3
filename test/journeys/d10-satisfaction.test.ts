// D10: a rating at the terminal is tagged on three levels, and headquarters reads it on each of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 180_000);
afterAll(() => product?.close());

interface Results {
  readonly survey: { readonly id: string; readonly answers: number };
  readonly scores: readonly { item: string; level: number; count: number; points: number }[];
}

describe('D10 satisfaction on three levels', () => {
  it('D10: an owner rates satisfaction, engineering and its windows; headquarters counts each on its level', async () => {
    const { see, tap, enterPin, card, headquarters } = product;
    const { items } = await headquarters<{ items: { code: string; level: number; parent: string | null }[] }>(
      'satisfaction-items',
    );
    expect(new Set(items.map(({ level }) => level))).toEqual(new Set([1, 2, 3]));
    const { survey } = await headquarters<Results>('surveys', {
      name: { zh: '年度满意度调查', en: 'Yearly survey' },
      project: null,
      opensAt: new Date(Date.now() - 60_000).toISOString(),
      endsAt: new Date(Date.now() + 86_400_000).toISOString(),
      audience: 'everybody',
      items: ['satisfaction', 'engineering', 'engineering-windows'],
    });
    await tap('轻触屏幕，开始使用');
    await tap(/请您说一说：年度满意度调查/);
    await see('填写问卷，请刷会员卡');
    await product.swipeForPin('wang-fang');
    await enterPin(card('wang-fang').pin ?? '');
    await tap('开始作答');
    await see('您对“总体满意度”满意吗？');
    await tap('很满意');
    await see('您对“工程质量”满意吗？');
    await tap('一般');
    await see('您对“门窗”满意吗？');
    await tap('很不满意');
    await tap('提交评价');
    await see('谢谢您');
    await tap('完成');
    await eventually(async () => {
      const { scores } = await headquarters<Results>(`surveys/${survey.id}`);
      expect(scores.map(({ item, level, points }) => [item, level, points])).toEqual([
        ['satisfaction', 1, 5],
        ['engineering', 2, 3],
        ['engineering-windows', 3, 1],
      ]);
    });
    expect(product.errors).toEqual([]);
  });
});
