// The bytes of Chinese characters in GBK and GB18030, from the decoder that Node brings along.
import type { HanziLevel } from './printer-profile.ts';

/** Bytes of the characters of one printer; what it has no bytes for, it has no glyph for. */
export interface HanziCodes {
  /** by UTF-16 unit: two bytes as lead × 256 + trail, 0 = none */
  readonly two: Uint16Array;
  /** four bytes, big endian, of extension A by unit − 0x3400; 0 = none */
  readonly four: Uint32Array;
}

export const extensionAFirst = 0x3400;
export const extensionALast = 0x4db5;

const made = new Map<HanziLevel, HanziCodes>();

/** Takes about 15 ms the first time for each level. */
export function hanziCodes(level: HanziLevel): HanziCodes {
  const known = made.get(level);
  if (known) return known;
  const codes = { two: makeTwoByteCodes(level), four: makeFourByteCodes(level) };
  made.set(level, codes);
  return codes;
}

/**
 * Two-byte codes that GB18030 added to GBK. A GBK printer has other glyphs or none there.
 * WHATWG's `gbk` decoder knows them all, so they are taken out by hand.
 */
function isOnlyInGb18030(code: number): boolean {
  return (
    code === 0xa2e3 || // €
    code === 0xa8bc ||
    code === 0xa8bf ||
    (code >= 0xa6d9 && code <= 0xa6df) ||
    (code >= 0xa6ec && code <= 0xa6ed) ||
    code === 0xa6f3 ||
    (code >= 0xa6f6 && code <= 0xa6fe) ||
    (code >= 0xa989 && code <= 0xa995) ||
    (code >= 0xfe50 && code <= 0xfea0)
  );
}

/** First and last code of each run that GB2312 assigns within one row. */
const gb2312Runs: readonly (readonly [number, number])[] = [
  [0xa1a1, 0xa1fe],
  [0xa2b1, 0xa2e2],
  [0xa2e5, 0xa2ee],
  [0xa2f1, 0xa2fc],
  [0xa3a1, 0xa3fe],
  [0xa4a1, 0xa4f3],
  [0xa5a1, 0xa5f6],
  [0xa6a1, 0xa6b8],
  [0xa6c1, 0xa6d8],
  [0xa7a1, 0xa7c1],
  [0xa7d1, 0xa7f1],
  [0xa8a1, 0xa8ba],
  [0xa8c5, 0xa8e9],
  [0xa9a4, 0xa9ef],
];

function isInGb2312(code: number): boolean {
  if ((code & 0xff) < 0xa1) return false;
  // Characters fill their rows, but for the last five places of the first level.
  if (code >= 0xb0a1) return code <= 0xf7fe && !(code >= 0xd7fa && code <= 0xd7fe);
  return gb2312Runs.some(([first, last]) => code >= first && code <= last);
}

function isInFont(code: number, level: HanziLevel): boolean {
  switch (level) {
    case 'none':
      return false;
    case 'gb2312':
      return isInGb2312(code);
    case 'gbk':
      return !isOnlyInGb18030(code);
    case 'gb18030-2':
    case 'gb18030':
      return true;
  }
}

function makeTwoByteCodes(level: HanziLevel): Uint16Array {
  const codes = new Uint16Array(0x10000);
  if (level === 'none') return codes;
  const decoder = new TextDecoder('gb18030');
  const row = Buffer.alloc(2 * 190);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let n = 0; n < 190; n += 1) {
      row[2 * n] = lead;
      row[2 * n + 1] = trailAt(n);
    }
    const text = decoder.decode(row);
    // A row with holes decodes to another length; then each pair is asked alone.
    const isWhole = text.length === 190 && !text.includes('\ufffd');
    for (let n = 0; n < 190; n += 1) {
      const char = isWhole ? text[n] : decoder.decode(row.subarray(2 * n, 2 * n + 2));
      const unit = char?.length === 1 ? char.charCodeAt(0) : 0;
      const code = lead * 256 + trailAt(n);
      // Private use is where every maker puts another glyph.
      const isPublic = unit > 0x7f && unit !== 0xfffd && (unit < 0xe000 || unit > 0xf8ff);
      // The first code wins: A3A0 is a second ideographic space that only the decoder knows.
      if (isPublic && codes[unit] === 0 && isInFont(code, level)) codes[unit] = code;
    }
  }
  return codes;
}

function trailAt(n: number): number {
  return n < 63 ? 0x40 + n : 0x41 + n;
}

/** Four bytes only for extension A: GB18030-2000 demands no other four-byte glyphs of a printer. */
function makeFourByteCodes(level: HanziLevel): Uint32Array {
  const codes = new Uint32Array(extensionALast - extensionAFirst + 1);
  if (level !== 'gb18030') return codes;
  const decoder = new TextDecoder('gb18030');
  const bytes = Buffer.alloc(4);
  // 81 39 EE 39 … 82 35 87 38 hold the block, in order.
  for (
    let linear = linearOf(0x81, 0x39, 0xee, 0x39);
    linear <= linearOf(0x82, 0x35, 0x87, 0x38);
    linear += 1
  ) {
    bytes[3] = 0x30 + (linear % 10);
    bytes[2] = 0x81 + (Math.floor(linear / 10) % 126);
    bytes[1] = 0x30 + (Math.floor(linear / 1260) % 10);
    bytes[0] = 0x81 + Math.floor(linear / 12600);
    const unit = decoder.decode(bytes).charCodeAt(0);
    if (unit >= extensionAFirst && unit <= extensionALast)
      codes[unit - extensionAFirst] = bytes.readUInt32BE();
  }
  return codes;
}

function linearOf(a: number, b: number, c: number, d: number): number {
  return (a - 0x81) * 12600 + (b - 0x30) * 1260 + (c - 0x81) * 10 + (d - 0x30);
}
