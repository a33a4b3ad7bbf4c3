// RDM6300 framing: the vectors, torn frames, noise, and a fuzzer.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Rdm6300Framing } from '../../../device/readers/rdm6300.ts';
import { rdm6300Frame } from '../../simulators/rdm6300-reader.ts';
import { cardDigits } from './card-digits.ts';

const good = Buffer.from('\x0201026F6C3A3A\x03', 'latin1');
const read = (...chunks: readonly Uint8Array[]) => {
  const framing = new Rdm6300Framing();
  const readings = chunks.map((chunk) => framing.push(chunk));
  return {
    numbers: readings.flatMap(({ cards }) => cards.map(({ number }) => cardDigits(number))),
    unusable: readings.flatMap(({ unusable }) => unusable),
    noise: readings.reduce((sum, { noiseBytes }) => sum + noiseBytes, 0),
    bad: readings.reduce((sum, { badChecksumBytes }) => sum + badChecksumBytes, 0),
  };
};
const split = (bytes: Uint8Array, ...sizes: readonly number[]) => {
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return bytes.subarray(at - size, at);
  });
};

describe('Rdm6300Framing', () => {
  it('C36 a frame that broke off leaves none of its digits behind', () => {
    const alloc = vi.spyOn(Buffer, 'alloc');
    const framing = new Rdm6300Framing();
    const [held] = alloc.mock.results.map(({ value }) => value as Buffer);
    alloc.mockRestore();
    for (const end of ['x', '\x02']) {
      framing.push(good.subarray(0, 12));
      expect(held?.toString('latin1')).toContain('026F6C3A');
      framing.push(Buffer.from(end));
      expect(held?.toString('latin1')).not.toContain('6F');
    }
  });

  it('C23 reads the vector', () => {
    expect(read(good)).toMatchObject({ numbers: ['01026F6C3A'], noise: 0, bad: 0 });
    expect(rdm6300Frame('01026F6C3A')).toEqual(good);
  });

  it('C24 refuses a wrong checksum', () => {
    expect(read(Buffer.from('\x0201026F6C3A3B\x03', 'latin1'))).toMatchObject({
      numbers: [],
      noise: 0,
      bad: 14,
    });
  });

  it.each([[[1, 13]], [[5, 9]], [Array(14).fill(1)]])('C25 joins a frame split into %j', (sizes) => {
    expect(read(...split(good, ...sizes))).toMatchObject({ numbers: ['01026F6C3A'], noise: 0, bad: 0 });
  });

  it('C26 finds frames after noise, after a start inside a frame, and two in one chunk', () => {
    expect(read(Buffer.from('xyz'), good)).toMatchObject({ numbers: ['01026F6C3A'], noise: 3, bad: 0 });
    expect(read(good.subarray(0, 9), good)).toMatchObject({ numbers: ['01026F6C3A'], noise: 9, bad: 0 });
    expect(read(Buffer.concat([good, rdm6300Frame('0100000001')])).numbers).toEqual([
      '01026F6C3A',
      '0100000001',
    ]);
  });

  it('C26 refuses what is not hexadecimal and an end that is missing', () => {
    expect(read(Buffer.from('\x0201026F6C3G3A\x03', 'latin1')).numbers).toEqual([]);
    expect(read(Buffer.from('\x0201026F6C3A3A\x04', 'latin1')).numbers).toEqual([]);
  });

  it('C34 keeps leading zeros, and takes a tag of zeros for none', () => {
    expect(read(rdm6300Frame('0000000001')).numbers).toEqual(['0000000001']);
    expect(read(rdm6300Frame('0000000000'))).toMatchObject({ numbers: [], unusable: ['card-unreadable'] });
  });

  it('fuzz: whatever comes before, every byte is accounted for and the next whole frame is read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }),
        fc.uint8Array({ minLength: 5, maxLength: 5 }).filter((id) => id.some((byte) => byte > 0)),
        (garbage, id) => {
          const tag = Buffer.from(id).toString('hex').toUpperCase();
          const result = read(...garbage, rdm6300Frame(tag));
          expect(result.numbers.at(-1)).toBe(tag);
          const all = garbage.reduce((sum, { length }) => sum + length, 14);
          expect(result.noise + result.bad + 14 * result.numbers.length).toBe(all);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('fuzz: one flipped bit is never another card', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 * 8 - 1 }), (bit) => {
        const frame = Buffer.from(good);
        frame[bit >> 3] = (frame[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(read(frame).numbers).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
