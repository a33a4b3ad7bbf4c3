// The judge and the plan of the proof: a harness that cannot fail a bad design is broken.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultPlan } from './fault-plan.ts';
import { judge } from './oracle.ts';

describe('judge', () => {
  it('passes what arrived once and in order, also with more that was never confirmed', () => {
    expect(judge(['a', 'b', 'c'], ['a', 'x', 'b', 'c', 'y'])).toMatchObject({
      accepted: 3,
      applied: 5,
      lost: 0,
      doubled: 0,
      ok: true,
    });
  });

  it('sees a lost, a doubled and a disordered fact, and a run in which nothing was accepted', () => {
    expect(judge(['a', 'b', 'c'], ['a', 'c'])).toMatchObject({ lost: 1, ok: false });
    expect(judge(['a', 'b'], ['a', 'b', 'a'])).toMatchObject({ doubled: 1, lost: 0, ok: false });
    expect(judge(['a', 'b', 'c'], ['a', 'c', 'b'])).toMatchObject({ disordered: 1, lost: 0, ok: false });
    expect(judge([], [])).toMatchObject({ ok: false });
  });

  it('counts exactly what was taken away and put in twice', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uuid(), { minLength: 1 }),
        fc.func(fc.constantFrom(0, 1, 1, 1, 2)),
        (ids, times) => {
          const counts = ids.map((id) => times(id));
          const verdict = judge(
            ids,
            ids.flatMap((id, i) => Array.from({ length: counts[i] ?? 0 }, () => id)),
          );
          expect(verdict.lost).toBe(counts.filter((n) => n === 0).length);
          expect(verdict.doubled).toBe(counts.filter((n) => n === 2).length);
          expect(verdict.disordered).toBe(0);
        },
      ),
    );
  });
});

describe('faultPlan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(faultPlan(7, 30)).toEqual(faultPlan(7, 30));
    expect(faultPlan(7, 30)).not.toEqual(faultPlan(8, 30));
  });

  it('brings back everything that it takes, hits everyone, and kills the broker while headquarters is away', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const plan = faultPlan(seed, 30);
        for (const { hits, returns } of plan) {
          expect(new Set(returns)).toEqual(new Set(hits.map(({ party }) => party)));
          expect(new Set(returns).size).toBe(returns.length);
        }
        const kills = plan.flatMap(({ hits }) => hits.filter(({ kind }) => kind === 'kill'));
        expect(new Set(kills.map(({ party }) => party)).size).toBe(3);
        expect(kills.length).toBeGreaterThan(25);
        const painful = plan.filter(
          ({ hits }) =>
            hits[0]?.party === 'headquarters' && hits[1]?.party === 'broker' && hits[1].kind === 'kill',
        );
        expect(painful.length).toBeGreaterThanOrEqual(10);
      }),
    );
  });
});
