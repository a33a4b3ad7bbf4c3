// The lab's two experiments with devices, and a change of reader and printer, through the shipped programs and a real screen.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabShelf, LabState } from '../simulators/lab/lab-view.ts';
import { eventually, expectOneCheckIn, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

const fetched = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${product.demo.lab}/api/${path}`)).json()) as T;
const isHeard = (): Promise<void> =>
  eventually(async () => expect((await fetched<LabState>('state')).reader.isConnected).toBe(true));
const balanceOf = async (member: string | null): Promise<number> =>
  (await product.headquarters<{ points: number }>(`members/${member}`)).points;

describe('a roll that ends in the middle of a slip', () => {
  it('is said on the screen, and after the refill there is exactly one whole slip', async () => {
    const { member, maskedName, name } = product.card('wang-fang');
    const before = await balanceOf(member);
    await product.lab('printer/next-slip-paper-out');
    await product.swipe(name);
    await product.see('打印机缺纸');
    expect(await product.slips()).toHaveLength(0);
    await product.lab('printer/paper-in');
    await product.see('小票已打印，请取走');
    await expectOneCheckIn(product, member ?? '', before + 20);
    const slips = await product.slips();
    expect(slips).toHaveLength(1);
    expect(slips[0]?.text).toContain(maskedName);
    expect(slips[0]?.text.split(String(before + 20))).toHaveLength(2);
  });

  it('prints nothing more with the next slip', async () => {
    await product.swipe('li-xiaoming');
    await eventually(async () => expect(await product.slips()).toHaveLength(2));
  });
});

describe('a reader whose cable is loose', () => {
  it('is said on the screen, and goes when it is put back', async () => {
    await product.tap('完成');
    await product.lab('reader/unplug');
    await product.see('现在不能刷卡');
    await product.lab('reader/plug');
    await product.page.getByText('现在不能刷卡').first().waitFor({ state: 'detached' });
    await isHeard();
    const { member, name } = product.card('chen-yutong');
    const before = await balanceOf(member);
    await product.swipe(name);
    await product.see('已签到');
    await expectOneCheckIn(product, member ?? '', before + 20);
  });
});

describe('another device on the bench', () => {
  it('a stripe reader knows the same member by the same card, and refuses a bank card', async () => {
    await product.lab('shelf/reader/magtek');
    await isHeard();
    await product.swipe('wang-fang');
    await product.see('您已经签过到了');
    await product.lab('reader/bank-card');
    await product.see('这像是一张银行卡');
  });

  it('the narrowest readers know it too', async () => {
    for (const reader of ['wiegand-26', 'keyboard-6h8d']) {
      await product.lab(`shelf/reader/${reader}`);
      await isHeard();
      await product.swipe('wang-fang');
      await product.see('您已经签过到了');
    }
  });

  it('a 58 mm printer without cutter prints as wide as its paper, and a hand tears it off', async () => {
    const narrow = (await fetched<LabShelf>('shelf')).printers.find(
      ({ columns, hasCutter }) => columns === 32 && !hasCutter,
    );
    await product.lab(`shelf/printer/${narrow?.id}`);
    await isHeard();
    const card = product.cards.filter(({ state }) => state === 'active')[3];
    const before = (await product.slips()).length;
    await product.swipe(card?.name ?? '');
    await eventually(async () => expect(await product.slips()).toHaveLength(before + 1));
    const text = (await product.slips()).at(-1)?.text ?? '';
    expect(Math.max(...text.split('\n').map((line) => (/^-+$/.test(line) ? line.length : 0)))).toBe(32);
  });
});
