// What headquarters orders reaches the screen in the hall, also over a cut network and a restart; what is over does not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

const hour = 3_600_000;

const order = async (kind: string, body: object, expiresInMs = hour): Promise<string> =>
  (await product.headquarters<{ batch: string }>('orders', { terminals: 'all', kind, body, expiresInMs }))
    .batch;
const notice = (zh: string): object => ({
  words: { zh, en: `Notice: ${zh}` },
  until: new Date(Date.now() + hour).toISOString(),
});
const stateOf = async (batch: string): Promise<unknown> =>
  (await product.headquarters<{ orders: { state: string }[] }>(`orders/${batch}`)).orders.map(
    ({ state }) => state,
  );
const stepsOf = async (): Promise<unknown[]> =>
  (await product.facts('order-progressed')).map(({ body }) => body['state']);

describe('orders', () => {
  it('OR2: a notice is on the waiting screen within moments, in the language shown, and can be taken down', async () => {
    const batch = await order('show-notice', notice('今晚十八点闭馆'));
    await product.see('今晚十八点闭馆');
    await eventually(async () => expect(await stateOf(batch)).toEqual(['done']));
    await order('forget-notice', { notice: batch });
    await product.page.getByText('今晚十八点闭馆').waitFor({ state: 'detached' });
    await eventually(async () =>
      expect(await stepsOf()).toEqual(['received', 'running', 'done', 'received', 'running', 'done']),
    );
  });

  it('OR3 OR4: one that was ordered while the terminal was away appears when it is back, an expired one never', async () => {
    await product.lab('network/cut');
    await product.see('信息截至');
    const expired = await order('show-notice', notice('过期的通知'), 1_000);
    const kept = await order('show-notice', notice('停电之前请存车'));
    expect(await stateOf(kept)).toEqual(['queued']);
    await eventually(async () => expect(await stateOf(expired)).toEqual(['expired']));
    await product.lab('network/restore');
    await product.see('停电之前请存车');
    await eventually(async () => expect(await stateOf(kept)).toEqual(['done']));
    expect(await stateOf(expired)).toEqual(['expired']);
    expect(await product.page.getByText('过期的通知').count()).toBe(0);
  });

  it('OR2: a test page is done when it is on paper, and waits for paper until then', async () => {
    await product.lab('printer/paper-out');
    const batch = await order('print-test-page', {});
    await eventually(async () => expect(await stateOf(batch)).toEqual(['running']));
    await product.lab('printer/paper-in');
    await eventually(async () => expect(await stateOf(batch)).toEqual(['done']));
    expect((await product.slips()).filter(({ text }) => text.includes('打印测试'))).toHaveLength(1);
  });

  it('OR3: a restart happens once, is done in the new run, and the notice still stands', async () => {
    const started = (await product.facts('terminal-started')).length;
    const batch = await order('restart-terminal', {});
    await eventually(async () => expect(await stateOf(batch)).toEqual(['done']), 30_000);
    expect(await product.facts('terminal-started')).toHaveLength(started + 1);
    await product.see('停电之前请存车');
    const anew = await order('take-datasets', { datasets: ['board', 'members'] });
    const again = await order('re-send-facts', {});
    await eventually(async () => expect(await stateOf(anew)).toEqual(['done']), 30_000);
    await eventually(async () => expect(await stateOf(again)).toEqual(['done']));
  });

  it('OR5: the points page says when the balance was true, and is checked with headquarters', async () => {
    const { name } = product.card('wang-fang');
    await product.page.getByRole('button', { name: '轻触屏幕，开始使用' }).click();
    await product.tap(/^我的积分/);
    await product.swipe(name);
    await product.see('请输入密码');
    await product.enterPin(product.card('wang-fang').pin ?? '');
    await product.see(/已与总部核对/);
  });

  it('OR5: a card that nobody knows is asked about, and refused once', async () => {
    await product.tap('结束并清除');
    const before = (await product.facts('card-refused')).length;
    const unknown = product.cards.find(({ state }) => state === 'unknown');
    await product.swipe(unknown?.name ?? '');
    await product.see('这张卡还没有登记');
    await eventually(async () => expect(await product.facts('card-refused')).toHaveLength(before + 1));
  });
});
