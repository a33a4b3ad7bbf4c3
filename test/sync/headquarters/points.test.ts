// Points at headquarters: visits, batches, expiry, rules with versions, gifts and merging, on both stores (CL20–CL29).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemberId } from '../../../sync/contract/ids.ts';
import { defaultRules, standingOf } from '../../../sync/contract/points.ts';
import { pointsAccount } from '../../../sync/headquarters/club/points-desk.ts';
import { li, m1, m2, type PointsWorld, pointsWorld, reason, visit, wang } from './club/points-world.ts';
import { storeKinds } from './store-kinds.ts';
import { checkIn, fact, send } from './world.ts';

let world: PointsWorld;
const rowOf = (id: MemberId) => world.rowOf(id);
const linesOf = (id: MemberId) => world.linesOf(id);
const sumOf = (id: MemberId) => world.sumOf(id);
const award = (member: MemberId, points: number) => world.award(member, points);

describe.each(storeKinds)('points on %s', (kind) => {
  beforeEach(async () => {
    world = await pointsWorld(kind);
  });
  afterEach(() => world.remove());

  it('D17 CL25 a visit earns once a day and project, whoever tells of it and however often', async () => {
    const day = '2025-11-21T02:00:00.000Z';
    const repeated = fact(1, visit('m1', day));
    await send(world, [repeated, fact(2, visit('m1', '2025-11-21T07:00:00.000Z'))]);
    await send(world, [repeated]);
    await send(world, [fact(1, visit('m1', day)), fact(2, visit('m1', day, null))], 'hall-2');
    expect(await rowOf(m1)).toMatchObject({ balance: 200, earned: 200, level: 'silver' });
    await send(world, [fact(3, visit('m1', '2025-11-20T02:00:00.000Z')), fact(4, visit('m1', day, 'other'))]);
    expect((await rowOf(m1)).balance).toBe(220);
  });

  it('D5 D17 CL26 when a session ends its points are added by themselves, once, also for whoever is told of later', async () => {
    await send(world, [fact(1, checkIn('m1'))]);
    await world.batches.bookEnded();
    expect((await rowOf(m1)).balance).toBe(210);
    world.clock = new Date('2025-11-21T16:00:00.000Z');
    await world.batches.bookEnded();
    await world.batches.bookEnded();
    expect((await rowOf(m1)).balance).toBe(215);
    await send(world, [fact(1, checkIn('m2'))], 'hall-2');
    await world.batches.bookEnded();
    expect([(await rowOf(m1)).balance, (await rowOf(m2)).balance]).toEqual([215, 215]);
    expect(await world.batches.list(10)).toMatchObject([
      { session: 'open-1', members: 2, points: 10, endedAt: '2025-11-21T16:00:00.000Z' },
    ]);
  });

  it('D11 CL22 lots expire at their second, once, and what was spent of them leaves no debt behind', async () => {
    await award(m1, 100);
    await world.redemptions.putGift({ id: 'tea', name: reason, cost: 150, stock: 1, isEnded: false }, li);
    expect(await world.redemptions.redeem('tea', m1, li)).toBe('redeemed');
    const told = await rowOf(m1);
    expect(told).toMatchObject({ balance: 140, level: 'silver', earned: 290 });
    world.clock = new Date('2027-01-01T00:00:00.000Z');
    // nobody has booked it yet: the terminal, and whoever asks, know it all the same
    expect(standingOf(told, [], world.clock)).toEqual({ balance: 100, earned: 100 });
    await world.club.refreshLevels();
    await world.club.refreshLevels();
    expect(await rowOf(m1)).toMatchObject({ balance: 100, level: 'basic', earned: 100 });
    expect((await linesOf(m1)).find(({ expires }) => expires === 'open-m1')).toMatchObject({
      points: -40,
      at: '2027-01-01T00:00:00.000Z',
    });
    expect(await sumOf(m1)).toBe(100);
    world.clock = new Date('2030-01-01T00:00:00.000Z');
    await world.club.refreshLevels();
    expect([(await rowOf(m1)).balance, await sumOf(m1)]).toEqual([0, 0]);
  });

  it('CL21 a reversal of an expired earning takes no more than was left, and can be undone', async () => {
    world.clock = new Date('2027-06-01T00:00:00.000Z');
    await world.club.refreshLevels();
    const reverse = (id: string) =>
      world.store.transaction((tx) =>
        world.ledger.reverse(tx, id, {
          id: `reversal/${id}`,
          at: world.clock.toISOString(),
          reason,
          by: 'li',
        }),
      );
    expect(await reverse('open-m1')).toBe(true);
    expect(await sumOf(m1)).toBe(0);
    await award(m1, 30);
    const [manual] = await linesOf(m1);
    await reverse(manual?.id ?? '');
    expect(await sumOf(m1)).toBe(0);
    const undo = () =>
      world.store.transaction((tx) =>
        world.ledger.undoReversal(tx, `reversal/${manual?.id}`, {
          at: world.clock.toISOString(),
          reason,
          by: 'li',
        }),
      );
    expect([await undo(), await undo()]).toEqual([true, false]);
    expect(await sumOf(m1)).toBe(30);
  });

  it('CL21 an earning that is taken back after it was spent is owed: said so, and filled by what is earned next', async () => {
    const account = async () => pointsAccount(world, 'm1', world.clock);
    await world.awards.bookByHand(m1, { item: 'referral', referred: 'm2' }, li);
    await world.redemptions.putGift({ id: 'pot', name: reason, cost: 600, stock: 1, isEnded: false }, li);
    expect(await world.redemptions.redeem('pot', m1, li)).toBe('redeemed');
    const because = { id: 'reversal/referral/m2', at: world.clock.toISOString(), reason, by: 'li' };
    await world.store.transaction(async (tx) => {
      expect(await world.ledger.reverse(tx, 'referral/m2', because)).toBe(true);
      await world.publication.publish(tx, [world.club.memberChange([m1])]);
    });
    expect(await account()).toMatchObject({ balance: -410, owed: 410, earned: 190, level: 'basic' });
    expect(await rowOf(m1)).toMatchObject({ balance: -410, ledger: [{ points: -500, reason }, {}, {}, {}] });
    expect(await world.redemptions.redeem('pot', m1, li)).toBe('out-of-stock');
    expect(await award(m1, -1)).toBe('too-few-points');
    await award(m1, 400);
    expect(await account()).toMatchObject({ balance: -10, owed: 10 });
    await award(m1, 30);
    expect(await account()).toMatchObject({ balance: 20, owed: 0 });
    expect(await sumOf(m1)).toBe(20);
  });

  it('CL27 a gift is given only where points and stock are there, and comes back with its points', async () => {
    await world.redemptions.putGift({ id: 'tea', name: reason, cost: 150, stock: 1, isEnded: false }, li);
    const redeem = (member: string, gift = 'tea') => world.redemptions.redeem(gift, member as MemberId, li);
    expect(await Promise.all([redeem('m1'), redeem('m1'), redeem('m2')])).toSatisfy(
      (outcomes: string[]) => outcomes.filter((outcome) => outcome === 'redeemed').length === 1,
    );
    await world.redemptions.putGift({ id: 'tea', name: reason, cost: 150, stock: 9, isEnded: false }, li);
    await redeem('m1');
    expect(await redeem('m1')).toBe('too-few-points');
    expect([await redeem('m9'), await redeem('m1', 'none')]).toEqual(['unknown-member', 'unknown-gift']);
    const [last] = await world.redemptions.list(10);
    expect(await world.redemptions.undo(last?.id ?? '', li)).toBe('undone');
    expect(await world.redemptions.undo(last?.id ?? '', li)).toBe('undone-before');
    expect((await rowOf(last?.member as MemberId)).balance).toBe(190);
  });

  it('D17 CL28 a new version changes no booked entry; one that holds from earlier corrects by reversal', async () => {
    await send(world, [fact(1, visit('m1', '2025-11-21T02:00:00.000Z'))]);
    const dearer = await world.rulesWith({
      items: defaultRules.items.map((item) => (item.code === 'visit' ? { ...item, points: 50 } : item)),
      lotMonths: 12,
      levels: [{ ...(await world.club.levels(world.store.db))[0], name: reason, discount: 100 } as never],
    });
    expect(await world.rules.draft(dearer, null, li)).toBe(2);
    expect(await world.rules.publish(li)).toEqual({ kind: 'same-person' });
    expect(await world.rules.publish(wang)).toEqual({ kind: 'published', version: 2 });
    expect(await world.rules.publish(wang)).toEqual({ kind: 'no-draft' });
    expect(await rowOf(m1)).toMatchObject({ balance: 200, level: 'basic' });
    world.clock = new Date('2025-11-22T08:00:00.000Z');
    // told late: by the rules of its day
    await send(world, [
      fact(2, visit('m2', '2025-11-20T02:00:00.000Z')),
      fact(3, visit('m1', world.clock.toISOString())),
    ]);
    expect([(await rowOf(m1)).balance, (await rowOf(m2)).balance]).toEqual([250, 200]);
    await world.rules.draft(await world.rulesWith({}), '2025-11-21T00:00:00.000Z', li);
    expect(await world.rules.effect()).toMatchObject({ corrected: 1, negative: [] });
    await world.rules.publish(wang);
    expect([(await rowOf(m1)).balance, await sumOf(m1)]).toEqual([210, 210]);
    expect((await linesOf(m1)).map(({ points }) => points)).toContain(50);
  });

  it('CL28 a version that would make balances negative is refused, with the list of whom, and changes nothing', async () => {
    await world.awards.bookByHand(m1, { item: 'purchase', purchase: 'c-1', amount: 100_000_000 }, li);
    expect(
      await world.awards.bookByHand(m2, { item: 'purchase', purchase: 'c-1', amount: 1_000_000 }, li),
    ).toBe('booked-before');
    expect(await award(m1, -1_150)).toBe('booked');
    expect(await award(m1, -1_150)).toBe('too-few-points');
    const poorer = await world.rulesWith({
      items: defaultRules.items.map((item) =>
        item.code === 'purchase' ? { ...item, perFen: 1_000_000 } : item,
      ),
    });
    await world.rules.draft(poorer, '2025-11-01T00:00:00.000Z', li);
    const outcome = await world.rules.publish(wang);
    expect(outcome).toEqual({ kind: 'makes-negative', version: 2, members: 1 });
    expect(await world.rules.effect()).toMatchObject({
      corrected: 1,
      negativeCount: 1,
      negative: [{ id: 'm1', name: '张**', balance: -860 }],
    });
    expect((await rowOf(m1)).balance).toBe(40);
    expect((await world.rules.versions())[0]).toMatchObject({ version: 2, state: 'draft' });
  });

  it('CL29 two members that are one person have their points once, however often it is told', async () => {
    await send(world, [
      fact(1, checkIn('m1')),
      fact(2, checkIn('m2')),
      fact(3, visit('m2', world.clock.toISOString())),
    ]);
    const merge = () =>
      world.store.transaction((tx) =>
        world.ledger.merge(tx, m2, m1, { at: world.clock.toISOString(), reason, by: null }),
      );
    await merge();
    await merge();
    // one session was checked into once, by one person
    expect([await sumOf(m1), await sumOf(m2)]).toEqual([190 + 190 + 20 + 10, 0]);
  });
});
