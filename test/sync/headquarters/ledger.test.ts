// The points ledger is append-only, books once, and counts for levels what was earned in 24 months.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemberId } from '../../../sync/contract/ids.ts';
import { makeWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.remove());

const member = 'm1' as MemberId;
const reason = { zh: '看房', en: 'visit' };
const book = (id: string, points: number, at: string, businessKey = id) =>
  world.db.transaction(() => world.ledger.book({ id, businessKey, member, at, points, reason, fact: null }));
const now = new Date('2025-11-21T08:00:00.000Z');

describe('the ledger', () => {
  it('books a business event once, whoever tells of it', () => {
    expect(book('a', 10, '2025-11-01T00:00:00.000Z', 'visit/m1/siji/2025-11-01')).toBe(true);
    expect(book('b', 10, '2025-11-01T00:00:00.000Z', 'visit/m1/siji/2025-11-01')).toBe(false);
    expect(world.ledger.balance(member)).toBe(200);
  });

  it('takes back by a second entry, once, and neither edits nor deletes', () => {
    book('a', 300, '2025-11-01T00:00:00.000Z');
    const reverse = (id: string) =>
      world.db.transaction(() => world.ledger.reverse(id, { id: `r-${id}`, at: now.toISOString(), reason }));
    expect([reverse('a'), reverse('a'), reverse('r-a'), reverse('none')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(world.ledger.balance(member)).toBe(190);
    expect(world.ledger.earned(member, now)).toBe(190);
    expect(world.ledger.lines(member, 2).map(({ points }) => points)).toEqual([-300, 300]);
    expect(() => world.db.run('UPDATE ledger SET points=1')).toThrow('append-only');
    expect(() => world.db.run('DELETE FROM ledger')).toThrow('append-only');
  });

  it('counts for the level what was earned within 24 months, spent points do not matter', () => {
    book('old', 5_000, '2023-11-20T00:00:00.000Z');
    book('new', 30, '2023-11-22T00:00:00.000Z');
    book('spent', -150, '2025-11-20T00:00:00.000Z');
    expect(world.ledger.earned(member, now)).toBe(220);
    expect(world.ledger.balance(member)).toBe(5_070);
    const nextWeek = new Date('2025-11-28T00:00:00.000Z');
    expect(world.ledger.membersWithAgedPoints(now, nextWeek)).toEqual([member]);
    expect(world.ledger.earned(member, nextWeek)).toBe(190);
  });
});
