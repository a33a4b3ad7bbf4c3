// F11: a terminal's file with flipped bits, cut short, full of noise, or with one of its companions gone.
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../fault-plan.ts';
import { damageStore, killTerminal } from './damaged-store.ts';

const seed = 20_260_306;
const killed = killTerminal(seed, 120);
afterAll(() => rmSync(killed.folder, { recursive: true, force: true }));

describe(`F11 a damaged file, seed ${seed}`, () => {
  it.each(['cut', 'noise', 'no-store'] as const)('OB13 is noticed: %s', (damage) => {
    const random = seededRandom(seed);
    const notices = Array.from({ length: 15 }, () => damageStore(killed, damage, random));
    expect(notices.filter(({ notice }) => notice === 'unnoticed')).toEqual([]);
    expect(notices.some(({ isSetAside }) => isSetAside)).toBe(true);
  });

  it.each(['cut-wal', 'no-wal', 'flip-wal'] as const)(
    'OB10 is noticed although the rest is sound: %s',
    (damage) => {
      const random = seededRandom(seed);
      const notices = Array.from({ length: 15 }, () => damageStore(killed, damage, random));
      expect(notices.filter(({ notice }) => notice === 'unnoticed')).toEqual([]);
      expect(notices.some(({ notice }) => notice === 'told')).toBe(true);
    },
  );

  it('OB8 is none when only the -shm is gone: it is made anew', () => {
    expect(damageStore(killed, 'no-shm', seededRandom(seed))).toMatchObject({
      lost: 0,
      notice: 'whole',
      isSetAside: false,
    });
  });
});
