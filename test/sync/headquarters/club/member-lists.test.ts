// Lists of members by what they have, bought and brought: page by page, the same on both databases.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberId } from '../../../../sync/contract/ids.ts';
import type { ListKind } from '../../../../sync/headquarters/api/activity-api.ts';
import { listCsv } from '../../../../sync/headquarters/club/member-lists.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

const desk = { account: 'club-1' };

describe.each(storeKinds)('lists of members on %s', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(undefined, kind);
    await world.store.transaction(async (tx) => {
      const one = await tx.selectFrom('member').selectAll().where('id', '=', 'm1').executeTakeFirstOrThrow();
      const { token } = await tx
        .selectFrom('card')
        .select('token')
        .where('member', '=', 'm1')
        .executeTakeFirstOrThrow();
      // more than are read at once; m2 joined twice, and is one person
      const many = Array.from({ length: 2_500 }, (_, n) => ({ ...one, id: `n-${n}`, name: `会员${n}` }));
      await world.store.insert(tx, 'member', many);
      const twin = { ...one, id: 'm2-old', merged_into: 'm2', referrer: token };
      await tx.insertInto('member').values(twin).execute();
      await tx.updateTable('member').set({ referrer: token }).where('id', 'in', ['m1', 'm2', 'm3']).execute();
      const home = { unit: 'milan-301', project: 'siji', label: '{}', stage: 'signed', reached: '[]' };
      const terms = { payment: '{}', total: 1, paid: 0, plan: '[]', next_document: null };
      const rest = { ...home, ...terms, handed_over_on: null, warranty_until: null };
      for (const id of ['p1', 'p2'])
        await tx
          .insertInto('purchase')
          .values({ ...rest, id, member: 'm3' })
          .execute();
      const ids = many.map(({ id }) => id as MemberId);
      await world.publication.publish(tx, [world.club.memberChange(ids)]);
    });
  });
  afterAll(() => world?.remove());

  const list = async (wanted: ListKind, least = 1, limit?: number) =>
    await world.memberLists.list(desk, { kind: wanted, least, from: '2026-01-01' }, 'list-viewed', limit);

  it('D4: by level all are there, each once, however many pages they fill', async () => {
    const { lines, total } = await list('level');
    expect(total).toBe(2_503);
    expect(new Set(lines.map(({ member }) => member)).size).toBe(2_503);
    expect(lines.find(({ member }) => member === 'n-2499')?.name).toBe('会员2499');
    expect(lines.map(({ member }) => member)).not.toContain('m2-old');
  });

  it('D4: the first of a long list, and how many there are', async () => {
    const { lines, total } = await list('points', 1, 2);
    expect(lines.map(({ balance }) => balance)).toEqual([190, 190]);
    expect(total).toBe(3);
    expect((await list('points', 200)).lines).toEqual([]);
  });

  it('D4: by homes bought and by members brought, a person who became one with another counted once', async () => {
    const brief = async (kindOf: ListKind) =>
      (await list(kindOf)).lines.map(({ member, name, purchases, referrals }) => [
        member,
        name,
        purchases,
        referrals,
      ]);
    expect(await brief('purchases')).toEqual([['m3', '李芳', 2, 0]]);
    // m1 did not bring themselves
    expect(await brief('referrals')).toEqual([['m1', '张晓明', 0, 2]]);
    expect(listCsv((await list('purchases')).lines).split('\r\n')[1]).toBe(
      'm3,李芳,13812341234,basic,190,2,0,,',
    );
  });

  it('CL57: who asked, for which list, and how many they saw is in the audit', async () => {
    await list('points', 1, 2);
    const audit = await world.store.db
      .selectFrom('audit')
      .select(['what', 'detail'])
      .orderBy('n', 'desc')
      .execute();
    expect(audit[0]).toEqual({ what: 'list-viewed', detail: JSON.stringify({ list: 'points', members: 2 }) });
  });
});
