// Which glyph a Chinese printer shows for a code: its maker's font covers GB2312, GBK or GB18030, nothing else.

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

/** GB2312 as its standard prints it: row (qu) → the places (wei) that are taken, other rows none. */
function isInGb2312(code: number): boolean {
  const [row, place] = [(code >> 8) - 0xa0, (code & 0xff) - 0xa0];
  if (place < 1 || place > 94) return false;
  if (row === 55) return place <= 89;
  if (row >= 16 && row <= 87) return true;
  switch (row) {
    case 1:
    case 3:
      return true;
    case 2:
      return (place >= 17 && place <= 66) || (place >= 69 && place <= 78) || (place >= 81 && place <= 92);
    case 4:
      return place <= 83;
    case 5:
      return place <= 86;
    case 6:
      return place <= 24 || (place >= 33 && place <= 56);
    case 7:
      return place <= 33 || (place >= 49 && place <= 81);
    case 8:
      return place <= 26 || (place >= 37 && place <= 73);
    case 9:
      return place >= 4 && place <= 79;
    default:
      return false;
  }
}

function isInFont(code: number, font: HanziLevel): boolean {
  if (font === 'gb2312') return isInGb2312(code);
  return font !== 'gbk' || !newInGb18030.some(([first, last]) => code >= first && code <= last);
}

/** @param code two bytes, or four of GB18030 */
export function decodeHanzi(code: Buffer, font: HanziLevel): string {
  if (code.length === 2 && !isInFont(code.readUInt16BE(0), font)) return noGlyph;
  const char = decoder.decode(code);
  const unit = char.charCodeAt(0);
  const isOneGlyph = char.length === 1 && unit !== 0xfffd && (unit < 0xe000 || unit > 0xf8ff);
  // Of the four-byte codes a font must have extension A only.
  const isDemanded = code.length === 2 || (unit >= 0x3400 && unit <= 0x4db5);
  return isOneGlyph && isDemanded ? char : noGlyph;
}
