// Points: lots, expiry, reversal and levels, the same at terminal and headquarters (rules CL20–CL24).
import { describe, expect, it } from 'vitest';
import {
  accountOf,
  addMonths,
  defaultRules,
  discountOn,
  expiringLots,
  fadingPoints,
  levelOf,
  type PointsEntry,
  pointsFor,
  standingAt,
  standingOf,
  visitKey,
} from '../../../sync/contract/points.ts';
import { makeRandom } from '../../demo/developer/random.ts';
import { livePoints } from '../../faults/points/points-history.ts';

const at = (day: string): string => `${day}T10:00:00.000Z`;
const lot = (id: string, points: number, day: string, months = 24): PointsEntry => ({
  id,
  at: at(day),
  points,
  reverses: null,
  until: addMonths(at(day), months).toISOString(),
  expires: null,
});
const spent = (id: string, points: number, day: string): PointsEntry => ({
  ...lot(id, -points, day),
  until: null,
});
const reversal = (of: PointsEntry, day: string): PointsEntry => ({
  ...lot(`r-${of.id}`, -of.points, day),
  until: null,
  reverses: of.id,
});
const standing = (entries: readonly PointsEntry[], day: string) =>
  standingAt(accountOf(entries), 24, new Date(at(day)));

describe('an account', () => {
  it('D11 CL20 spends what was earned first; what is left of it expires at the second, and what was spent does not come back as debt', () => {
    const entries = [lot('a', 100, '2024-01-10'), lot('b', 50, '2025-06-01'), spent('s', 70, '2025-07-01')];
    expect(standing(entries, '2025-12-01').balance).toBe(80);
    const account = accountOf(entries);
    const last = new Date(Date.parse(at('2026-01-10')) - 1);
    expect(standingAt(account, 24, last).balance).toBe(80);
    expect(standingAt(account, 24, new Date(at('2026-01-10')))).toEqual({ balance: 50, earned: 50 });
    expect(standing(entries, '2030-01-01')).toEqual({ balance: 0, earned: 0 });
  });

  it('CL21 a reversal of an earning takes its lot, one of a spending gives the lot back', () => {
    const [a, b] = [lot('a', 100, '2025-01-10'), lot('b', 50, '2025-06-01')];
    const s = spent('s', 30, '2025-07-01');
    expect(standing([a, b, s, reversal(a, '2025-08-01')], '2025-09-01')).toEqual({ balance: 20, earned: 50 });
    expect(standing([a, b, s, reversal(s, '2025-08-01')], '2025-09-01').balance).toBe(150);
    // spent before it was taken back: owed, and paid by the next earning
    const gone = [a, spent('t', 100, '2025-02-01'), reversal(a, '2025-03-01')];
    expect(standing(gone, '2025-04-01').balance).toBe(-100);
    expect(standing([...gone, lot('c', 120, '2025-05-01')], '2025-06-01').balance).toBe(20);
  });

  it('CL20 is the same in whatever order its entries arrive', () => {
    const entries = [lot('a', 100, '2024-01-10'), lot('b', 50, '2025-06-01'), spent('s', 120, '2025-07-01')];
    expect(accountOf(entries.toReversed())).toEqual(accountOf(entries));
  });

  it('CL20 months end where the calendar ends them', () => {
    expect(addMonths('2026-01-31T23:30:00.000Z', 1).toISOString()).toBe('2026-02-28T23:30:00.000Z');
    expect(addMonths('2024-02-29T00:00:00.000Z', 24).toISOString()).toBe('2026-02-28T00:00:00.000Z');
    expect(addMonths('2025-12-31T00:00:00.000Z', -1).toISOString()).toBe('2025-11-30T00:00:00.000Z');
  });
});

describe('what a terminal was told', () => {
  it('D11 CL22 stays true for months offline: balance, level, and what was recorded since', () => {
    const entries = [lot('a', 300, '2024-01-10'), lot('b', 50, '2025-06-01'), spent('s', 70, '2025-07-01')];
    const account = accountOf(entries);
    const then = new Date(at('2025-08-01'));
    const known = {
      ...standingAt(account, 24, then),
      lots: expiringLots(account, then).map(({ points, at: expiresAt }) => ({ points, expiresAt })),
      fading: fadingPoints(account, 24, then),
    };
    expect(standingOf(known, [], then)).toEqual({ balance: 280, earned: 350 });
    const later = new Date(at('2026-02-01'));
    expect(standingOf(known, [{ points: 20 }], later)).toEqual({ balance: 70, earned: 70 });
  });
});

describe('rules', () => {
  const levels = [{ from: 0 }, { from: 200, discount: 150 }];

  it('D11 D17 CL23 an item earns once or by the amount; a level follows the points, and gives its discount', () => {
    expect(pointsFor(defaultRules, 'visit')).toBe(10);
    expect(pointsFor(defaultRules, 'purchase', 267_099_999)).toBe(2_670);
    expect(pointsFor(defaultRules, 'unheard-of')).toBe(0);
    expect(pointsFor(undefined, 'visit')).toBe(0);
    expect(levelOf(levels, 199)).toBe(levels[0]);
    expect(levelOf(levels, 200)).toBe(levels[1]);
    expect(levelOf(levels, -1)).toBeUndefined();
    expect(discountOn(levels[1], 100_000_099)).toBe(1_500_001);
    expect(discountOn(levels[0], 100_000_000)).toBe(0);
  });

  it('D17 CL23 a visit is one of its project and of the club’s day', () => {
    expect(visitKey('siji', '2026-11-21T15:59:59.999Z', 'm1')).toBe('visit/siji/2026-11-21/m1');
    expect(visitKey('siji', '2026-11-21T16:00:00.000Z', 'm1')).toBe('visit/siji/2026-11-22/m1');
  });
});

describe('random histories of award, reversal, expiry, merge, redemption and rule change', () => {
  const seed = Date.now() % 1_000_000;

  it(`CL24 give equal balances on both sides: 5,000 from seed ${seed}`, () => {
    for (let n = 0; n < 5_000; n += 1) {
      const { wrong } = livePoints(makeRandom(seed + n).next);
      if (wrong !== undefined) expect.fail(`seed ${seed + n}: ${wrong}`);
    }
  });

  it.each([[{ forgetsSpending: true }], [{ booksRetries: true }], [{ trustsOldBalance: true }]])(
    'CL24 control: %j is found out',
    (flaws) => {
      const wrong = Array.from({ length: 200 }, (_, n) => livePoints(makeRandom(n).next, flaws).wrong);
      expect(wrong.filter((each) => each !== undefined).length).toBeGreaterThan(0);
    },
  );
});
