// Four eyes on the board and the adverse facts: who proposes does not approve, and nobody approves what they have not read.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';
import { audited, sales, w } from './some-sales.ts';

let world: World;
const project = async () => (await world.sales.adverse.list())[0];
const dump = { title: w('垃圾中转站'), detail: w('东侧'), distanceM: 480 };

describe.each(storeKinds)('approval on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld({ ...smallDeveloper(), sales }, kind);
  });
  afterEach(() => world.remove());

  it('SA12 D15 what was changed after it was read is not approved, nor what somebody else decided meanwhile', async () => {
    const { board, approval } = world;
    await board.change('milan-302', { price: 266_000_000 }, 'lin');
    const at = (await board.unit('milan-302'))?.pending?.at ?? '';
    const choice = { units: ['milan-302'], adverse: [], seen: { 'unit/milan-302': at } };
    // in the same moment, and still another change
    await board.change('milan-302', { price: 265_000_000 }, 'lin');
    const refused = { kind: 'changed-since', subjects: ['unit/milan-302'] };
    expect(await approval.publish(choice, 'su')).toEqual(refused);
    expect(await approval.discard(choice, 'su')).toEqual(refused);
    expect((await board.unit('milan-302'))?.approved.price).toBe(267_000_000);
    const again = (await board.unit('milan-302'))?.pending?.at ?? '';
    const fresh = { ...choice, seen: { 'unit/milan-302': again } };
    expect(await approval.publish(fresh, 'su')).toEqual({ kind: 'decided', changed: 1 });
    expect(await approval.publish(fresh, 'wu')).toEqual(refused);
    expect((await board.unit('milan-302'))?.approved.price).toBe(265_000_000);
  });

  it('SA1 SA12 homes and adverse facts are decided together or not at all, on record, and told to who proposed', async () => {
    const { board, approval } = world;
    await board.change('milan-302', { state: 'sold' }, 'lin');
    await world.sales.adverse.change('siji', [dump], 'su');
    const both = { units: 'all', adverse: 'all' } as const;
    expect(await approval.publish(both, 'su')).toEqual({ kind: 'own-change', subjects: ['project/siji'] });
    expect(await board.pendingCount()).toBe(1);
    expect(await approval.publish({ ...both, reason: '核对无误' }, 'wu')).toEqual({
      kind: 'decided',
      changed: 2,
    });
    expect((await project())?.project.adverse).toEqual([dump]);
    expect(await audited(world)).toEqual([
      'import purchases-imported',
      'lin board-proposed',
      'su adverse-facts-proposed',
      'su board-decision-refused',
      'wu board-approved',
    ]);
    const told = await world.store.db
      .selectFrom('notice')
      .select(['to_whom', 'text'])
      .orderBy('to_whom')
      .execute();
    expect(told.map(({ to_whom }) => to_whom)).toEqual(['lin', 'su']);
    expect(told[0]?.text).toContain('核对无误');
  });

  it('SA12 D9 a fact that was approved is withdrawn in the same way', async () => {
    const both = { units: 'all', adverse: 'all' } as const;
    await world.sales.adverse.change('siji', [dump], 'lin');
    await world.approval.publish(both, 'su');
    await world.sales.adverse.change('siji', [], 'su');
    expect((await project())?.project.adverse).toEqual([dump]);
    expect(await world.approval.publish(both, 'su')).toMatchObject({ kind: 'own-change' });
    await world.approval.publish(both, 'lin');
    expect((await project())?.project.adverse).toEqual([]);
    expect(await world.sales.adverse.pending()).toEqual([]);
  });

  it('SA3 the lowest price itself cannot be put above what is asked, and the refusal is on record', async () => {
    const { board } = world;
    expect(await board.change('milan-302', { floorPrice: 267_000_001 }, 'lin')).toBe('below-floor-price');
    expect(await board.change('milan-302', { floorPrice: 266_000_000 }, 'lin')).toBe('changed');
    expect(await audited(world)).toContain('lin board-proposal-refused');
  });
});
