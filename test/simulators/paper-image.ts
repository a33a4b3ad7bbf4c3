// Draws one cut slip as thermal paper looks: off-white, grey-black dots, a torn edge.
import { PNG } from 'pngjs';
import { encode } from 'uqr';
import { dotGlyph } from './dot-font.ts';
import { type Align, columnsOfRun, type PaperItem, type TextRun } from './paper.ts';

const marginDots = 24;
const topDots = 40;
const bottomDots = 48;
const lineDots = 30;
const cellDots = 24;
const ink = [40, 38, 44, 255] as const;
const toothDots = 8;

/** @param columns 48 = 576 dots. @returns a PNG, one pixel a dot, with a margin left and right */
export function drawPaper(items: readonly PaperItem[], columns: number): Buffer {
  const blocks = items.map((item) => blockOf(item, columns * 12));
  const height = topDots + bottomDots + blocks.reduce((sum, block) => sum + block.height, 0);
  const sheet = new Sheet(columns * 12 + 2 * marginDots, height);
  let y = topDots;
  for (const block of blocks) {
    block.draw(sheet, marginDots, y);
    y += block.height;
  }
  return sheet.png();
}

interface Block {
  readonly height: number;
  readonly draw: (sheet: Sheet, x: number, y: number) => void;
}

function blockOf(item: PaperItem, paperDots: number): Block {
  switch (item.kind) {
    case 'line':
      return lineBlock(item, paperDots);
    case 'qr':
      return qrBlock(item, paperDots);
    case 'raster':
      return rasterBlock(item, paperDots);
    case 'feed':
      return { height: item.dots, draw: () => undefined };
  }
}

function lineBlock({ runs, align }: Extract<PaperItem, { kind: 'line' }>, paperDots: number): Block {
  const tallest = Math.max(1, ...runs.map(({ height }) => height));
  const width = runs.reduce((sum, run) => sum + 12 * columnsOfRun(run), 0);
  return {
    height: tallest * cellDots + (lineDots - cellDots),
    draw: (sheet, left, top) => {
      let x = left + indent(align, width, paperDots);
      for (const run of runs) {
        x = drawRun(sheet, run, x, top + (tallest - run.height) * cellDots);
      }
    },
  };
}

function drawRun(sheet: Sheet, run: TextRun, left: number, top: number): number {
  let x = left;
  for (const char of run.text) {
    const glyph = dotGlyph(char);
    const [sx, sy] = [2 * run.width, 2 * run.height];
    for (let gy = 0; gy < glyph.height; gy += 1) {
      for (let gx = 0; gx < glyph.width; gx += 1) {
        // Bold strikes each dot again one dot to the right, as the printer does.
        if (glyph.isDark(gx, gy))
          sheet.darken(x + gx * sx, top + gy * sy, sx + (run.isBold ? run.width : 0), sy);
      }
    }
    if (run.isUnderlined) sheet.darken(x, top + cellDots * run.height - 2, glyph.width * sx, 2);
    x += glyph.width * sx;
  }
  return x;
}

function qrBlock(
  { content, moduleDots, align }: Extract<PaperItem, { kind: 'qr' }>,
  paperDots: number,
): Block {
  const { data, size } = encode([...Buffer.from(content)], { ecc: 'M', boostEcc: false, border: 0 });
  const width = size * moduleDots;
  return {
    height: width + 12,
    draw: (sheet, left, top) => {
      const x = left + indent(align, width, paperDots);
      for (const [row, modules] of data.entries()) {
        for (const [column, isDark] of modules.entries()) {
          if (isDark) {
            sheet.darken(x + column * moduleDots, top + 6 + row * moduleDots, moduleDots, moduleDots);
          }
        }
      }
    },
  };
}

function rasterBlock(
  { bits, widthDots, heightDots, align }: Extract<PaperItem, { kind: 'raster' }>,
  paperDots: number,
): Block {
  return {
    height: heightDots,
    draw: (sheet, left, top) => {
      const x0 = left + indent(align, widthDots, paperDots);
      for (let y = 0; y < heightDots; y += 1) {
        for (let x = 0; x < widthDots; x += 1) {
          const byte = bits[(y * widthDots + x) >> 3] ?? 0;
          if (byte & (0x80 >> (x & 7))) sheet.darken(x0 + x, top + y, 1, 1);
        }
      }
    },
  };
}

function indent(align: Align, width: number, paperDots: number): number {
  const free = Math.max(0, paperDots - width);
  return align === 'left' ? 0 : align === 'right' ? free : free >> 1;
}

class Sheet {
  readonly #png: PNG;

  constructor(width: number, height: number) {
    this.#png = new PNG({ width, height });
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) this.#paint(x, y, paperShade(x, y, height));
    }
  }

  darken(left: number, top: number, width: number, height: number): void {
    for (let y = top; y < Math.min(top + height, this.#png.height); y += 1) {
      for (let x = left; x < Math.min(left + width, this.#png.width); x += 1) {
        this.#paint(x, y, ink);
      }
    }
  }

  png(): Buffer {
    return PNG.sync.write(this.#png);
  }

  #paint(x: number, y: number, shade: readonly number[]): void {
    const at = 4 * (y * this.#png.width + x);
    for (let n = 0; n < 4; n += 1) this.#png.data[at + n] = shade[n] ?? 0;
  }
}

/** Transparent beyond the saw teeth that the cutter leaves at both ends. */
function paperShade(x: number, y: number, height: number): readonly number[] {
  const tooth = Math.abs((x % (2 * toothDots)) - toothDots);
  if (y < tooth || height - 1 - y < toothDots - tooth) return [0, 0, 0, 0];
  // The feed leaves a hint of bands; whole rows of one shade also keep the file small.
  const shade = (y * 7) % 5 === 0 ? 2 : 0;
  return [250 - shade, 248 - shade, 241 - shade, 255];
}
