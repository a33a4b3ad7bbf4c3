// Who asks what is known of them gets all of it: every row of every table that names them, and every fact; and it is on record.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../../sync/headquarters/accounts/actor.ts';
import { exportPerson } from '../../../../sync/headquarters/persons/person-export.ts';
import { firstTables } from '../../../../sync/headquarters/store/schema.ts';
import { storeKinds } from '../store-kinds.ts';
import { checkIn, fact, filing, makeWorld, send, type World } from '../world.ts';

const actor = {
  account: 'chen',
  name: '陈',
  roles: new Set(['manager']),
  ports: new Set(),
} as unknown as Actor;

describe.each(storeKinds)('all about one person, on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
    await send(world, [fact(1, checkIn('m1')), fact(2, filing('m1')), fact(3, checkIn('m2'))]);
  });
  afterEach(() => world.remove());

  it('S48 is exported whole, without PIN and keys, without anybody else, and put on record', async () => {
    const exported = await exportPerson(world, actor, 'm1');
    const counts = await Promise.all(
      firstTables
        .filter(({ columns }) => 'member' in columns)
        .map(async ({ name }) => {
          const rows = await world.store.db
            .selectFrom(name as 'check_in')
            .selectAll()
            .where('member', '=', 'm1')
            .execute();
          return [name, rows.length] as const;
        }),
    );
    const there = counts.filter(([, many]) => many > 0);
    expect(there.map(([name]) => name)).toEqual(
      expect.arrayContaining(['card', 'check_in', 'ledger', 'request']),
    );
    for (const [name, many] of there) expect([name, exported?.tables[name]?.length]).toEqual([name, many]);
    expect(exported?.facts.map(({ kind: each }) => each)).toEqual(['check-in-recorded', 'request-filed']);
    // what hangs on their requests as well
    expect(exported?.tables['task']?.length).toBeGreaterThan(0);
    const text = JSON.stringify(exported);
    expect(text).toContain('张晓明');
    expect(text).not.toContain('"m2"');
    expect(exported?.tables['member']?.[0]).not.toHaveProperty('pin');
    const noted = await world.store.db
      .selectFrom('audit')
      .select(['actor', 'about'])
      .where('what', '=', 'person-exported')
      .execute();
    expect(noted).toEqual([{ actor: 'chen', about: 'm1' }]);
  });

  it('S48 is nothing of somebody who is not known, and leaves no line', async () => {
    expect(await exportPerson(world, actor, "m1' or '1'='1")).toBeUndefined();
    const noted = await world.store.db
      .selectFrom('audit')
      .select('what')
      .where('what', '=', 'person-exported')
      .execute();
    expect(noted).toEqual([]);
  });
});
