// What was done stays on record: numbered without a gap, chained, and nobody can change a row unseen.
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

describe.each(storeKinds)('audit on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
  });
  afterEach(() => world.remove());

  const note = (what: string, about: string | null = null) =>
    world.store.transaction((tx) => world.audit.note(tx, tokenActor, what, about, { n: 1 }));

  it('AC1: numbers lines that are written at the same time without a gap, newest first', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, n) => note(`deed-${n}`, 'm1')));
    const lines = await world.audit.list({ limit: 100, about: 'm1' });
    expect(lines.map(({ n }) => n)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(lines[0]).toMatchObject({ actor: 'api-token', detail: { n: 1 } });
    expect(await world.audit.list({ limit: 2, before: 3 })).toHaveLength(2);
    expect(await world.audit.check()).toEqual({ kind: 'whole', lines: 12 });
  });

  it('AC1: what is rolled back leaves no line', async () => {
    await note('kept');
    const broken = world.store.transaction(async (tx) => {
      await world.audit.note(tx, tokenActor, 'never', null);
      throw new Error('on purpose');
    });
    await expect(broken).rejects.toThrow('on purpose');
    expect(await world.audit.check()).toEqual({ kind: 'whole', lines: 1 });
  });

  it('AC2: refuses changes, and finds those that were made behind its back', async () => {
    for (const what of ['one', 'two', 'three']) await note(what);
    const update = world.store.db.updateTable('audit').set({ actor: 'nobody' }).where('n', '=', 2);
    await expect(update.execute()).rejects.toThrow('append-only');
    await expect(world.store.db.deleteFrom('audit').execute()).rejects.toThrow('append-only');
    const off =
      kind === 'sqlite'
        ? [sql`drop trigger audit_no_update`, sql`drop trigger audit_no_delete`]
        : [sql`drop trigger audit_no_change on audit`];
    for (const each of off) await each.execute(world.store.db);
    await world.store.db.deleteFrom('audit').where('n', '=', 3).execute();
    expect(await world.audit.check()).toEqual({ kind: 'broken', at: 3 });
    await update.execute();
    expect(await world.audit.check()).toEqual({ kind: 'broken', at: 2 });
  });
});
