// A fleet's virtual week under every accident: what was confirmed is at headquarters once and in order, from any seed.
import { describe, expect, it } from 'vitest';
import { runSyncWorld, type WorldResult } from '../simulators/sync-world/sync-world.ts';

const anySeed = Date.now() % 1_000_000;

function expectWhole(result: WorldResult): void {
  const { seed, lost, doubled, unexpected, disordered, stuck, examples } = result;
  expect({ seed, lost, doubled, unexpected, disordered, stuck, examples }).toEqual({
    seed,
    lost: 0,
    doubled: 0,
    unexpected: 0,
    disordered: 0,
    stuck: 0,
    examples: [],
  });
}

describe('a virtual week', () => {
  it.each([anySeed, anySeed + 1, anySeed + 2])('CO15 S56 F1–F6 F9–F15 F18 seed %i', (seed) => {
    const result = runSyncWorld({ seed });
    expectWhole(result);
    expect(result.accepted).toBeGreaterThan(1_000);
  });

  it('CO15 one seed is one week, to the last event', () => {
    expect(runSyncWorld({ seed: 7, terminals: 10 })).toEqual(runSyncWorld({ seed: 7, terminals: 10 }));
  });

  it.each([
    ['CO3 deletes on PUBACK', { trustsPuback: true }],
    ['OB10 never begins a new epoch', { neverRenews: true }],
    ['OB5 F13 keeps nothing that headquarters has', { hasNoRing: true }],
  ])('control: whoever breaks %s loses', (_, flaws) => {
    const lost = [1, 2, 3, 4].map((seed) => runSyncWorld({ seed, terminals: 15, flaws }).lost);
    expect(Math.max(...lost)).toBeGreaterThan(0);
  });

  it.each([['CO4 a ring of more than a window was never sent to the end', 4]])(
    'once failed: %s (seed %i)',
    (_, seed) => expectWhole(runSyncWorld({ seed })),
  );
});
