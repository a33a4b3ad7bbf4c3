// Requests coming in: numbers that the desk gives, and what terminals are told of them.
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { FactId } from '../../../../sync/contract/ids.ts';
import { Filings } from '../../../../sync/headquarters/service/filings.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, filing, makeWorld, send, type World } from '../world.ts';

describe.each(storeKinds)('a request that comes in on %s', (kind) => {
  let world: World;
  afterEach(() => world?.remove());

  it('D12 tells the terminal what a complaint is about, and not a word of what was said', async () => {
    world = await makeWorld(undefined, kind);
    const one = filing('m1');
    const said = { request: 'complaint', tasks: [], topic: 'c-property', text: '物业服务：楼道三天没扫' };
    await send(world, [fact(1, { ...one, body: { ...one.body, ...said } })]);
    const [row] = await world.store.db
      .selectFrom('dataset_row')
      .select('body')
      .where('dataset', '=', 'requests')
      .execute();
    expect(JSON.parse(row?.body ?? '{}')).toMatchObject({ request: 'complaint', topic: 'c-property' });
    expect(row?.body).not.toContain('楼道');
  });

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
