// One line of text as dots, on the same grid as the printer's own characters: 12 × 24 dots, Chinese 24 × 24.
import { glyphPixels, glyphRow } from './glyphs.ts';
import { type DotPicture, packDots } from './raster.ts';
import { columnsOf } from './text-columns.ts';

const columnDots = 12;
export const lineDots = 24;

/** @param scale 2 = twice as wide and high */
export function drawLine(text: string, { isBold, scale }: { isBold: boolean; scale: 1 | 2 }): DotPicture {
  const width = columnsOf(text) * columnDots * scale;
  const height = lineDots * scale;
  const dots = new Uint8Array(width * height);
  const pen: Pen = { dots, width, scale, strokeDots: isBold ? 3 : 2 };
  let x = 0;
  for (let n = 0; n < text.length; n += 1) {
    const unit = text.charCodeAt(n);
    drawGlyph(pen, unit, x);
    x += unit > 0x7f ? 2 * columnDots : columnDots;
  }
  return packDots(width, height, dots);
}

interface Pen {
  readonly dots: Uint8Array;
  readonly width: number;
  readonly scale: 1 | 2;
  readonly strokeDots: 2 | 3;
}

/**
 * Two pixels become three dots and each stroke two: pixel n covers dots ⌊1.5 n⌋ and the next,
 * so that all strokes are equally thick and a gap of one pixel stays open.
 */
function drawGlyph(pen: Pen, unit: number, left: number): void {
  for (let y = 0; y < glyphPixels; y += 1) {
    const row = glyphRow(unit, y);
    if (row === 0) continue;
    const top = (3 * y) >> 1;
    for (let x = 0; x < glyphPixels; x += 1) {
      if (row & (0x8000 >> x)) darken(pen, left + ((3 * x) >> 1), top);
    }
  }
}

function darken({ dots, width, scale, strokeDots }: Pen, x: number, y: number): void {
  const end = Math.min(width, (x + strokeDots) * scale);
  for (let row = y * scale; row < (y + 2) * scale; row += 1)
    dots.fill(1, row * width + x * scale, row * width + end);
}
