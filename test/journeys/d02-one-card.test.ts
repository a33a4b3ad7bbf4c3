// D2 蓝光 重复发卡: "already a member?" before any card; two terminals offline still come to one card, points once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { finishWithStaff, type Hands, openPoints, tellPhone, tellWho } from './join-hands.ts';
import { eventually, openProduct, type Product, portrait } from './product.ts';
import { openSecondTerminal, type SecondTerminal } from './second-terminal.ts';

const phone = '13900001357';
const pin = '2580';

let product: Product;
let door: SecondTerminal;
let first: Hands;
let second: Hands;
beforeAll(async () => {
  product = await openProduct();
  door = await openSecondTerminal(product);
  first = { page: product.page, swipe: (name) => product.swipe(name) };
  const browser = product.page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  const page = await browser.newPage({ viewport: portrait, hasTouch: true, reducedMotion: 'reduce' });
  page.setDefaultTimeout(25_000);
  await page.goto(door.kiosk);
  const blank = { ...product.card('unknown'), name: 'blank', number: '01DE0DB1A2', uid: '040DB1A2' };
  second = { page, swipe: (name) => door.swipe(name === 'blank' ? blank : product.card(name)) };
}, 180_000);
afterAll(async () => {
  await door?.close();
  await product?.close();
});

interface Found {
  readonly id: string;
  readonly cards: readonly string[];
}
interface Member {
  readonly id: string;
  readonly cards: readonly { readonly state: string }[];
  readonly merged: readonly { readonly why: string }[];
}

it('D2 two terminals without a line give one person a card each: one stays, the points count once, the other card says so', async () => {
  await product.lab('network/cut');
  door.cut();
  for (const hands of [first, second]) {
    const blank = hands === first ? 'unknown' : 'blank';
    await tellWho(hands, phone, ['zhou', 'li']);
    await finishWithStaff(hands, pin, blank);
    await openPoints(hands, blank, pin);
  }
  door.restore();
  await product.lab('network/restore');
  let member: Member | undefined;
  await eventually(async () => {
    const { persons } = await product.headquarters<{ persons: Found[] }>(`persons?q=${phone}`);
    expect(persons).toHaveLength(1);
    member = await product.headquarters<Member>(`club/members/${persons[0]?.id}`);
    expect(member.merged).toHaveLength(1);
    expect(member.cards.map(({ state }) => state).sort()).toEqual(['active', 'replaced']);
  });
  const account = await product.headquarters<{ balance: number; lines: { item: string }[] }>(
    `points/members/${member?.id}`,
  );
  expect(account.balance).toBe(10);
  // of the two who joined the first stays, so the card of the second terminal is the replaced one
  await eventually(async () => {
    await second.swipe('blank');
    await second.page.getByText('这张卡已换成新卡').first().waitFor({ timeout: 3_500 });
  });
}, 150_000);

it('D2 whoever joins again is refused before any card, and told on screen and paper how to get the old one back', async () => {
  await tellPhone(second, phone);
  await second.page.getByText('您已经是会员了').waitFor();
  await second.page.getByText('139****1357').first().waitFor();
  await tellPhone(first, phone);
  await product.see('您已经是会员了');
  await eventually(async () => {
    const slips = await product.slips();
    expect(slips.some(({ text }) => text.includes('找回会员卡的方法'))).toBe(true);
  });
  await product.tap('我的卡丢了，换新卡');
  await product.see('请输入验证码');
  await eventually(async () => expect(await product.facts('join-refused')).not.toEqual([]));
  expect(product.errors).toEqual([]);
}, 60_000);
