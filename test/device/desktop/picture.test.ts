// Pictures: what a PNG reader gets back, what is masked, and pictures that are not whole.
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { encodePng, maskPicture, pictureFromBgrx, pictureFromPpm } from '../../../device/desktop/picture.ts';

const size = fc.record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) });
const picture = size.chain(({ width, height }) =>
  fc
    .uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height })
    .map((bytes) => ({ width, height, rgb: Buffer.from(bytes) })),
);
const edge = fc.oneof(fc.integer({ min: -30, max: 50 }), fc.constant(Number.MAX_SAFE_INTEGER));
const area = fc.record({ x: edge, y: edge, width: edge.map(Math.abs), height: edge.map(Math.abs) });

describe('picture', () => {
  it('a PNG reader gets the same pixels back', () => {
    fc.assert(
      fc.property(picture, (original) => {
        const { width, height, data } = PNG.sync.read(encodePng(original));
        const back = Buffer.from([...data].filter((_, n) => n % 4 !== 3));
        expect({ width, height, rgb: back }).toEqual(original);
      }),
    );
  });

  it('pixels in an area are black, all others untouched', () => {
    fc.assert(
      fc.property(picture, fc.array(area, { maxLength: 4 }), (original, areas) => {
        const masked = { ...original, rgb: Buffer.from(original.rgb) };
        maskPicture(masked, areas);
        for (let n = 0; n < original.width * original.height; n += 1) {
          const [x, y] = [n % original.width, Math.floor(n / original.width)];
          const isMasked = areas.some((a) => x >= a.x && x < a.x + a.width && y >= a.y && y < a.y + a.height);
          const wanted = isMasked ? '000000' : original.rgb.toString('hex', 3 * n, 3 * n + 3);
          expect(masked.rgb.toString('hex', 3 * n, 3 * n + 3)).toBe(wanted);
        }
      }),
    );
  });

  it('blue comes first in what X11 gives, and rows may be longer than they look', () => {
    const rows = [3, 2, 1, 0, 6, 5, 4, 0, 99, 99, 9, 8, 7, 0, 12, 11, 10, 0, 99, 99];
    expect([...pictureFromBgrx(2, 2, 10, Uint8Array.from(rows)).rgb]).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
  });

  it('a PPM that is none, or not whole, is no picture', () => {
    expect(pictureFromPpm(Buffer.from('P6\n1 1\n255\nabc'))?.rgb.toString()).toBe('abc');
    for (const text of [
      '',
      'P5\n1 1\n255\nabc',
      'P6\n1 1\n65535\nabc',
      'P6\n1 1\n255\nab',
      'P6\n1 1\n255\nabcd',
    ]) {
      expect(pictureFromPpm(Buffer.from(text))).toBeNull();
    }
  });
});
