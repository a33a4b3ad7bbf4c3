// Turns any Unicode text into text that can be put on paper: substituted or drawn, never garbled.
import { hasGlyph } from './glyphs.ts';
import { extensionAFirst, extensionALast, type HanziCodes } from './hanzi.ts';

/** Stands for what can be neither printed nor drawn: one wide cell that looks like nothing else. */
const missingGlyph = '〓';

/** Same meaning, and in the fonts of every Chinese printer. Keys are whole graphemes. */
const substitutes = new Map<string, string>([
  ['¥', '￥'],
  ['\u2013', '-'],
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2212', '-'],
  ['\u2022', '·'],
  ['²', '2'],
  ['³', '3'],
  ['©', '(C)'],
  ['®', '(R)'],
  ['™', '(TM)'],
  ['½', '1/2'],
  ['¼', '1/4'],
  ['¾', '3/4'],
]);

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Has the printer's own font every character? A line of which it has not must be drawn. */
export function isInFont(text: string, codes: HanziCodes): boolean {
  for (let n = 0; n < text.length; n += 1) {
    if (!isUnitInFont(text.charCodeAt(n), codes)) return false;
  }
  return true;
}

/**
 * For text that is not in the font. Every unit of the result is printable ASCII (one column) or has bytes in `codes`
 * or a glyph (two columns), so it may be cut anywhere. A control character becomes a space: text cannot command the printer.
 */
export function substitute(text: string, codes: HanziCodes): string {
  let result = '';
  const hasSquareMetre = isInFont('㎡', codes) && text.includes('m²');
  const mended = hasSquareMetre ? text.replaceAll('m²', '㎡') : text;
  for (const { segment } of graphemes.segment(mended.normalize('NFC'))) result += replaceOne(segment, codes);
  return result;
}

function isUnitInFont(unit: number, { two, four }: HanziCodes): boolean {
  if (unit < 0x7f) return unit >= 0x20;
  if (two[unit] !== 0) return true;
  return unit >= extensionAFirst && unit <= extensionALast && four[unit - extensionAFirst] !== 0;
}

function replaceOne(grapheme: string, codes: HanziCodes): string {
  if (isInFont(grapheme, codes)) return grapheme;
  const other = substitutes.get(grapheme);
  if (other !== undefined) return other;
  if (/^[\p{Cc}\p{Zs}\u2028\u2029]+$/u.test(grapheme)) return ' ';
  // Signs without ink of their own: joiners, marks of direction, byte order mark, selectors.
  if (/^[\p{Cf}\p{M}]+$/u.test(grapheme)) return '';
  if (isDrawable(grapheme, codes)) return grapheme;
  // A ligature or a letter that only lacks its accents is still readable.
  const plain = grapheme.normalize('NFKC');
  if (isDrawable(plain, codes)) return plain;
  const base = grapheme.normalize('NFD').replace(/[\p{M}\p{Cf}]/gu, '');
  return base.length === 1 && isDrawable(base, codes) ? base : missingGlyph;
}

function isDrawable(text: string, codes: HanziCodes): boolean {
  for (let n = 0; n < text.length; n += 1) {
    const unit = text.charCodeAt(n);
    if (!isUnitInFont(unit, codes) && !(unit > 0x7f && hasGlyph(unit))) return false;
  }
  return text !== '';
}
