// swipe → points → slip → headquarters, also without a network and through a crash: the promise of the product.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, expectOneCheckIn, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

const balanceOf = async (member: string): Promise<number> =>
  (await product.headquarters<{ points: number }>(`members/${member}`)).points;

/** The newest slip with this masked name and this balance, once it is there. */
async function expectSlip(maskedName: string | null, balance: number): Promise<void> {
  await eventually(async () => {
    const slip = (await product.slips()).find(({ text }) => text.includes(String(balance)));
    expect(slip?.text).toContain(maskedName);
  });
}

/** What became of each slip at last, by its job, as headquarters knows it. */
async function slipEnds(): Promise<Map<unknown, unknown>> {
  const settled = await product.facts('slip-settled');
  return new Map(settled.map(({ body }) => [body['job'], body['outcome']]));
}

/**
 * A crash in the middle of a slip leaves a torn one on the paper. It is never sent again by itself, because nobody knows
 * how much of it can be read; it is said to be unconfirmed, and the person asks for a copy.
 */
async function expectOneSlipOrWarning(maskedName: string, balance: number, jobs: number): Promise<void> {
  await eventually(async () => {
    const ends = [...(await slipEnds()).values()];
    const whole = (await product.slips()).filter(
      ({ text }) => text.includes(maskedName) && text.includes(String(balance)),
    ).length;
    expect(ends).toHaveLength(jobs);
    expect(['printed 1', 'unconfirmed 0', 'unconfirmed 1']).toContain(`${ends.at(-1)} ${whole}`);
  });
}

describe('one swipe', () => {
  it('shows, prints and books exactly once', async () => {
    const { member, maskedName, name } = product.card('wang-fang');
    const before = await balanceOf(member ?? '');
    await product.swipe(name);
    await product.see('已签到');
    await expectSlip(maskedName, before + 20);
    await expectOneCheckIn(product, member ?? '', before + 20);
    const [slip] = await product.slips();
    const picture = await fetch(`${product.demo.lab}${slip?.png}`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('does so without a network, says as of when, and arrives once when the network is back', async () => {
    const { member, maskedName, name } = product.card('li-xiaoming');
    const before = await balanceOf(member ?? '');
    await product.lab('network/cut');
    await product.see('信息截至');
    await product.swipe(name);
    await expectSlip(maskedName, before + 20);
    expect(await balanceOf(member ?? '')).toBe(before);
    await product.lab('network/restore');
    await expectOneCheckIn(product, member ?? '', before + 20);
  });

  it('survives the terminal being killed right after the screen', async () => {
    const { member, maskedName, name } = product.card('chen-yutong');
    const before = await balanceOf(member ?? '');
    await eventually(async () => expect((await slipEnds()).size).toBe(2));
    await product.page.getByRole('button', { name: '完成' }).click();
    await product.swipe(name);
    await product.see('已签到');
    await product.lab('terminal/kill');
    await product.lab('terminal/start');
    await expectOneCheckIn(product, member ?? '', before + 20);
    await expectOneSlipOrWarning(maskedName ?? '', before + 20, 3);
    // the browser in front of the visitor finds its terminal again by itself
    await product.see('轻触屏幕，开始使用');
  });

  it('waits for paper, says so, and prints by itself after the refill', async () => {
    const card = product.cards.filter(({ state }) => state === 'active')[3];
    await product.lab('printer/paper-out');
    await product.see('现在不能打印小票');
    const before = (await product.slips()).length;
    await product.swipe(card?.name ?? '');
    await product.see('打印机就绪后自动打印');
    expect(await product.slips()).toHaveLength(before);
    await product.lab('printer/paper-in');
    await product.see('小票已打印，请取走');
    expect(await product.slips()).toHaveLength(before + 1);
  });

  it('S53 of the help button and the tamper contact are facts too', async () => {
    await product.lab('panel/help');
    await product.see('已通知工作人员');
    await product.lab('panel/tamper-open');
    await eventually(async () => {
      expect(await product.facts('help-requested')).toHaveLength(1);
      expect((await product.facts('panel-tampered')).map(({ body }) => body['open'])).toEqual([true]);
    });
  });

  it('left no error in the page', () => {
    // a killed terminal is a socket that could not be opened, nothing else
    expect(
      product.errors.filter((text) => !/WebSocket connection|ERR_CONNECTION_REFUSED/.test(text)),
    ).toEqual([]);
  });
});
