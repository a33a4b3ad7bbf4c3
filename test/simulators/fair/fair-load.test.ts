// D3: the load case of eight days is the same for the same seed, and headquarters takes it whole, once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPurchaseCsv } from '../../../sync/headquarters/sales/purchase-csv.ts';
import { makeWorld, type World } from '../../sync/headquarters/world.ts';
import { fairProjects, makeFair } from './fair-load.ts';
import { fairDeposit, fairPrice, fairPurchases } from './fair-purchases.ts';
import { replayFair } from './replay-fair.ts';

const fair = makeFair(3, 0.1);
let world: World;
beforeAll(async () => {
  world = await makeWorld(fair.developer);
});
afterAll(() => world?.remove());

const countOf = async (table: 'check_in' | 'request' | 'fact'): Promise<number> => {
  const row = await world.store.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
};

describe('D3 the load of eight days', () => {
  it('D3: is the same for the same seed, and another one for another', () => {
    expect(makeFair(3, 0.01)).toEqual(makeFair(3, 0.01));
    expect(makeFair(4, 0.01)).not.toEqual(makeFair(3, 0.01));
  });

  it('D3: has 10,000 visitors and 600 sales of as many homes over nine projects', () => {
    const whole = makeFair(3);
    expect(whole.developer.members).toHaveLength(10_000);
    expect(whole.sales).toHaveLength(600);
    expect(new Set(whole.sales.map(({ unit }) => unit)).size).toBe(600);
    expect(whole.halls.size).toBe(fairProjects);
  });

  it('D3: replayed by a tenth it is applied whole, and nothing twice', async () => {
    const told = [...fair.halls.values()].flat();
    const requests = told.filter(({ kind }) => kind === 'request-filed').length;
    expect(await replayFair(world, fair)).toEqual({ facts: told.length, applied: told.length });
    expect(await countOf('check_in')).toBe(1_000);
    expect(await countOf('request')).toBe(requests);
    await replayFair(world, fair);
    expect(await countOf('fact')).toBe(told.length);
    expect(await world.deadLetters.list(1)).toEqual([]);
    const report = await world.reports.report('2025-11');
    expect(report.total.figures['closing']?.now).toEqual({ part: 0, whole: requests });
    expect(report.regions.map(({ key }) => key)).toEqual(['south', 'east', 'north']);
  });

  it('D3: its sales become purchases of as many homes, and everything that was told adds up', async () => {
    const told = [...fair.halls.values()].flat();
    const units = new Set(fair.developer.board.flatMap((row) => (row.kind === 'unit' ? row.id : [])));
    const file = await readPurchaseCsv(fairPurchases(fair), async () => ({
      isMember: (id) => id.startsWith('v-'),
      home: (unit) =>
        units.has(unit) ? { project: unit.replace(/-\d+$/, ''), label: { zh: unit, en: unit } } : undefined,
    }));
    if (file.kind !== 'read') throw new Error(JSON.stringify(file.errors[0]));
    await world.sales.purchases.import(file.purchases, 'lin');
    // once more, as after an answer that was lost
    await world.sales.purchases.import(file.purchases, 'lin');
    const { purchaseList, interest } = world.sales;
    const sales = fair.sales.length;
    expect(sales).toBe(60);
    expect((await purchaseList.page({ limit: 1 })).total).toBe(sales);
    const perProject = await Promise.all(
      [...fair.halls.keys()].map(async (hall) => {
        const { total } = await purchaseList.page({ limit: 1, project: hall.slice('hall-'.length) });
        return total;
      }),
    );
    expect(perProject.reduce((sum, each) => sum + each)).toBe(sales);
    const money = await world.store.db
      .selectFrom('purchase')
      .select(({ fn }) => [fn.sum<number>('total').as('total'), fn.sum<number>('paid').as('paid')])
      .executeTakeFirstOrThrow();
    expect(money).toEqual({ total: sales * fairPrice, paid: sales * fairDeposit });
    const dues = (await purchaseList.page({ limit: 1_000 })).purchases.flatMap((each) => each.dues);
    expect(dues.reduce((sum, { amount }) => sum + amount, 0)).toBe(sales * (fairPrice - fairDeposit));
    // three days after they subscribed everybody is to be called
    expect(await purchaseList.contacts('2025-11-24')).toHaveLength(sales);

    const figures = await interest.figures({ limit: 2_000 });
    const looks = told.filter(({ kind }) => kind === 'interest-noted');
    const seconds = looks.reduce((sum, { body }) => sum + ('seconds' in body ? body.seconds : 0), 0);
    expect(figures.reduce((sum, { views }) => sum + views, 0)).toBe(looks.length);
    expect(figures.reduce((sum, each) => sum + each.seconds, 0)).toBe(seconds);
    const kept = told.flatMap((fact) => (fact.kind === 'shortlist-kept' ? fact.body.units : []));
    expect(figures.reduce((sum, each) => sum + each.kept, 0)).toBe(kept.length);
  });
});
