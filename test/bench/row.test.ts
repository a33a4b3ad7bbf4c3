// How a row judges a ratio, and the two ways to the middle and the end of many measurements.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, percentile, ratioRow } from './row.ts';

const measured = { row: 'slip', metric: 'slips/s ÷ x', peer: 'x 1.0', runs: 3 } as const;

describe('ratioRow', () => {
  it('divides ours by the other and holds the goal from the side that is named', () => {
    const more = { ...measured, op: '>=', goal: 2 } as const;
    expect(ratioRow({ ...more, ours: 6, against: 3 })).toEqual({
      ...more,
      ours: 6,
      against: 3,
      value: 2,
      ok: true,
    });
    expect(ratioRow({ ...more, ours: 5, against: 3 }).ok).toBe(false);
    const less = { ...measured, op: '<=', goal: 2 } as const;
    expect(ratioRow({ ...less, ours: 6, against: 3 }).ok).toBe(true);
    expect(ratioRow({ ...less, ours: 7, against: 3 }).ok).toBe(false);
  });

  it('a peer that did nothing, or nothing measured at all, meets no upper goal', () => {
    const less = { ...measured, op: '<=', goal: 2 } as const;
    expect(ratioRow({ ...less, ours: 1, against: 0 }).ok).toBe(false);
    expect(ratioRow({ ...less, ours: 0, against: 0 }).ok).toBe(false);
  });
});

describe('percentile', () => {
  it('is the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect([1, 50, 99, 100].map((p) => percentile(hundred, p))).toEqual([1, 50, 99, 100]);
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4])).toBe(4);
    expect(() => median([])).toThrow('of nothing');
  });

  it('is one of the values, with at least that share of them not above it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1 }),
        fc.integer({ min: 1, max: 100 }),
        (values, percent) => {
          const found = percentile(values, percent);
          expect(values).toContain(found);
          const notAbove = values.filter((value) => value <= found).length;
          expect(notAbove * 100).toBeGreaterThanOrEqual(values.length * percent);
        },
      ),
    );
  });
});
