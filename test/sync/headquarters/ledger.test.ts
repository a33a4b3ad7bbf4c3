// The points ledger is append-only, books once, and counts for levels what was earned in 24 months.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemberId } from '../../../sync/contract/ids.ts';
import { storeKinds } from './store-kinds.ts';
import { makeWorld, type World } from './world.ts';

let world: World;

const member = 'm1' as MemberId;
const reason = { zh: '看房', en: 'visit' };
const book = (id: string, points: number, at: string, businessKey = id) =>
  world.store.transaction(
    async (tx) =>
      (await world.ledger.book(tx, [{ id, businessKey, member, at, points, reason, fact: null }])).size === 1,
  );
const standing = async (at = now) => (await world.ledger.standings(world.store.db, [member], at)).get(member);
const now = new Date('2025-11-21T08:00:00.000Z');

describe.each(storeKinds)('the ledger on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterEach(() => world.remove());

  it('books a business event once, whoever tells of it', async () => {
    expect(await book('a', 10, '2025-11-01T00:00:00.000Z', 'visit/m1/siji/2025-11-01')).toBe(true);
    expect(await book('b', 10, '2025-11-01T00:00:00.000Z', 'visit/m1/siji/2025-11-01')).toBe(false);
    expect(await standing()).toMatchObject({ balance: 200 });
  });

  it('takes back by a second entry, once, and neither edits nor deletes', async () => {
    await book('a', 300, '2025-11-01T00:00:00.000Z');
    const reverse = (id: string) =>
      world.store.transaction((tx) =>
        world.ledger.reverse(tx, id, { id: `r-${id}`, at: now.toISOString(), reason }),
      );
    expect([await reverse('a'), await reverse('a'), await reverse('r-a'), await reverse('none')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(await standing()).toEqual({ balance: 190, earned: 190 });
    const lines = await world.ledger.lines(world.store.db, [member], 2);
    expect(lines.map(({ points }) => points)).toEqual([-300, 300]);
    const { db } = world.store;
    await expect(db.updateTable('ledger').set({ points: 1 }).execute()).rejects.toThrow('append-only');
    await expect(db.deleteFrom('ledger').execute()).rejects.toThrow('append-only');
  });

  it('counts for the level what was earned within 24 months, spent points do not matter', async () => {
    await book('old', 5_000, '2023-11-20T00:00:00.000Z');
    await book('new', 30, '2023-11-22T00:00:00.000Z');
    await book('spent', -150, '2025-11-20T00:00:00.000Z');
    // the old lot had expired when the points were spent
    expect(await standing()).toEqual({ balance: 70, earned: 220 });
    const nextWeek = new Date('2025-11-28T00:00:00.000Z');
    const aged = await world.ledger.membersWithAgedPoints(world.store.db, now, nextWeek);
    expect(aged).toEqual([member]);
    expect(await standing(nextWeek)).toMatchObject({ earned: 190 });
  });
});
