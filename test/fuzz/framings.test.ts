// Hostile bytes into every card framing on a line: no throw, no card that was not there, no growing memory.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { CardFraming } from '../../device/readers/card-framing.ts';
import { readTypedNumber, typedNumberFormats } from '../../device/readers/typed-number.ts';
import { cardDigits } from '../device/readers/card-digits.ts';
import { rdm6300Frame } from '../simulators/rdm6300-reader.ts';
import { type FuzzedFraming, fuzzFraming } from './fuzz-framing.ts';
import { lineFramings } from './line-framings.ts';
import { seed, seeded } from './seeded.ts';

describe(`card framings (seed ${seed})`, () => {
  it.each(lineFramings)('$name: 20,000 frames, and every accepted card stood there whole', (fuzzed) => {
    const result = fuzzFraming(fuzzed, seed, 20_000);
    expect(result.faults).toEqual([]);
    // or nothing was tried
    expect(result.right).toBeGreaterThan(1_000);
  });

  it.each(lineFramings)('$name: a storm without an end is not kept', ({ make, frame }) => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const held = () => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const random = seeded();
    const start = frame(random).subarray(0, 4);
    const framing = make();
    framing.push(start);
    const before = held();
    // 16 MB of what could go on for ever: digits, zeros, and the longest lengths
    for (const filler of [0x30, 0x00, 0xff, 0x41]) {
      const storm = Buffer.alloc(65_536, filler);
      for (let n = 0; n < 64; n += 1) framing.push(storm);
    }
    expect(held() - before).toBeLessThan(2_000_000);
  });

  it('typed numbers: a card or a reason, and only of what was typed', () => {
    const random = seeded();
    const faults: string[] = [];
    for (let n = 0; n < 50_000; n += 1) {
      const format = random.pick(typedNumberFormats);
      const right = { '10H': '01026F6C3A', '8H10D': '0040856634', '6H8D': '07302202' } as const;
      const text = { ...right, '2H4H': '111,27706', '4H4H': '00623,27706', '10D': '40856634' }[format];
      const typed = random.spoil(Buffer.from(text));
      const technology = random.pick(['em4100', 'iso14443'] as const);
      const found = readTypedNumber(typed, { technology, format, byteOrder: 'straight' });
      if (typeof found === 'string') continue;
      const value = BigInt(`0x${cardDigits(found.number)}`);
      const groups = typed.toString('latin1').split(',');
      const said =
        format === '10H'
          ? BigInt(`0x${groups[0]}`)
          : groups.reduce((sum, group) => sum * 65_536n + BigInt(group), 0n);
      if (value !== said) faults.push(`${format}: ${typed.toString('hex')}`);
    }
    expect(faults).toEqual([]);
  });
});

describe('the judge', () => {
  const judged = (make: () => CardFraming) => {
    const [right] = lineFramings as [FuzzedFraming];
    return fuzzFraming({ ...right, make }, 1, 2_000).faults.join();
  };
  const [{ make }] = lineFramings as [FuzzedFraming];

  it('notices a framing that throws, that invents a card, and that depends on how it is cut', () => {
    const throwing = () => ({
      push: () => {
        throw new Error('no');
      },
    });
    expect(judged(throwing)).toContain('threw');
    const inventing = () => ({ push: () => make().push(rdm6300Frame('0123456789')) });
    expect(judged(inventing)).toContain('stood nowhere');
    const forgetful = () => ({ push: (chunk: Uint8Array) => make().push(chunk) });
    expect(judged(forgetful)).toContain('other pieces');
  });
});
