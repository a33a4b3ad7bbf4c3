// What was looked at and kept, counted on both databases.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boardLabels } from '../../../../sync/headquarters/sales/board-labels.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, makeWorld, send, type World } from '../world.ts';

let world: World;
const look = (unit: string | null, seconds: number, member: string | null = null, at = '07:00') => ({
  kind: 'interest-noted',
  at: `2025-11-21T${at}:00.000Z`,
  body: { member, project: 'siji', unit, what: unit ? 'unit' : 'project', seconds },
});
const kept = (member: string, units: string[]) => ({ kind: 'shortlist-kept', body: { member, units } });

describe.each(storeKinds)('interest on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
    await send(
      world,
      [
        look('milan-302', 10),
        look('milan-302', 20, 'm1'),
        look('milan-302', 5, 'm1', '07:05'),
        look('milan-303', 8, 'm2'),
        look(null, 30),
        kept('m1', ['milan-302', 'milan-303']),
        kept('m2', ['milan-303']),
      ].map((content, index) => fact(index + 1, content)),
    );
  });
  afterEach(() => world.remove());

  it('SA15 D14 is counted home by home, the most viewed first and no more than was asked for', async () => {
    const { interest } = world.sales;
    expect(await interest.figures({ limit: 9 })).toEqual([
      { project: 'siji', unit: 'milan-302', views: 3, seconds: 35, members: 1, kept: 1 },
      { project: 'siji', unit: null, views: 1, seconds: 30, members: 0, kept: 0 },
      { project: 'siji', unit: 'milan-303', views: 1, seconds: 8, members: 1, kept: 2 },
    ]);
    expect(await interest.figures({ limit: 1 })).toHaveLength(1);
    expect(await interest.figures({ limit: 9, project: 'other' })).toEqual([]);
  });

  it('SA15 D14 of one member is what they looked at after they had shown who they are', async () => {
    expect(await world.sales.interest.looksOf('m1')).toEqual([
      { project: 'siji', unit: 'milan-302', views: 2, seconds: 25, lastAt: '2025-11-21T07:05:00.000Z' },
    ]);
    expect(await world.sales.interest.looksOf('m3')).toEqual([]);
  });

  it('SA15 homes and projects are called by name, and what is unknown by its id', async () => {
    const labels = await boardLabels(world.store, world.store.db, ['milan-302', 'siji', 'nobody']);
    expect(['milan-302', 'siji', 'nobody'].map((id) => labels(id).zh)).toEqual([
      '四季花城米兰苑302',
      '四季花城',
      'nobody',
    ]);
    expect(labels.projectOf('milan-302')).toBe('siji');
    expect(labels.projectOf('siji')).toBeUndefined();
  });
});
