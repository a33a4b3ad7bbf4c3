// What must hold for the paper and the bytes of any slip on any printer (P06–P09, P11).
import fc from 'fast-check';
import { expect } from 'vitest';
import { hanziLevels, type PrinterProfile } from '../../../device/printers/printer-profile.ts';
import type { SlipEncoder } from '../../../device/printers/slip-encoder.ts';
import type { Slip, SlipLine } from '../../../device/receipt-printer.ts';
import { noGlyph } from '../../simulators/hanzi-font.ts';
import { columnsOfRun } from '../../simulators/paper.ts';
import { RealTimeCommands } from '../../simulators/real-time-commands.ts';
import { tokensOf } from './command-grammar.ts';
import { full, print } from './corpus.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.constantFrom('中', '，', '（', 'a', '1', ' ', '-', '.', '😀', '\n', '€', '㐀', 'ñ'), {
      maxLength: 80,
    })
    .map((parts) => parts.join('')),
);
const hostileByte = fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x01, 0x02, 0x08, 0xff, 0x00);
const anyPicture = fc
  .record({ width: fc.integer({ min: 0, max: 700 }), height: fc.integer({ min: 0, max: 600 }) })
  .chain(({ width, height }) =>
    fc.array(hostileByte, { maxLength: 400 }).map((bytes) => ({
      kind: 'picture' as const,
      width,
      height,
      bits: Buffer.from(bytes).toString('base64'),
    })),
  );
const anyLine: fc.Arbitrary<SlipLine> = fc.oneof(
  fc.record({ kind: fc.constant('title' as const), text: anyText }),
  fc.record({
    kind: fc.constant('text' as const),
    text: anyText,
    bold: fc.boolean(),
    align: fc.constantFrom('left' as const, 'centre' as const),
  }),
  fc.record({ kind: fc.constant('pair' as const), label: anyText, value: anyText, bold: fc.boolean() }),
  fc.record({ kind: fc.constant('qr' as const), content: anyText }),
  fc.constant({ kind: 'rule' as const }),
  fc.constant({ kind: 'space' as const }),
  anyPicture,
);
export const anySlip: fc.Arbitrary<Slip> = fc.array(anyLine, { maxLength: 4 });
export const anyProfile: fc.Arbitrary<PrinterProfile> = fc
  .constantFrom({ columns: 32, dots: 384 } as const, { columns: 42, dots: 512 } as const, full)
  .chain(({ columns, dots }) =>
    fc.record({
      columns: fc.constant(columns),
      dots: fc.constant(dots),
      hanzi: fc.constantFrom(...hanziLevels),
      hasNativeQr: fc.boolean(),
      hasCutter: fc.boolean(),
      status: fc.constantFrom('dle-eot', 'automatic', 'gs-r', 'none'),
      completionProof: fc.constantFrom('echo', 'transmit', 'none'),
      hasCounters: fc.boolean(),
    }),
  );

/** Slips that were wrong once. */
export const slipExamples: readonly [Slip, PrinterProfile][] = [
  // says □ itself: once taken for a missing glyph
  [[{ kind: 'title', text: '□' }], { ...full, columns: 32, dots: 384, hanzi: 'gbk' }],
];

/** For `fc.assert`; `npm run proof` runs it longer. */
export function slipProperty(encode: SlipEncoder): fc.IPropertyWithHooks<[Slip, PrinterProfile]> {
  return fc.property(anySlip, anyProfile, (slip, profile) => {
    const { bytes, actions, items } = print(slip, profile, 1, encode);
    for (const item of items) {
      if (item.kind === 'raster') expect(item.widthDots).toBeLessThanOrEqual(profile.dots);
      if (item.kind !== 'line') continue;
      expect(item.isFull).toBe(false);
      expect(item.runs.reduce((sum, run) => sum + columnsOfRun(run), 0)).toBeLessThanOrEqual(profile.columns);
      expect(item.runs.map(({ text }) => text).join('')).not.toContain(noGlyph);
    }
    expect(liveCommands(bytes)).toBe(0);
    expect(new RealTimeCommands().push(bytes)).toEqual([]);
    expect(actions.filter(({ kind }) => kind === 'cut')).toHaveLength(profile.hasCutter ? 1 : 0);
    expect(actions.filter(({ kind }) => kind === 'unknown')).toEqual([]);
    expect(tokensOf(bytes, profile.hanzi).filter(({ kind }) => kind === 'unknown')).toEqual([]);
  });
}

/** How many DLE EOT, DLE ENQ and DLE DC4 stand in a job, whatever follows them. */
export function liveCommands(bytes: Uint8Array): number {
  return bytes.filter((byte, at) => byte === 0x10 && [0x04, 0x05, 0x14].includes(bytes[at + 1] ?? 0)).length;
}
