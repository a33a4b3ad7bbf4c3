// Numbers that the desk gives: short while there are any, and never a desk that stands still looking for one.
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { FactId } from '../../../../sync/contract/ids.ts';
import { Filings } from '../../../../sync/headquarters/service/filings.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

describe.each(storeKinds)('a request told to the desk on %s', (kind) => {
  let world: World;
  afterEach(() => world?.remove());

  it('D6 gets a number that is free, a longer one when short ones are rare, and one at all when dice are loaded', async () => {
    world = await makeWorld(undefined, kind);
    const filings = new Filings(world.store, world.notices, () => 7);
    const told = {
      request: 'enquiry',
      member: null,
      unit: null,
      project: null,
      phone: null,
      text: '?',
      isWritten: false,
    } as const;
    for (let n = 0; n < 3; n += 1) {
      await world.store.transaction((tx) =>
        filings.fileAtDesk(tx, randomUUID() as FactId, '2025-11-21T06:00:00.000Z', 'su', {
          ...told,
          mayPublish: false,
        }),
      );
    }
    const rows = await world.store.db.selectFrom('request').select('number').execute();
    expect(rows.map(({ number }) => number).sort()).toEqual(['400-00000007', '400-00000007', '400-000007']);
  });
});
