// Points of purchases and of who brought the buyer, by hand and by themselves (D11 D17), on both stores.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardToken, MemberId } from '../../../../sync/contract/ids.ts';
import type { DeveloperFile } from '../../../../sync/headquarters/developer-file.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, send } from '../world.ts';
import { blank, issued, joined, newMember } from './joining-facts.ts';
import { li, m1, m2, type PointsWorld, pointsWorld } from './points-world.ts';

let world: PointsWorld;
const w = (zh: string) => ({ zh, en: zh });
const stages = ['subscription', 'signing', 'mortgage', 'registration', 'title'] as const;
type Sales = NonNullable<DeveloperFile['sales']>;
const purchase = (id: string, member: string, total = 267_000_000): Sales['purchases'][number] => ({
  ...{ id, member, unit: 'milan-301', project: 'siji', label: w('四季花城米兰苑301') },
  stage: 'subscription',
  reached: stages.map((stage) => ({ stage, on: stage === 'subscription' ? '2025-11-01' : null })),
  ...{ payment: w('分期'), total, paid: 0, plan: [] },
  ...{ nextDocument: null, handedOverOn: null, warrantyUntil: null },
});
const sell = (...purchases: readonly Sales['purchases'][number][]) =>
  world.sales.purchases.import(purchases as never, 'lin');
const move = (stage: (typeof stages)[number], on: string, id = 'p1') =>
  world.sales.purchases.move(id, { stage, on }, 'lin');
const cardOf = async (member: string): Promise<CardToken> => {
  const row = await world.store.db
    .selectFrom('card')
    .select('token')
    .where('member', '=', member)
    .executeTakeFirstOrThrow();
  return row.token as CardToken;
};
/** Brought by a card. */
const brought = (member: string, referrer: string, about: object = {}) => {
  const { kind, body } = joined(member, { phone: '13900000077', ...about });
  return { kind, body: { ...body, referrer } };
};

describe.each(storeKinds)('points of purchases on %s', (kind) => {
  beforeEach(async () => {
    world = await pointsWorld(kind);
  });
  afterEach(() => world.remove());

  it('D17 CL30 purchase points come with the signature, go when it was a mistake, and come back with the right one', async () => {
    await sell(purchase('p1', 'm1'));
    expect((await world.rowOf(m1)).balance).toBe(190);
    expect(await move('signing', '2025-11-20')).toBe('done');
    expect((await world.rowOf(m1)).balance).toBe(190 + 2_670);
    await move('subscription', '2025-11-20');
    expect((await world.rowOf(m1)).balance).toBe(190);
    await move('signing', '2025-11-21');
    await move('mortgage', '2025-11-21');
    expect([(await world.rowOf(m1)).balance, await world.sumOf(m1)]).toEqual([2_860, 2_860]);
  });

  it('D17 CL30 a changed price corrects the points, and what the desk took back stays so', async () => {
    const signed = (total: number) => ({
      ...purchase('p1', 'm1', total),
      stage: 'signing' as const,
      reached: stages.map((stage, n) => ({ stage, on: n < 2 ? `2025-11-0${n + 1}` : null })),
    });
    await sell(signed(267_000_000));
    await sell(signed(267_000_000));
    expect((await world.rowOf(m1)).balance).toBe(190 + 2_670);
    await sell(signed(300_000_000));
    await sell(signed(300_000_000));
    expect((await world.rowOf(m1)).balance).toBe(190 + 3_000);
    const [line] = (await world.linesOf(m1)).filter(({ points }) => points === 3_000);
    const because = { id: 'r1', at: world.clock.toISOString(), reason: w('员工价'), by: 'li' };
    await world.store.transaction((tx) => world.ledger.reverse(tx, line?.id ?? '', because));
    await sell(signed(300_000_000));
    expect(await world.sumOf(m1)).toBe(190);
  });

  it('D17 CL30 who brought somebody earns when they subscribe, once for each person, whichever is heard of last', async () => {
    const [early, late] = [newMember(), newMember()];
    await send(world, [fact(1, brought(early, await cardOf('m2')))]);
    await sell(purchase('p1', early), { ...purchase('p2', early), unit: 'milan-302' });
    expect((await world.rowOf(m2)).balance).toBe(690);
    // bought as somebody whom the club knows only later, by the card of somebody it knows later still
    await send(world, [
      fact(2, { kind: 'interest-noted', body: { project: 'siji', unit: null, member: late } }),
    ]);
    await send(world, [fact(3, { kind: 'person-proven', body: { member: late, purpose: 'points' } })]);
    await sell(purchase('p3', late));
    const bringer = newMember();
    await send(world, [fact(4, brought(late, blank(9), { name: '钱进', phone: '13900000078' }))]);
    await world.awards.purchases.bookOwed();
    await send(world, [
      fact(5, joined(bringer, { name: '孙安', phone: '13900000079' })),
      fact(6, issued(bringer, blank(9), null, 'first')),
    ]);
    await world.awards.purchases.bookOwed();
    await world.awards.purchases.bookOwed();
    expect(await world.rowOf(bringer)).toMatchObject({ balance: 500, level: 'silver' });
    expect([(await world.rowOf(m2)).balance, await world.sumOf(m2)]).toEqual([690, 690]);
  });

  it('D17 CL30 nobody brings themselves, also when it is known only later that two are one', async () => {
    const again = newMember();
    await send(world, [fact(1, brought(again, await cardOf('m1'), { name: '张明', phone: '13812341234' }))]);
    await sell(purchase('p1', 'm1'));
    await world.awards.purchases.bookOwed();
    expect((await world.rowOf(m1)).balance).toBe(190);
  });

  it('D17 CL27 what is booked by hand is booked once a click, for members that there are, by items of the rules', async () => {
    const book = (booking: Parameters<typeof world.awards.bookByHand>[1], member: MemberId = m1) =>
      world.awards.bookByHand(member, booking, li);
    await sell(purchase('p1', 'm2'));
    const manual = { item: 'manual', points: 5, reason: '志愿者', id: 'click-1' } as const;
    expect([await book(manual), await book(manual)]).toEqual(['booked', 'booked-before']);
    expect(await book({ item: 'purchase', purchase: 'p1', amount: 100_000_000 })).toBe('not-their-purchase');
    expect(await book({ item: 'referral', referred: 'm1' })).toBe('own-referral');
    expect(await book({ item: 'referral', referred: 'm9' })).toBe('unknown-referred');
    expect(await book({ item: 'referral', referred: 'm2' })).toBe('booked');
    expect(await book({ item: 'rule', code: 'visit' })).toBe('booked-by-itself');
    expect(await book({ item: 'rule', code: 'volunteer' })).toBe('nothing-earned');
    const items = [
      ...(await world.rulesWith({})).items,
      { code: 'volunteer', name: w('志愿者'), points: 30, perFen: null },
    ];
    await world.rules.draft(await world.rulesWith({ items }), null, li);
    await world.rules.publish({ account: 'wang' });
    const rule = { item: 'rule', code: 'volunteer', id: 'click-2' } as const;
    expect([await book(rule), await book(rule)]).toEqual(['booked', 'booked-before']);
    expect((await world.rowOf(m1)).balance).toBe(190 + 5 + 500 + 30);
    const noted = (await world.audit.list({ limit: 50 })).filter(({ what }) => what === 'points-booked');
    expect(noted.map(({ detail }) => detail['item'])).toEqual(['volunteer', 'referral', 'manual']);
  });

  it('CL27 a second click gives no second gift, an ended gift is given to nobody, one comes back from whoever has the points', async () => {
    const gift = { id: 'tea', name: w('龙井'), cost: 50, stock: 5, isEnded: false };
    await world.redemptions.putGift(gift, li);
    const redeem = (id: string) => world.redemptions.redeem('tea', m2, li, id);
    expect([await redeem('r1'), await redeem('r1')]).toEqual(['redeemed', 'redeemed-before']);
    await world.redemptions.putGift({ ...gift, isEnded: true }, li);
    expect(await redeem('r2')).toBe('gift-ended');
    expect(await world.redemptions.gifts()).toMatchObject([{ id: 'tea', isEnded: true }]);
    // and became another, who became another
    const between = newMember();
    await send(world, [fact(1, joined(between))]);
    const because = { at: world.clock.toISOString(), reason: w('合并'), by: null };
    await world.store.transaction((tx) => world.ledger.merge(tx, m2, between, because));
    await world.store.transaction((tx) => world.ledger.merge(tx, between, m1, because));
    expect(await world.redemptions.undo('r1', li)).toBe('undone');
    expect(await world.sumOf(m1)).toBe(380);
  });
});
