// The four journeys by finger in a real browser, against the shipped terminal and headquarters, from attract to done.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

const attract = '轻触屏幕，开始使用';

describe('a visitor', () => {
  it('goes from the projects to a home and takes its slip along', async () => {
    const { see, tap, page } = product;
    await tap(attract);
    await tap(/看房/);
    await see('预售许可证');
    await tap(/四季花城/);
    await see('不利因素公示');
    await tap(/米兰苑/);
    await see('预售许可证');
    await page.getByRole('button', { name: /^可售/ }).click();
    await page
      .getByRole('button', { name: / 可售，/ })
      .first()
      .click();
    await see('总价');
    await tap('打印小票');
    await see('小票已打印，请取走');
    const slip = (await product.slips()).at(-1)?.text;
    expect(slip).toContain('四季花城');
    expect(slip).toContain('不利因素公示');
    expect(slip).toMatch(/\[QR /);
    await eventually(async () => expect(await product.facts('unit-taken-home')).toHaveLength(1));
    await tap('首页');
    await see('您好，需要办理什么？');
  });

  it('sees what headquarters approved, and nothing that is pending', async () => {
    const { tap, page } = product;
    const building = await buildingNamed('米兰苑');
    const { units } = await product.headquarters<{
      units: {
        approved: { id: string; number: string; state: string };
        pending: { state: string | null } | null;
      }[];
    }>(`board/units?building=${building}`);
    // proposed by somebody else: nobody approves a change of their own
    const unit = units.find(
      ({ approved, pending }) => approved.state === 'available' && pending?.state === 'sold',
    )?.approved;
    if (!unit) throw new Error('nothing is for sale');
    await tap(/看房/);
    await tap(/四季花城/);
    await tap(/米兰苑/);
    const tile = page.getByRole('button', { name: new RegExp(`^${unit.number} `) });
    await tile.waitFor();
    expect(await tile.getAttribute('aria-label')).toContain('可售');
    await product.headquarters('board/publish', { units: [unit.id] });
    await eventually(async () => expect(await tile.getAttribute('aria-label')).toContain('已售'));
    await tap('首页');
  });
});

async function buildingNamed(name: string): Promise<string | undefined> {
  const { projects } = await product.headquarters<{
    projects: { buildings: { id: string; name: { zh: string } }[] }[];
  }>('board');
  return projects.flatMap(({ buildings }) => buildings).find((each) => each.name.zh.includes(name))?.id;
}

describe('a member', () => {
  it.each([
    ['blocked', '这张卡已停用'],
    ['lost', '这张卡已挂失'],
    ['expired', '这张卡已过有效期'],
    ['not-on-list', '本场名单上没有您'],
    ['wrong-day', '您的场次不是今天'],
    ['unknown', '这张卡还没有登记'],
  ])('with a card that is %s is told so', async (state, title) => {
    await product.swipe(state);
    await product.see(title);
    await product.tap('知道了');
    await product.see(attract);
  });

  it('swipes, is checked in, and is told so the second time', async () => {
    const { maskedName, name } = product.card('wang-fang');
    await product.swipe(name);
    await product.see(`${maskedName}，欢迎您`);
    await product.see('小票已打印，请取走');
    await product.tap('完成');
    await eventually(async () => {
      await product.swipe(name);
      await product.page.getByText('您已经签过到了').waitFor({ timeout: 1_000 });
    });
    await product.tap('补打小票');
    await eventually(async () => expect((await product.slips()).at(-1)?.text).toContain('补打 1'));
    await product.tap('知道了');
    await product.tap(attract);
  });

  it('sees points and ledger behind the PIN, and nothing before it', async () => {
    const { name, pin } = product.card('wang-fang');
    await product.tap(/我的积分/);
    await product.see('查看积分，请刷会员卡');
    await product.swipeForPin(name);
    expect(await product.page.getByText('积分余额').count()).toBe(0);
    await product.enterPin('0000');
    await product.see(/密码不正确/);
    await product.enterPin(pin ?? '');
    await product.see('积分流水');
    await product.see(/签到/);
    await product.tap('结束并清除');
    await product.see(attract);
  });
});

describe('an owner', () => {
  it('reports the 四季花城 example by taps alone and follows it to done', async () => {
    const { tap, see, card, enterPin } = product;
    const { name, pin } = card('wang-fang');
    await tap(attract);
    await tap(/^报修/);
    await see('报修，请刷会员卡');
    await product.swipeForPin(name);
    await enterPin(pin ?? '');
    for (const choice of ['卫生间', '天花', '渗漏', '下水管周围渗漏']) await chooseIfAsked(choice);
    await see('四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏');
    await tap('提交报修');
    await see('已受理，请记住编号');
    await see('小票已打印，请取走');
    const slip = (await product.slips()).at(-1)?.text ?? '';
    const number = /H01-\d{6}/.exec(slip)?.[0];
    expect(slip.replace(/\s/g, '')).toContain('四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏');

    const filed = await eventuallyRequest(number);
    expect(filed.tasks[0]?.label.zh).toBe('四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏');
    const deeds = `service/requests/${filed.id}/deeds`;
    await product.headquarters(deeds, { kind: 'advance', to: 'handling', note: '师傅已出发' });
    const ratings = [{ item: 'satisfaction', score: 5 }];
    await product.headquarters(deeds, { kind: 'consent', ratings });
    await tap('查看我的诉求');
    await tap(new RegExp(number ?? 'no number'));
    await see('已完成');
    await see('师傅已出发');
    await tap('结束并清除');
    await see(attract);
  });

  /** A member with one home is not asked which; a long list may need paging. */
  async function chooseIfAsked(choice: string): Promise<void> {
    const { page } = product;
    const button = page.getByRole('button', { name: choice, exact: true });
    for (let turn = 0; turn < 6; turn += 1) {
      const isThere = await button.waitFor({ timeout: 1_500 }).then(
        () => true,
        () => false,
      );
      if (isThere) return button.click();
      const next = page.getByRole('button', { name: '下一页' });
      if (!(await next.isEnabled({ timeout: 300 }).catch(() => false))) return;
      await next.click();
    }
  }

  async function eventuallyRequest(number: string | undefined) {
    type Filed = { id: string; number: string; tasks: { label: { zh: string } }[] };
    let found: Filed | undefined;
    await eventually(async () => {
      const { requests } = await product.headquarters<{ requests: Filed[] }>('requests');
      found = requests.find((each) => each.number === number);
      expect(found).toBeDefined();
    });
    if (!found) throw new Error('headquarters has no such request');
    return found;
  }
});

describe('the page', () => {
  it('left no error', () => {
    expect(product.errors).toEqual([]);
  });
});
