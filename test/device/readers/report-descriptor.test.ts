// Report descriptors: real ones, and hostile ones.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInput, parseReportDescriptor, readBits } from '../../../device/readers/report-descriptor.ts';
import {
  bitmapKeyboardDescriptor,
  bootKeyboardDescriptor,
  hidPosDescriptor,
  hidPosPlaces,
  magnePrintDescriptor,
  magtekDescriptor,
  mouseDescriptor,
} from '../../simulators/readers/hid-descriptors.ts';

const parse = (bytes: Uint8Array) => {
  const layout = parseReportDescriptor(bytes);
  if (!layout) throw new Error('refused');
  return layout;
};
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('parseReportDescriptor', () => {
  it('finds sizes and offsets of a MagTek swipe reader', () => {
    const layout = parse(magtekDescriptor);
    expect(layout.isNumbered).toBe(false);
    expect([...layout.inputBytes]).toEqual([[0, 337]]);
    expect(layout.inputs[0]?.application).toEqual({ page: 0xff00, id: 1 });
    const at = (usage: number) => findInput(layout, 0xff00, usage);
    expect(at(0x38)).toEqual({ reportId: 0, bitOffset: 6 * 8, bitSize: 8, count: 1 });
    expect(at(0x31)).toEqual({ reportId: 0, bitOffset: 117 * 8, bitSize: 8, count: 110 });
    expect(at(0x39)).toBeNull();
    expect(findInput(parse(magnePrintDescriptor), 0xff00, 0x39)?.bitOffset).toBe(343 * 8);
  });

  it('C20 finds offsets that no manual says, in numbered reports with filling', () => {
    const layout = parse(hidPosDescriptor);
    expect(layout.isNumbered).toBe(true);
    expect(layout.inputBytes.get(3)).toBe(hidPosPlaces.bytes);
    for (const place of [1, 2, 3] as const) {
      expect(findInput(layout, 0x8e, 0x10 + place)).toMatchObject({
        reportId: 3,
        bitOffset: hidPosPlaces.lengths[place] * 8,
      });
      expect(findInput(layout, 0x8e, 0x20 + place)).toMatchObject({
        reportId: 3,
        bitOffset: hidPosPlaces.data[place] * 8,
      });
    }
  });

  it('tells keyboards from others, and keys that are an array from keys that are bits', () => {
    const boot = parse(bootKeyboardDescriptor);
    expect(boot.inputs.map(({ isArray, bitOffset, count }) => [isArray, bitOffset, count])).toEqual([
      [false, 0, 8],
      [true, 16, 6],
    ]);
    expect([...parse(bitmapKeyboardDescriptor).inputBytes]).toEqual([[2, 16]]);
    expect(parse(mouseDescriptor).inputs[0]?.application).toEqual({ page: 1, id: 2 });
  });

  it('keeps what push and pop say, long items and whole usages', () => {
    const layout = parse(
      hex('0600ff 0901 a101 7508 9502 a4 7510 9501 b4 0b0300 8e00 8102 fe03 10aabbcc c0'.replaceAll(' ', '')),
    );
    expect(findInput(layout, 0x8e, 3)).toEqual({ reportId: 0, bitOffset: 0, bitSize: 8, count: 2 });
  });

  it.each([
    ['a cut item', '05'],
    ['a collection that never closes', '0501 0906 a101'],
    ['an end without a collection', 'c0'],
    ['report number 0', '8500'],
    ['report number 256', '860001'],
    ['pop without push', 'b4'],
    ['a report of 500 MB', '7508 97ffffff1f 8102'],
    ['a field of 65 kB', '76ffff 9501 8102'],
    ['collections without end', 'a101'.repeat(40)],
    ['pushes without end', 'a4'.repeat(40)],
    ['a cut long item', 'fe0510aa'],
  ])('refuses %s', (_, bytes) => {
    expect(parseReportDescriptor(hex(bytes))).toBeNull();
  });

  it('refuses what is larger than any descriptor', () => {
    expect(parseReportDescriptor(Buffer.alloc(4_097))).toBeNull();
    const field = '7501 9501 0901 8102'.replaceAll(' ', '');
    expect(parseReportDescriptor(hex(field.repeat(300)))).toBeNull();
  });

  it('reads bits of any place, and zeros behind the end', () => {
    expect(readBits(hex('00 f1 ff'), 12, 8)).toBe(0xff);
    expect(readBits(hex('00 f1 ff'), 8, 4)).toBe(1);
    expect(readBits(hex('ff'), 4, 16)).toBe(0x0f);
  });

  it('fuzz: spoilt descriptors never throw, and never make a report larger than the limit', () => {
    const real = [magtekDescriptor, hidPosDescriptor, bootKeyboardDescriptor, magnePrintDescriptor];
    fc.assert(
      fc.property(
        fc.constantFrom(...real),
        fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 }),
        fc.uint8Array({ maxLength: 30 }),
        (descriptor, changes, tail) => {
          const bytes = Buffer.concat([descriptor, tail]);
          for (const [at, to] of changes) bytes[at % bytes.length] = to;
          const layout = parseReportDescriptor(bytes);
          for (const size of layout?.inputBytes.values() ?? []) expect(size).toBeLessThanOrEqual(4_096);
          if (layout) findInput(layout, 0x8e, 0x21);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
