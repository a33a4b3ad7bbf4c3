// Which glyph a Chinese printer shows for a code: its maker's font covers GBK or GB18030, nothing else.

import type { HanziLevel } from '../../device/printers/printer-profile.ts';

const decoder = new TextDecoder('gb18030');
/** What the font of a printer shows for a code that it does not have; never a character that it does have, as □ is. */
export const noGlyph = '\uFFFD';

/** Two-byte areas that only GB18030 assigns. */
const newInGb18030: readonly (readonly [number, number])[] = [
  [0xa2e3, 0xa2e3],
  [0xa6d9, 0xa6df],
  [0xa6ec, 0xa6ed],
  [0xa6f3, 0xa6f3],
  [0xa6f6, 0xa6fe],
  [0xa8bc, 0xa8bc],
  [0xa8bf, 0xa8bf],
  [0xa989, 0xa995],
  [0xfe50, 0xfea0],
];

/** @param code two bytes, or four of GB18030 */
export function decodeHanzi(code: Buffer, font: HanziLevel): string {
  const number = code.readUInt16BE(0);
  if (code.length === 2 && font === 'gbk' && newInGb18030.some(([a, b]) => number >= a && number <= b)) {
    return noGlyph;
  }
  const char = decoder.decode(code);
  const unit = char.charCodeAt(0);
  const isOneGlyph = char.length === 1 && unit !== 0xfffd && (unit < 0xe000 || unit > 0xf8ff);
  // Of the four-byte codes a font must have extension A only.
  const isDemanded = code.length === 2 || (unit >= 0x3400 && unit <= 0x4db5);
  return isOneGlyph && isDemanded ? char : noGlyph;
}
