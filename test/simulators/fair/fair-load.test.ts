// D3: the load case of eight days is the same for the same seed, and headquarters takes it whole, once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../sync/headquarters/world.ts';
import { fairProjects, makeFair } from './fair-load.ts';
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
});
