// One tap per presentation, whatever a reader repeats; and no number outlives its read.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CardNumber } from '../../../device/card-number.ts';
import { CardPresence } from '../../../device/readers/card-presence.ts';
import { seed, seeded } from '../../fuzz/seeded.ts';

describe('CardPresence', () => {
  const a = new CardNumber('01026F6C3A');
  const b = new CardNumber('0100000001');
  const tapsOf = (sightings: readonly (readonly [CardNumber, number])[]) => {
    const presence = new CardPresence(400);
    return sightings.filter(([number, at]) => presence.see(number, at)).map(([number]) => number);
  };
  const lying = (number: CardNumber, from: number, to: number) =>
    Array.from({ length: Math.ceil((to - from) / 65) }, (_, n) => [number, from + n * 65] as const);

  it('C27 a tag lying for 10 s is one tap, lifted for 0.5 s it is two', () => {
    expect(tapsOf(lying(a, 0, 10_000))).toEqual([a]);
    expect(tapsOf([...lying(a, 0, 5_000), ...lying(a, 5_465, 10_000)])).toEqual([a, a]);
  });

  it('C27 a short shadow is not a lift', () => {
    expect(tapsOf([...lying(a, 0, 5_000), ...lying(a, 5_300, 10_000)])).toEqual([a]);
  });

  it('C28 two tags alternating within 300 ms are each one tap', () => {
    const sightings = Array.from({ length: 40 }, (_, n) => [n % 2 ? b : a, n * 150] as const);
    expect(tapsOf(sightings)).toEqual([a, b]);
  });

  it('C28 A, B, A, each taken away for longer, are three taps', () => {
    expect(tapsOf([...lying(a, 0, 300), ...lying(b, 300, 900), ...lying(a, 900, 1_200)])).toEqual([a, b, a]);
  });

  it('a card is known again after its number was wiped', () => {
    const presence = new CardPresence(400);
    const first = new CardNumber('01026F6C3A');
    expect(presence.see(first, 0)).toBe(true);
    first.wipe();
    expect(presence.see(new CardNumber('01026F6C3A'), 100)).toBe(false);
    expect(presence.see(new CardNumber('0000000000'), 100)).toBe(true);
  });

  it('what is no card is told once a presentation too', () => {
    const presence = new CardPresence(400);
    const told = [0, 100, 200, 500, 1_000].filter((at) => presence.seeUnusable('card-random-id', at));
    expect(told).toEqual([0, 1_000]);
    expect(presence.seeUnusable('card-unreadable', 1_000)).toBe(true);
  });

  it(`C27 C28 100,000 presentations are 100,000 taps (seed ${seed})`, () => {
    const random = seeded();
    const absenceMs = 400;
    const presence = new CardPresence(absenceMs);
    const hand = Array.from({ length: 6 }, (_, n) => new CardNumber(`010000000${n}`));
    const leftAt = hand.map(() => Number.NEGATIVE_INFINITY);
    let now = 0;
    let wrong = 0;
    for (let n = 0; n < 100_000; n += 1) {
      // one or two cards side by side, told in turns, none of them for as long as an absence
      const lying = [random.int(6), random.int(6)].slice(random.int(2));
      now = Math.max(now + 1, ...lying.map((card) => leftAt[card]! + absenceMs + random.int(300)));
      const seen = new Set<number>();
      for (let sightings = 1 + random.int(6); sightings > 0; sightings -= 1) {
        for (const card of lying) {
          now += random.int(absenceMs / 2);
          const isNew = !seen.has(card);
          if (presence.see(hand[card]!, now) !== isNew) wrong += 1;
          seen.add(card);
          leftAt[card] = now;
        }
      }
    }
    expect(wrong).toBe(0);
  });

  it('any sightings at all: a tap is exactly a sighting with no other of that card shortly before', () => {
    const sightings = fc.array(fc.tuple(fc.nat(3), fc.nat(600)), { maxLength: 60 });
    fc.assert(
      fc.property(sightings, (steps) => {
        const presence = new CardPresence(400);
        const last = new Map<number, number>();
        let now = 0;
        for (const [card, pause] of steps) {
          now += pause;
          const isNew = now - (last.get(card) ?? Number.NEGATIVE_INFINITY) >= 400;
          expect(presence.see(new CardNumber(`010000000${card}`), now)).toBe(isNew);
          last.set(card, now);
        }
      }),
      { numRuns: 1_000, seed },
    );
  });

  it('a storm of cards is forgotten from its start on, not gathered', () => {
    const presence = new CardPresence(400);
    for (let n = 0; n < 1_000; n += 1) presence.see(new CardNumber(String(n).padStart(10, '0')), 0);
    expect(presence.see(new CardNumber('0000000999'), 0)).toBe(false);
    expect(presence.see(new CardNumber('0000000000'), 0)).toBe(true);
  });
});
