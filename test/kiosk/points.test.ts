// Journey c on the bench: points that stay true offline, and viewing points once a day.
import { describe, expect, it } from 'vitest';
import type { MemberId } from '../../sync/contract/ids.ts';
import { type MemberRow, memberKeys } from '../../sync/contract/members.ts';
import { defaultRules, visitKey } from '../../sync/contract/points.ts';
import { enterPin, kioskBench } from './kiosk-bench.ts';
import { cards, give, now, openSmallWorld, pin, site } from './small-world.ts';

const member = 'm-gold' as MemberId;

/** With rules, discounts, and a member whose points do not last. */
async function bench(changes: Partial<MemberRow> = {}) {
  const b = kioskBench(await openSmallWorld());
  const gold = b.store.replica.get('members', memberKeys.level('gold'));
  const known = b.store.replica.get('members', memberKeys.member(member));
  give(
    b.store,
    'members',
    [
      [memberKeys.rules, defaultRules],
      [memberKeys.level('gold'), { ...gold, discount: 150 }],
      [memberKeys.member(member), { ...known, ...changes }],
    ],
    1,
  );
  return b;
}

async function openPoints(b: Awaited<ReturnType<typeof bench>>) {
  b.touch({ kind: 'open', purpose: 'points' });
  b.swipe(cards.gold);
  await enterPin(b, pin);
  return b.expect('points');
}

describe('points at the terminal', () => {
  it('D11 shows the level, what it gives, and what is missing to the next', async () => {
    const screen = await openPoints(await bench({ balance: 300, earned: 300 }));
    expect(screen).toMatchObject({
      member: { level: '银卡' },
      balance: 310,
      discount: 0,
      next: { name: '金卡', missing: 700, from: 200, benefit: '贵宾席', discount: 150 },
    });
    expect(await openPoints(await bench())).toMatchObject({
      member: { level: '金卡' },
      discount: 150,
      next: null,
    });
  });

  it('CL22 weeks offline: what expired is gone and written in the ledger, what expires soon is said, the level falls', async () => {
    const b = await bench({
      balance: 1_300,
      earned: 1_300,
      lots: [
        { points: 400, expiresAt: '2026-12-01T00:00:00.000Z' },
        { points: 100, expiresAt: '2027-01-10T00:00:00.000Z' },
        { points: 800, expiresAt: '2028-01-01T00:00:00.000Z' },
      ],
      fading: [{ points: 400, at: '2026-12-01T00:00:00.000Z' }],
    });
    const before = await openPoints(b);
    expect(before).toMatchObject({ balance: 1_310, member: { level: '金卡' } });
    expect(before.expiring.map(({ points }) => points)).toEqual([400, 100]);
    b.touch({ kind: 'end' });
    b.clock = new Date('2026-12-15T06:00:00.000Z');
    // another day, another visit
    const after = await openPoints(b);
    expect(after).toMatchObject({ balance: 920, earned: 920, member: { level: '银卡' } });
    expect(after.ledger[0]).toEqual({ at: '2026-12-01T00:00:00.000Z', points: -400, reason: '积分到期' });
    expect(after.expiring.map(({ points }) => points)).toEqual([100]);
  });

  it('D17 CL25 a visit carries the project and is pending once a day, however often the card is swiped', async () => {
    const b = await bench();
    const screen = await openPoints(b);
    expect(screen.pending).toMatchObject([{ points: 10, reason: '看房积分' }]);
    b.clock = new Date(now.getTime() + 60_000);
    b.touch({ kind: 'end' });
    expect((await openPoints(b)).pending).toHaveLength(1);
    const visits = b.facts().filter(({ kind }) => kind === 'visit-recorded');
    expect(visits).toMatchObject([{ body: { member, project: site } }, { body: { member, project: site } }]);
  });

  it('D17 CL25 one that headquarters has booked already is not promised again', async () => {
    const line = {
      id: visitKey(site, now, member),
      at: now.toISOString(),
      points: 10,
      reason: { zh: '', en: '' },
    };
    expect((await openPoints(await bench({ ledger: [line] }))).pending).toEqual([]);
  });

  it('CL27 nothing that a terminal can record spends points', async () => {
    const b = await bench();
    await openPoints(b);
    b.swipe(cards.gold);
    expect(b.store.overlay.pendingPoints(member).every(({ points }) => points > 0)).toBe(true);
  });
});
