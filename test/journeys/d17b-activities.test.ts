// D17: headquarters defines an event on the console; members sign up at the terminal, wait, and get the place in order.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk } from './open-desk.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
let desk: Page;
beforeAll(async () => {
  product = await openProduct();
  desk = await openDesk(product);
}, 120_000);
afterAll(() => product?.close());

interface All {
  activities: { name: { zh: string }; sessions: { id: string }[] }[];
}
const sessionOf = async (name: string): Promise<string> => {
  const { activities } = await product.headquarters<All>('activities');
  return activities.find((one) => one.name.zh === name)?.sessions[0]?.id ?? '';
};
const listOf = async (session: string): Promise<Record<string, number | null>> => {
  const { roster } = await product.headquarters<{
    roster: { member: string; waiting: number | null }[];
  }>(`activities/sessions/${session}/roster`);
  return Object.fromEntries(roster.map(({ member, waiting }) => [member, waiting]));
};
/** As `datetime-local` takes it. */
const local = (hours: number): string => {
  const at = new Date(Date.now() + hours * 3_600_000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** From the home page to the event, with card and PIN. */
async function openEvent(card: string): Promise<void> {
  const { name, pin } = product.card(card);
  await product.page.getByRole('button', { name: '活动报名' }).click();
  await product.see('活动报名，请刷会员卡');
  await product.swipe(name);
  await product.enterPin(pin ?? '');
  await product.tap('插花体验');
}
async function end(): Promise<void> {
  await product.tap('结束并清除');
  await product.tap('轻触屏幕，开始使用');
}

describe('D17 activities are definable', () => {
  let session = '';

  it('D17: the console defines an event and a session with one place', async () => {
    await desk.goto(`${product.demo.headquarters}/#/events`);
    await desk.getByRole('button', { name: '新建活动' }).click();
    const event = desk.locator('event-form');
    for (const [name, value] of [
      ['zh', '插花体验'],
      ['en', 'Flowers'],
      ['placeZh', '会所'],
      ['placeEn', 'Clubhouse'],
    ] as const) {
      await event.locator(`input[name=${name}]`).fill(value);
    }
    await event.getByRole('button', { name: '保存' }).click();
    const article = desk.locator('article', { hasText: '插花体验' });
    await article.getByRole('button', { name: '新建场次' }).click();
    const form = desk.locator('session-form');
    for (const [name, value] of [
      ['zh', '下午场'],
      ['en', 'Afternoon'],
      ['opens', local(24)],
      ['ends', local(26)],
      ['quota', '1'],
    ] as const) {
      await form.locator(`input[name=${name}]`).fill(value);
    }
    await form.getByRole('button', { name: '保存' }).click();
    await eventually(async () => {
      session = await sessionOf('插花体验');
      expect(session).not.toBe('');
    });
  });

  it('D17: the first who signs up has the place, the second waits as number 1 and sees it', async () => {
    const [first, second] = [
      product.card('wang-fang').member ?? '',
      product.card('li-xiaoming').member ?? '',
    ];
    await product.tap('轻触屏幕，开始使用');
    await openEvent('wang-fang');
    await product.tap('报名');
    await product.see('您有名额，到时刷卡签到即可。');
    await end();
    await openEvent('li-xiaoming');
    await product.tap('排队候补');
    await product.see('候补第 1 位');
    expect(await listOf(session)).toEqual({ [first]: null, [second]: 1 });
    await end();
  });

  it('D17: when the first leaves, the second has the place', async () => {
    const second = product.card('li-xiaoming').member ?? '';
    await openEvent('wang-fang');
    await product.tap('取消报名');
    await eventually(async () => expect(await listOf(session)).toEqual({ [second]: null }));
    await end();
  });

  it('D17: when it is called off, who has the place sees that at the terminal', async () => {
    const row = desk.locator(`tr[data-session="${session}"]`);
    await row.getByRole('button', { name: /^取消/ }).click();
    await desk.getByText('名单上的 1 位会员会收到短信').waitFor();
    await desk.getByRole('button', { name: '取消这一场' }).click();
    await row.getByText('已取消').waitFor();
    await eventually(async () => {
      const { activities } = await product.headquarters<{
        activities: { sessions: { cancelledAt?: string }[] }[];
      }>('activities');
      expect(activities.flatMap(({ sessions }) => sessions).some(({ cancelledAt }) => cancelledAt)).toBe(
        true,
      );
    });
    await openEvent('li-xiaoming');
    await product.see('这一场取消了');
  });
});
