// Versions of the points rules: when they begin, what they change, who may publish them (CL28), on both stores.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultRules } from '../../../../sync/contract/points.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, send } from '../world.ts';
import { li, m1, m2, type PointsWorld, pointsWorld, visit, wang } from './points-world.ts';

let world: PointsWorld;
const levels = (...from: readonly number[]) =>
  ['basic', 'silver', 'gold'].slice(0, from.length).map((code, n) => ({
    kind: 'level' as const,
    code,
    name: { zh: code, en: code },
    from: from[n] ?? 0,
    benefit: { zh: '', en: '' },
  }));
const told = async (key: string) => {
  const row = await world.store.db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', 'members')
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.body == null ? null : (JSON.parse(row.body) as Record<string, unknown>);
};

describe.each(storeKinds)('points rules on %s', (kind) => {
  beforeEach(async () => {
    world = await pointsWorld(kind);
  });
  afterEach(() => world.remove());

  it('D17 CL28 a version that holds from later leaves levels and terminals alone until then, and begins by itself', async () => {
    const later = await world.rulesWith({
      levels: levels(0, 100, 190),
      items: defaultRules.items.map((item) => (item.code === 'visit' ? { ...item, points: 40 } : item)),
    });
    await world.rules.draft(later, '2025-12-01T00:00:00.000+08:00', li);
    expect(await world.rules.publish(wang)).toEqual({ kind: 'published', version: 2 });
    await world.rules.keepInForce();
    expect(await told('level/gold')).toBeNull();
    expect(await told('rules')).toMatchObject({ version: 1 });
    expect((await world.rowOf(m1)).level).toBe('basic');
    expect((await world.rules.versions()).map(({ isInForce }) => isInForce)).toEqual([false, true]);
    world.clock = new Date('2025-11-30T16:00:00.000Z');
    await world.rules.keepInForce();
    await world.rules.keepInForce();
    expect(await told('level/gold')).toMatchObject({ from: 190 });
    expect(await told('rules')).toMatchObject({ version: 2 });
    expect((await world.rowOf(m1)).level).toBe('gold');
    await send(world, [fact(1, visit('m1', world.clock.toISOString()))]);
    expect((await world.rowOf(m1)).balance).toBe(230);
  });

  it('D17 CL28 a developer’s file that comes again does not put aside the levels that were published', async () => {
    await world.rules.draft(await world.rulesWith({ levels: levels(0, 100) }), null, li);
    await world.rules.publish(wang);
    const before = await told('level/silver');
    await world.import(smallDeveloper());
    expect(await told('level/silver')).toEqual(before);
    expect((await world.club.levels(world.store.db)).map(({ from }) => from)).toEqual([0, 100]);
    expect((await world.rowOf(m1)).level).toBe('silver');
  });

  it('D17 CL28 a level that ends is nobody’s, and gone from terminals', async () => {
    await world.award(m1, 100);
    expect((await world.rowOf(m1)).level).toBe('silver');
    await world.rules.draft(await world.rulesWith({ levels: levels(0) }), null, li);
    await world.rules.publish(wang);
    expect(await told('level/silver')).toBeNull();
    expect((await world.rowOf(m1)).level).toBe('basic');
  });

  it('D17 CL28 an item that ends from a past day takes back what it earned since, and nothing else', async () => {
    await send(world, [
      fact(1, visit('m1', '2025-11-19T02:00:00.000Z')),
      fact(2, visit('m1', '2025-11-21T02:00:00.000Z')),
    ]);
    await world.award(m1, 7);
    expect((await world.rowOf(m1)).balance).toBe(217);
    const items = defaultRules.items.filter(({ code }) => code !== 'visit');
    await world.rules.draft(await world.rulesWith({ items }), '2025-11-20T00:00:00.000Z', li);
    expect(await world.rules.effect()).toMatchObject({ corrected: 1, members: 1, points: -10 });
    await world.rules.publish(wang);
    expect([(await world.rowOf(m1)).balance, await world.sumOf(m1)]).toEqual([207, 207]);
  });

  it('D17 the preview says how many members each level has now and then', async () => {
    await world.award(m1, 20);
    await world.rules.draft(await world.rulesWith({ levels: levels(0, 150, 205) }), null, li);
    expect(await world.rules.effect()).toMatchObject({
      corrected: 0,
      rising: 3,
      falling: 0,
      levels: [
        { code: 'basic', before: 2, after: 0 },
        { code: 'silver', before: 1, after: 2 },
        { code: 'gold', before: 0, after: 1 },
      ],
    });
    expect((await world.rowOf(m1)).level).toBe('silver');
  });

  it('CL28 what was looked at is what is published: a draft that was written anew is looked at again', async () => {
    await world.rules.draft(await world.rulesWith({}), null, li);
    const seen = (await world.rules.effect())?.at;
    world.clock = new Date(world.clock.getTime() + 1_000);
    await world.rules.draft(await world.rulesWith({ lotMonths: 6 }), null, li);
    expect(await world.rules.publish(wang, seen)).toEqual({ kind: 'draft-changed' });
    expect(await world.rules.publish(wang, (await world.rules.effect())?.at)).toMatchObject({
      kind: 'published',
    });
  });

  it('CL29 of two who become one, a visit that a version corrected still counts once', async () => {
    const day = '2025-11-21T02:00:00.000Z';
    await send(world, [fact(1, visit('m1', day)), fact(2, visit('m2', day))]);
    const dearer = await world.rulesWith({
      items: defaultRules.items.map((item) => (item.code === 'visit' ? { ...item, points: 30 } : item)),
    });
    await world.rules.draft(dearer, '2025-11-01T00:00:00.000Z', li);
    await world.rules.publish(wang);
    const because = { at: world.clock.toISOString(), reason: { zh: '合', en: 'one' }, by: null };
    await world.store.transaction((tx) => world.ledger.merge(tx, m2, m1, because));
    expect([await world.sumOf(m1), await world.sumOf(m2)]).toEqual([190 + 190 + 30, 0]);
  });
});
