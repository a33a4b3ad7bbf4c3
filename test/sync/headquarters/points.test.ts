// Points at headquarters: visits, batches, expiry, rules with versions, gifts and merging, on both stores (CL20–CL29).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemberId } from '../../../sync/contract/ids.ts';
import type { MemberRow } from '../../../sync/contract/members.ts';
import { defaultRules, standingOf } from '../../../sync/contract/points.ts';
import type { RulesVersion } from '../../../sync/headquarters/club/rules-in-force.ts';
import { parseDeveloper } from '../../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../../sync/headquarters/import.ts';
import { buildParts, type Parts } from '../../../sync/headquarters/parts.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import { someOpener } from '../some-keys.ts';
import { smallDeveloper } from './small-developer.ts';
import { freshStore, storeKinds } from './store-kinds.ts';
import { checkIn, fact, fleetKey, send } from './world.ts';

let world: Parts;
let clock: Date;
let remove: () => Promise<void>;
const [m1, m2] = ['m1', 'm2'] as [MemberId, MemberId];
const reason = { zh: '更正', en: 'correction' };

const visit = (member: string, at: string, project: string | null = 'siji') => ({
  at,
  kind: 'visit-recorded',
  body: { member, card: 'c'.repeat(22), project },
});
const rowOf = async (id: MemberId): Promise<MemberRow> => {
  const { body } = await world.store.db
    .selectFrom('dataset_row')
    .select('body')
    .where('key', '=', `member/${id}`)
    .executeTakeFirstOrThrow();
  return JSON.parse(String(body)) as MemberRow;
};
const linesOf = (id: MemberId) => world.ledger.lines(world.store.db, [id], 100);
const sumOf = async (id: MemberId): Promise<number> =>
  (await linesOf(id)).reduce((sum, { points }) => sum + points, 0);
const award = (member: MemberId, points: number) =>
  world.awards.bookByHand(member, { item: 'manual', points, reason: '测试' }, 'li');

async function rulesWith(changes: Partial<RulesVersion>): Promise<RulesVersion> {
  const { items, lotMonths, levelMonths } = defaultRules;
  return { items, lotMonths, levelMonths, levels: await world.club.levels(world.store.db), ...changes };
}

describe.each(storeKinds)('points on %s', (kind) => {
  beforeEach(async () => {
    clock = new Date('2025-11-21T08:00:00.000Z');
    const place = await freshStore(kind);
    const store = await openStore(place.url);
    const limits = { undoMs: 30_000, keptFrames: 3 };
    world = buildParts({
      store,
      opener: someOpener,
      fleetKey: Buffer.alloc(32, 7),
      now: () => clock,
      limits,
      onChange: () => {},
    });
    remove = async () => {
      await store.close();
      place.remove();
    };
    await importDeveloper({ ...world, fleetKey, cardWidth: 'all' }, parseDeveloper(smallDeveloper(), 'test'));
  });
  afterEach(() => remove());

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
    clock = new Date('2025-11-21T16:00:00.000Z');
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
    await world.redemptions.putGift({ id: 'tea', name: reason, cost: 150, stock: 1 });
    expect(await world.redemptions.redeem('tea', 'm1', 'li')).toBe('redeemed');
    const told = await rowOf(m1);
    expect(told).toMatchObject({ balance: 140, level: 'silver', earned: 290 });
    clock = new Date('2027-01-01T00:00:00.000Z');
    // nobody has booked it yet: the terminal, and whoever asks, know it all the same
    expect(standingOf(told, [], clock)).toEqual({ balance: 100, earned: 100 });
    await world.club.refreshLevels();
    await world.club.refreshLevels();
    expect(await rowOf(m1)).toMatchObject({ balance: 100, level: 'basic', earned: 100 });
    expect((await linesOf(m1)).find(({ expires }) => expires === 'open-m1')).toMatchObject({
      points: -40,
      at: '2027-01-01T00:00:00.000Z',
    });
    expect(await sumOf(m1)).toBe(100);
    clock = new Date('2030-01-01T00:00:00.000Z');
    await world.club.refreshLevels();
    expect([(await rowOf(m1)).balance, await sumOf(m1)]).toEqual([0, 0]);
  });

  it('CL21 a reversal of an expired earning takes no more than was left, and can be undone', async () => {
    clock = new Date('2027-06-01T00:00:00.000Z');
    await world.club.refreshLevels();
    const reverse = (id: string) =>
      world.store.transaction((tx) =>
        world.ledger.reverse(tx, id, { id: `reversal/${id}`, at: clock.toISOString(), reason, by: 'li' }),
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
          at: clock.toISOString(),
          reason,
          by: 'li',
        }),
      );
    expect([await undo(), await undo()]).toEqual([true, false]);
    expect(await sumOf(m1)).toBe(30);
  });

  it('CL27 a gift is given only where points and stock are there, and comes back with its points', async () => {
    await world.redemptions.putGift({ id: 'tea', name: reason, cost: 150, stock: 1 });
    const redeem = (member: string, gift = 'tea') => world.redemptions.redeem(gift, member, 'li');
    expect(await Promise.all([redeem('m1'), redeem('m1'), redeem('m2')])).toSatisfy(
      (outcomes: string[]) => outcomes.filter((outcome) => outcome === 'redeemed').length === 1,
    );
    await world.redemptions.putGift({ id: 'tea', name: reason, cost: 150, stock: 9 });
    await redeem('m1');
    expect(await redeem('m1')).toBe('too-few-points');
    expect([await redeem('m9'), await redeem('m1', 'none')]).toEqual(['unknown-member', 'unknown-gift']);
    const [last] = await world.redemptions.list(10);
    expect(await world.redemptions.undo(last?.id ?? '', 'li')).toBe('undone');
    expect(await world.redemptions.undo(last?.id ?? '', 'li')).toBe('undone-before');
    expect((await rowOf(last?.member as MemberId)).balance).toBe(190);
  });

  it('D17 CL28 a new version changes no booked entry; one that holds from earlier corrects by reversal', async () => {
    await send(world, [fact(1, visit('m1', '2025-11-21T02:00:00.000Z'))]);
    const dearer = await rulesWith({
      items: defaultRules.items.map((item) => (item.code === 'visit' ? { ...item, points: 50 } : item)),
      lotMonths: 12,
      levels: [{ ...(await world.club.levels(world.store.db))[0], name: reason, discount: 100 } as never],
    });
    expect(await world.rules.draft(dearer, null, 'li')).toBe(2);
    expect(await world.rules.publish('li')).toEqual({ kind: 'same-person' });
    expect(await world.rules.publish('wang')).toEqual({ kind: 'published', version: 2 });
    expect(await world.rules.publish('wang')).toEqual({ kind: 'no-draft' });
    expect(await rowOf(m1)).toMatchObject({ balance: 200, level: 'basic' });
    clock = new Date('2025-11-22T08:00:00.000Z');
    // told late: by the rules of its day
    await send(world, [
      fact(2, visit('m2', '2025-11-20T02:00:00.000Z')),
      fact(3, visit('m1', clock.toISOString())),
    ]);
    expect([(await rowOf(m1)).balance, (await rowOf(m2)).balance]).toEqual([250, 200]);
    await world.rules.draft(await rulesWith({}), '2025-11-21T00:00:00.000Z', 'li');
    expect(await world.rules.effect()).toMatchObject({ corrected: 1, negative: [] });
    await world.rules.publish('wang');
    expect([(await rowOf(m1)).balance, await sumOf(m1)]).toEqual([210, 210]);
    expect((await linesOf(m1)).map(({ points }) => points)).toContain(50);
  });

  it('CL28 a version that would make balances negative is refused, with the list of whom, and changes nothing', async () => {
    await world.awards.bookByHand('m1', { item: 'purchase', purchase: 'c-1', amount: 100_000_000 }, 'li');
    expect(
      await world.awards.bookByHand('m2', { item: 'purchase', purchase: 'c-1', amount: 1_000_000 }, 'li'),
    ).toBe('booked-before');
    expect(await award(m1, -1_150)).toBe('booked');
    expect(await award(m1, -1_150)).toBe('too-few-points');
    const poorer = await rulesWith({
      items: defaultRules.items.map((item) =>
        item.code === 'purchase' ? { ...item, perFen: 1_000_000 } : item,
      ),
    });
    await world.rules.draft(poorer, '2025-11-01T00:00:00.000Z', 'li');
    const outcome = await world.rules.publish('wang');
    expect(outcome).toMatchObject({
      kind: 'makes-negative',
      effect: { corrected: 1, negative: [{ id: 'm1', name: '张**', balance: -860 }] },
    });
    expect((await rowOf(m1)).balance).toBe(40);
    expect((await world.rules.versions())[0]).toMatchObject({ version: 2, state: 'draft' });
  });

  it('CL29 two members that are one person have their points once, however often it is told', async () => {
    await send(world, [
      fact(1, checkIn('m1')),
      fact(2, checkIn('m2')),
      fact(3, visit('m2', clock.toISOString())),
    ]);
    const merge = () =>
      world.store.transaction((tx) =>
        world.ledger.merge(tx, m2, m1, { at: clock.toISOString(), reason, by: null }),
      );
    await merge();
    await merge();
    // one session was checked into once, by one person
    expect([await sumOf(m1), await sumOf(m2)]).toEqual([190 + 190 + 20 + 10, 0]);
  });
});
