// A set of homes in any of its forms, against a plain set.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bitmap } from '../../../kiosk/search/bitmap.ts';
import { UnitSetDraft } from '../../../kiosk/search/unit-set.ts';

describe('a set of homes', () => {
  it('holds what was added, also when an outer span comes after the inner ones', () => {
    const size = 200;
    const step = fc.record({ back: fc.nat(40), gap: fc.nat(3), length: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.nat(size - 1)), (steps, others) => {
        const draft = new UnitSetDraft();
        const plain = new Set<number>();
        let reached = 0;
        for (const { back, gap, length } of steps) {
          const start = back > 30 ? Math.max(0, reached - back) : reached + gap;
          const end = Math.min(size, Math.max(reached, start + length));
          draft.addSpan(start, end);
          for (let at = start; at < end; at += 1) plain.add(at);
          reached = end;
        }
        const set = draft.finish(size);
        const bits = new Bitmap(size);
        set.addTo(bits);
        expect(bits.count()).toBe(plain.size);
        expect(Array.from({ length: size }, (_, at) => bits.has(at))).toEqual(
          Array.from({ length: size }, (_, at) => plain.has(at)),
        );
        const picked = new Bitmap(size);
        for (const at of others) picked.add(at);
        for (let at = others.length * 5; at < size; at += 1) if (at % 7 > 0) picked.add(at);
        expect(set.countIn(picked)).toBe([...plain].filter((at) => picked.has(at)).length);
      }),
    );
  });
});
