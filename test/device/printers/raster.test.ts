// Pictures as rows of dots: what is packed comes out, and no picture holds a command that is obeyed at once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRaster, packDots } from '../../../device/printers/raster.ts';
import { EscPosInterpreter } from '../../simulators/esc-pos-interpreter.ts';
import { RealTimeCommands } from '../../simulators/real-time-commands.ts';
import { full, type Raster } from './corpus.ts';
import { liveCommands } from './slip-property.ts';

/** The bands as one picture. */
function printed(bytes: Buffer): Buffer {
  const bands = new EscPosInterpreter(full)
    .push(bytes)
    .flatMap((action) => (action.kind === 'paper' && action.item.kind === 'raster' ? [action.item] : []));
  return Buffer.concat(bands.map(({ bits }: Raster) => bits));
}

const hostile = [
  [0x10, 0x04, 0x01],
  [0x10, 0x05, 0x02],
  [0x10, 0x14, 0x08],
  [0x10, 0x14, 0x01],
] as const;

describe('encodeRaster', () => {
  it.each(hostile)('P11 %i %i %i across the borders of rows and bands is never live', (...command) => {
    // 3 bytes a row: the command starts at every place of a row, and over the border of the bands of 255 rows.
    for (let shift = 0; shift < 9; shift += 1) {
      const bits = Buffer.alloc(3 * 600, 0);
      for (let at = shift; at + 3 <= bits.length; at += 3) bits.set(command, at);
      bits.set(command, 3 * 255 - 1);
      bits.set(command, 3 * 255 - 2);
      const bytes = encodeRaster({ width: 24, height: 600, bits }, full);
      expect(liveCommands(bytes)).toBe(0);
      expect(new RealTimeCommands().push(bytes)).toEqual([]);
      const paper = printed(bytes);
      expect(paper).toHaveLength(bits.length);
      // One more dark dot here and there, none taken away.
      for (const [at, byte] of bits.entries()) {
        const added = (paper[at] ?? 0) ^ byte;
        expect([0, 0x08]).toContain(added);
        expect((paper[at] ?? 0) & byte).toBe(byte);
      }
    }
  });

  it('P11 a head never completes a command: widths and heights up to the paper and beyond', () => {
    for (let width = 8; width <= 576; width += 8) {
      for (const height of [4, 5, 16, 20, 254, 255, 256, 260, 271]) {
        const bits = Buffer.alloc((width / 8) * height, 0x10);
        expect(liveCommands(encodeRaster({ width, height, bits }, full))).toBe(0);
      }
    }
  });

  it('P11 any picture of any dots comes out but for the dots that were added', () => {
    const byte = fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x01, 0x08, 0x1d, 0xff);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 520 }),
        fc.array(byte, { minLength: 1, maxLength: 500 }),
        (rowBytes, height, pattern) => {
          const bits = Buffer.alloc(rowBytes * height, Buffer.from(pattern));
          const bytes = encodeRaster({ width: rowBytes * 8, height, bits }, full);
          const paper = printed(bytes);
          expect(liveCommands(bytes)).toBe(0);
          expect(paper).toHaveLength(bits.length);
          expect(paper.every((dots, at) => dots === bits[at] || (bits[at] === 0x10 && dots === 0x18))).toBe(
            true,
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('bits that are missing are light, and what is beyond the edge is cut', () => {
    expect(printed(encodeRaster({ width: 16, height: 2, bits: Uint8Array.of(0xff) }, full))).toEqual(
      Buffer.of(0xff, 0, 0, 0),
    );
    const wide = { width: 640, height: 2, bits: Buffer.alloc(160, 0xaa) };
    expect(printed(encodeRaster(wide, full))).toEqual(Buffer.alloc(144, 0xaa));
    expect(encodeRaster({ width: 0, height: 5, bits: Buffer.alloc(0) }, full)).toHaveLength(0);
  });
});

describe('packDots', () => {
  it('packs any width, most significant bit left', () => {
    expect(packDots(10, 2, Uint8Array.from('10000000011111111100', Number)).bits).toEqual(
      Uint8Array.of(0x80, 0x40, 0xff, 0),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.boolean()),
        (width, height, stream) => {
          const dots = Uint8Array.from({ length: width * height }, () => (stream.next().value ? 1 : 0));
          const { bits } = packDots(width, height, dots);
          const rowBytes = Math.ceil(width / 8);
          for (let y = 0; y < height; y += 1) {
            for (let x = 0; x < width; x += 1) {
              const bit = ((bits[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
              expect(bit).toBe(dots[y * width + x]);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
