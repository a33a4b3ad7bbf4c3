// What was done stays on record: numbered without a gap, chained, and nobody can change a row unseen.
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import { type AuditRecord, chained } from '../../../../sync/headquarters/accounts/audit.ts';
import { unshielded } from '../../../../sync/headquarters/api/csv-text.ts';
import { type Running, runHeadquarters } from '../running.ts';
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
    expect(await world.audit.check()).toMatchObject({ kind: 'whole', lines: 12 });
  });

  it('AC1: what is rolled back leaves no line', async () => {
    await note('kept');
    const broken = world.store.transaction(async (tx) => {
      await world.audit.note(tx, tokenActor, 'never', null);
      throw new Error('on purpose');
    });
    await expect(broken).rejects.toThrow('on purpose');
    expect(await world.audit.check()).toMatchObject({ kind: 'whole', lines: 1 });
  });

  it('AC2 S58: refuses changes, and finds those that were made behind its back', async () => {
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

describe('the paths of the audit', () => {
  let hq: Running;
  beforeEach(async () => {
    hq = await runHeadquarters({ limits: { requestsPerSecond: 1_000 } });
    await hq.call('/api/accounts', {
      account: 'wu',
      name: '吴工',
      roles: ['it'],
      password: 'vier-jahre-lang',
    });
    await hq.call('/api/accounts/wu', { name: '吴工程师' });
    await hq.call('/api/persons?q=zhang');
  });
  afterEach(() => hq.remove());
  const asked = async (query: string) => (await hq.call(`/api/audit?${query}`)).json;
  const exported = async (query = ''): Promise<readonly AuditRecord[]> => {
    const headers = { authorization: `Bearer ${hq.token}` };
    const response = await fetch(`${hq.httpUrl}/api/audit/export.csv${query}`, { headers });
    expect(response.headers.get('content-type')).toContain('text/csv');
    const rows = parse(await response.text(), { bom: true, columns: true }) as Record<string, string>[];
    return rows.map((row) => {
      const of = (column: string) => unshielded(row[column] ?? '');
      const [at, actor, what, detail, hash] = ['at', 'actor', 'what', 'detail', 'hash'].map(of);
      return {
        n: Number(row['n']),
        at,
        actor,
        what,
        about: of('about') || null,
        detail,
        hash,
      } as AuditRecord;
    });
  };

  it('S58 choose by who, what, about whom and when, together', async () => {
    const whatsOf = async (query: string) =>
      ((await asked(query))['lines'] as { what: string }[]).map(({ what }) => what);
    expect(await whatsOf('about=wu')).toEqual(['account-changed', 'account-added']);
    expect(await whatsOf('about=wu&what=account-added&actor=api-token')).toEqual(['account-added']);
    expect(await whatsOf('actor=wu')).toEqual([]);
    expect(await whatsOf('about=wu&to=2020-01-01T00:00:00.000Z')).toEqual([]);
    expect(await whatsOf('about=wu&from=2020-01-01T08:00:00%2B08:00')).toHaveLength(2);
    expect((await asked('from=yesterday'))['error']).toMatchObject({ code: 'body-wrong' });
    expect((await hq.call('/api/audit/kinds')).json).toMatchObject({
      actors: ['api-token'],
      whats: expect.arrayContaining(['account-added', 'persons-searched']),
    });
  });

  it('S58 give the whole of it away with its hashes: a copy elsewhere is held against the chain', async () => {
    const rows = await exported();
    expect(rows.at(-1)).toMatchObject({ what: 'audit-exported' });
    let hash = '';
    for (const { hash: written, ...line } of rows) {
      hash = chained(hash, line);
      expect(written).toBe(hash);
    }
    expect((await hq.call('/api/audit/check')).json).toEqual({
      lines: rows.length,
      brokenAt: null,
      head: hash,
    });
    const some = await exported('?about=wu');
    expect(some.map(({ what }) => what)).toEqual(['account-added', 'account-changed']);
    const [last] = (await asked('what=audit-exported&limit=1'))['lines'] as { detail: object }[];
    expect(last?.detail).toEqual({ by: 'about' });
  });
});
