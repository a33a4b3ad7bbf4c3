// Turns any Unicode text into text that a printer has glyphs for: substituted, never garbled.
import { extensionAFirst, extensionALast, type HanziCodes } from './hanzi.ts';

/** Stands for what the printer cannot print: one wide cell that looks like nothing else. */
export const missingGlyph = '〓';

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

/**
 * Every unit of the result is printable ASCII (one column) or has bytes in `codes` (two columns),
 * so it may be cut anywhere. A control character becomes a space: text cannot command the printer.
 */
export function printableText(text: string, codes: HanziCodes): string {
  for (let n = 0; n < text.length; n += 1) {
    if (!isPrintable(text.charCodeAt(n), codes)) return replaceUnprintable(text, codes);
  }
  return text;
}

function isPrintable(unit: number, { two, four }: HanziCodes): boolean {
  if (unit < 0x7f) return unit >= 0x20;
  if (two[unit] !== 0) return true;
  return unit >= extensionAFirst && unit <= extensionALast && four[unit - extensionAFirst] !== 0;
}

function replaceUnprintable(text: string, codes: HanziCodes): string {
  let result = '';
  const mended = text.includes('m²') ? text.replaceAll('m²', '㎡') : text;
  for (const { segment } of graphemes.segment(mended.normalize('NFC'))) result += replaceOne(segment, codes);
  return result;
}

function replaceOne(grapheme: string, codes: HanziCodes): string {
  if ([...grapheme].every((char) => char.length === 1 && isPrintable(char.charCodeAt(0), codes))) {
    return grapheme;
  }
  const substitute = substitutes.get(grapheme);
  if (substitute !== undefined) return substitute;
  if (/^[\p{Cc}\p{Zs}\u2028\u2029]+$/u.test(grapheme)) return ' ';
  // Signs without ink of their own: joiners, marks of direction, byte order mark, selectors.
  if (/^[\p{Cf}\p{M}]+$/u.test(grapheme)) return '';
  // A letter that only lacks its accents is still readable.
  const base = grapheme.normalize('NFD').replace(/[\p{M}\p{Cf}]/gu, '');
  if (base.length === 1 && isPrintable(base.charCodeAt(0), codes)) return base;
  return missingGlyph;
}
