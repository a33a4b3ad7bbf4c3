// The characters that this machine can draw itself, for printers whose fonts lack them.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** Pixels across and down a cell as it is packed; ASCII uses the left half. */
export const glyphPixels = 16;
const cellBytes = (glyphPixels * glyphPixels) / 8;
/** one bit for each UTF-16 unit: is its cell there? The cells follow in the same order. */
const presenceBytes = 0x10000 / 8;

/** Named as an import so that the compiler puts the file beside its output. */
type PackFile = typeof import('./glyph-pack.json');

interface GlyphPack {
  readonly bytes: Buffer;
  /** by UTF-16 unit: the number of its cell, from 1; 0 = none */
  readonly cells: Uint16Array;
}

let loaded: GlyphPack | undefined;

/** The first question unpacks 30,000 glyphs: about 15 ms and 1 MB. */
export function hasGlyph(unit: number): boolean {
  return cellOf(unit) !== 0;
}

/** @returns the pixels of row `y`, leftmost highest of 16 bits; 0 for a character without a glyph */
export function glyphRow(unit: number, y: number): number {
  const cell = cellOf(unit);
  if (cell === 0 || !loaded) return 0;
  return loaded.bytes.readUInt16BE(presenceBytes + (cell - 1) * cellBytes + 2 * y);
}

function cellOf(unit: number): number {
  loaded ??= load();
  return loaded.cells[unit] ?? 0;
}

function load(): GlyphPack {
  const file = readFileSync(new URL('./glyph-pack.json', import.meta.url), 'utf8');
  const { glyphs } = JSON.parse(file) as PackFile;
  const bytes = brotliDecompressSync(Buffer.from(glyphs, 'base64'));
  const cells = new Uint16Array(0x10000);
  let count = 0;
  for (let unit = 0; unit < cells.length; unit += 1) {
    if ((bytes[unit >> 3] ?? 0) & (0x80 >> (unit & 7))) {
      count += 1;
      cells[unit] = count;
    }
  }
  return { bytes, cells };
}
