// The printer's built-in font: 24 × 24 dots Chinese, 12 × 24 Latin, from a 12-pixel font whose pixels are doubled.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Dark pixels of one character on the font's own grid. */
export interface DotGlyph {
  /** 6 Latin, 12 Chinese */
  readonly width: number;
  readonly height: 12;
  isDark(x: number, y: number): boolean;
}

interface PathCommand {
  readonly type: 'M' | 'L' | 'C' | 'Q' | 'Z';
  readonly x?: number;
  readonly y?: number;
}
/** The part of opentype.js that is needed; the package brings no types. */
interface Font {
  charToGlyph(char: string): {
    readonly index: number;
    readonly advanceWidth: number;
    readonly path: { readonly commands: readonly PathCommand[] };
  };
}
interface OpenType {
  parse(bytes: ArrayBuffer): Font;
}

const fontFile =
  '@fontsource/fusion-pixel-12px-monospaced-sc/files/fusion-pixel-12px-monospaced-sc-latin-400-normal.woff';
/** Font units of one pixel, and how many pixels stand above the base line. */
const unit = 100;
const above = 10;
const rows = 12;

let font: Font | undefined;
const glyphs = new Map<string, DotGlyph>();

/** Each character is drawn once; a character without a glyph is a box. */
export function dotGlyph(char: string): DotGlyph {
  const known = glyphs.get(char);
  if (known) return known;
  const glyph = draw(char);
  glyphs.set(char, glyph);
  return glyph;
}

function draw(char: string): DotGlyph {
  font ??= loadFont();
  const { path, advanceWidth, index } = font.charToGlyph(char);
  const width = char > '\x7f' ? 12 : 6;
  if (index === 0) return boxOf(width);
  const edges = verticalEdges(path.commands);
  const inset = Math.max(0, Math.floor((width * unit - advanceWidth) / 2 / unit));
  const dark = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: width }, (_, x) =>
      isInside(edges, (x - inset + 0.5) * unit, (above - y - 0.5) * unit),
    ),
  );
  return { width, height: 12, isDark: (x, y) => dark[y]?.[x] === true };
}

function boxOf(width: number): DotGlyph {
  return {
    width,
    height: 12,
    isDark: (x, y) => x < width - 1 && y < 11 && (x === 0 || y === 1 || x === width - 2 || y === 10) && y > 0,
  };
}

function loadFont(): Font {
  const require = createRequire(import.meta.url);
  const bytes = readFileSync(require.resolve(fontFile));
  return (require('opentype.js/dist/opentype.js') as OpenType).parse(Uint8Array.from(bytes).buffer);
}

interface Edge {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** A pixel font's outlines run along the grid, so only their vertical sides matter. */
function verticalEdges(commands: readonly PathCommand[]): Edge[] {
  const edges: Edge[] = [];
  let [startX, startY, x, y] = [0, 0, 0, 0];
  for (const command of commands) {
    const [toX, toY] = command.type === 'Z' ? [startX, startY] : [command.x ?? x, command.y ?? y];
    if (command.type === 'M') [startX, startY] = [toX, toY];
    else if (toX === x && toY !== y) edges.push({ x, low: Math.min(y, toY), high: Math.max(y, toY) });
    [x, y] = [toX, toY];
  }
  return edges;
}

function isInside(edges: readonly Edge[], x: number, y: number): boolean {
  return edges.filter((edge) => edge.x < x && edge.low < y && y < edge.high).length % 2 === 1;
}
