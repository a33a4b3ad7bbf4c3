// Bad lines, short: everything arrives once and in order, and a slow line is not made slower by sending twice.
import { beforeAll, describe, expect, it } from 'vitest';
import { badLines, goodLine, sendOverBadLine } from './bad-lines.ts';

const seed = 20_260_303;
const manyFacts = 200;
const fewFacts = 40;

describe('bad lines', () => {
  let goodBytes = 0;
  beforeAll(async () => {
    goodBytes = (await sendOverBadLine(goodLine, { broker: 'aedes', facts: manyFacts, seed })).bytes;
  });

  it.each(badLines)(
    'F5 F6 CO2 CO3 CO9 $name: every fact once and in order',
    async (line) => {
      const facts = line.isLossless ? manyFacts : fewFacts;
      const { lost, doubled, disordered, accepted, bytes } = await sendOverBadLine(line, {
        broker: 'aedes',
        facts,
        seed,
      });
      expect({ lost, doubled, disordered, accepted }, `seed ${seed}`).toEqual({
        lost: 0,
        doubled: 0,
        disordered: 0,
        accepted: facts,
      });
      if (line.isLossless) expect(bytes / goodBytes, 'bytes against a good line').toBeLessThan(1.5);
    },
    60_000,
  );
});
