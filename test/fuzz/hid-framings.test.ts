// Hostile reports into every framing of HID readers: no throw, no card that was not there, nothing that grows.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fuzzFraming } from './fuzz-framing.ts';
import { hidFramings } from './hid-framings.ts';
import { seed } from './seeded.ts';

describe(`HID card framings (seed ${seed})`, () => {
  it.each(hidFramings)('$name: 3,000 frames, and every accepted card stood there', (fuzzed) => {
    const result = fuzzFraming(fuzzed, seed, 3_000);
    expect(result.faults).toEqual([]);
    // or nothing was tried
    expect(result.right).toBeGreaterThan(50);
  });

  it.each(hidFramings)('$name: a storm without an end is not kept', ({ make }) => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const held = () => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const framing = make();
    const before = held();
    for (const filler of [0x00, 0x02, 0x1f, 0xff])
      for (let n = 0; n < 16; n += 1) framing.push(Buffer.alloc(8_192, filler));
    expect(held() - before).toBeLessThan(2_000_000);
  });
});
