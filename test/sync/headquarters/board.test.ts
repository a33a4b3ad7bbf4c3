// Nothing of the sales board reaches a terminal before it is approved.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UnitRow } from '../../../sync/contract/board.ts';
import { ChangeMaker } from '../../../sync/headquarters/change-maker.ts';
import { ChunkShelf } from '../../../sync/headquarters/chunk-shelf.ts';
import { rowsOf } from '../dataset-changes.ts';
import { storeKinds } from './store-kinds.ts';
import { makeWorld, type World } from './world.ts';

let world: World;

const published = async (id: string) => {
  const maker = new ChangeMaker(world.store, new ChunkShelf(1_000_000), () => new Date());
  const rows = rowsOf(await maker.since('board', 0)) as unknown as UnitRow[];
  return rows.find((row) => row.kind === 'unit' && row.id === id) as UnitRow;
};

type Units = readonly string[] | 'all';
const approve = (units: Units) => world.approval.publish({ units, adverse: [] }, 'su');
const reject = (units: Units) => world.approval.discard({ units, adverse: [] }, 'su');

describe.each(storeKinds)('the board on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterEach(() => world.remove());

  it('a pending change is seen at headquarters only', async () => {
    const before = await world.publication.versions();
    expect(await world.board.change('milan-302', { state: 'sold', price: 300_000_000 }, 'lin')).toBe(
      'changed',
    );
    expect(await world.publication.versions()).toEqual(before);
    expect(await published('milan-302')).toMatchObject({ state: 'available', price: 267_000_000 });
    expect(await world.board.units({ isPending: true })).toMatchObject([
      { approved: { id: 'milan-302' }, pending: { state: 'sold', price: 300_000_000 } },
    ]);
  });

  it('approving publishes state, price and price per square metre of the chosen units only', async () => {
    await world.board.change('milan-302', { price: 300_000_000 }, 'lin');
    await world.board.change('milan-303', { state: 'sold' }, 'lin');
    expect(await approve(['milan-302', 'nobody'])).toEqual({ kind: 'decided', changed: 1 });
    expect(await published('milan-302')).toMatchObject({ price: 300_000_000, pricePerM2: 3_370_787 });
    expect(await published('milan-303')).toMatchObject({ state: 'available' });
    expect(await approve('all')).toEqual({ kind: 'decided', changed: 1 });
    expect(await published('milan-303')).toMatchObject({ state: 'sold', pricePerM2: 3_000_000 });
    expect(await approve('all')).toEqual({ kind: 'decided', changed: 0 });
  });

  it('discarding, or changing back, leaves nothing pending', async () => {
    await world.board.change('milan-302', { state: 'sold' }, 'lin');
    await world.board.change('milan-302', { state: 'available' }, 'lin');
    expect(await world.board.pendingCount()).toBe(0);
    await world.board.change('milan-302', { state: 'sold' }, 'lin');
    await world.board.change('milan-303', { state: 'sold' }, 'lin');
    expect(await reject(['milan-302'])).toEqual({ kind: 'decided', changed: 1 });
    expect(await reject('all')).toEqual({ kind: 'decided', changed: 1 });
    expect(await world.board.pendingCount()).toBe(0);
  });

  it('knows neither unknown units nor unknown states', async () => {
    expect(await world.board.change('nobody', { state: 'sold' }, 'lin')).toBe('unknown-unit');
    expect(await world.board.change('milan-302', { state: 'gone' }, 'lin')).toBe('unknown-state');
  });

  it('any order of changes, discards and approvals publishes approved values only', async () => {
    const unit = fc.constantFrom('milan-301', 'milan-302', 'milan-303');
    const step = fc.oneof(
      fc.record({ do: fc.constant('state' as const), unit, state: fc.constantFrom('available', 'sold') }),
      fc.record({ do: fc.constant('price' as const), unit, price: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ do: fc.constant('publish' as const), unit }),
      fc.record({ do: fc.constant('discard' as const), unit }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        await reject('all');
        const model = new Map(
          (await world.board.units({})).map(({ approved }) => [
            approved.id as string,
            { approved: { ...approved }, working: { ...approved } },
          ]),
        );
        for (const one of steps) {
          const row = model.get(one.unit);
          if (!row) throw new Error('no such unit');
          if (one.do === 'state') {
            row.working.state = one.state;
            await world.board.change(one.unit, { state: one.state }, 'lin');
          } else if (one.do === 'price') {
            row.working.price = one.price;
            await world.board.change(one.unit, { price: one.price }, 'lin');
          } else if (one.do === 'publish') {
            row.approved = { ...row.working };
            await approve([one.unit]);
          } else {
            row.working = { ...row.approved };
            await reject([one.unit]);
          }
          const { state, price } = await published(one.unit);
          expect({ state, price }).toEqual({ state: row.approved.state, price: row.approved.price });
        }
      }),
      { numRuns: 40, verbose: 1 },
    );
  });
});
