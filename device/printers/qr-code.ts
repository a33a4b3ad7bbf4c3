// QR codes on paper: drawn by the printer where it can, as dots where it cannot.
import { encode } from 'uqr';
import type { PrinterProfile } from './printer-profile.ts';
import { encodeRaster, packDots } from './raster.ts';

/** Bytes that versions 1 … 40 hold at error correction level M (ISO/IEC 18004, table 7). */
const capacities = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];
/** What version 40 holds at level L. */
const mostBytes = 2953;
const mostDigits = 7089;
/** Blank modules on each side. */
const quietModules = 4;
const mostDots = 6;

interface QrPlan {
  readonly data: Buffer;
  readonly isNumber: boolean;
  readonly level: 'L' | 'M';
  /** of one module */
  readonly dots: number;
}

/** @returns undefined when the content is empty or too long for any QR code */
export function encodeQr(content: string, profile: PrinterProfile): Buffer | undefined {
  const plan = planQr(content, profile);
  if (!plan) return undefined;
  return profile.hasNativeQr && isSafeLength(plan.data.length + 3)
    ? encodeNative(plan)
    : encodeDrawn(plan, profile);
}

function planQr(content: string, profile: PrinterProfile): QrPlan | undefined {
  // DLE starts the commands that a printer obeys even inside data; no QR content needs control characters but line ends.
  const data = Buffer.from(/^[ -~]*$/.test(content) ? content : content.replace(/[^\P{Cc}\n\r\t]/gu, ''));
  const isNumber = /^\d+$/.test(content);
  if (data.length === 0 || data.length > (isNumber ? mostDigits : mostBytes)) return undefined;
  let version = 1;
  while (version < 40 && data.length > (capacities[version - 1] ?? 0)) version += 1;
  const level = data.length > (capacities[39] ?? 0) ? 'L' : 'M';
  const modules = 17 + 4 * version + 2 * quietModules;
  return { data, isNumber, level, dots: Math.max(1, Math.min(mostDots, Math.floor(profile.dots / modules))) };
}

/** A length of 10 04, 10 05 or 10 14 would itself be the beginning of a command that is obeyed at once. */
function isSafeLength(length: number): boolean {
  const high = length >> 8;
  return (length & 0xff) !== 0x10 || (high !== 0x04 && high !== 0x05 && high !== 0x14);
}

function encodeNative({ data, level, dots }: QrPlan): Buffer {
  const length = data.length + 3;
  const bytes = Buffer.allocUnsafe(nativeHead.length + 8 + data.length + nativeEnd.length);
  bytes.set(nativeHead);
  bytes[16] = dots;
  bytes[24] = level === 'L' ? 0x30 : 0x31;
  let at = nativeHead.length;
  bytes[at++] = 0x1d;
  bytes[at++] = 0x28;
  bytes[at++] = 0x6b;
  bytes[at++] = length & 0xff;
  bytes[at++] = length >> 8;
  bytes[at++] = 0x31;
  bytes[at++] = 0x50;
  bytes[at++] = 0x30;
  bytes.set(data, at);
  bytes.set(nativeEnd, at + data.length);
  return bytes;
}

/** GS ( k: model 2 · module size · error correction; then the data are stored and printed. */
const nativeHead = Uint8Array.of(
  ...[0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0],
  ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, 0],
  ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0],
);
const nativeEnd = Uint8Array.of(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30);

function encodeDrawn({ data, isNumber, level, dots }: QrPlan, profile: PrinterProfile): Buffer {
  const content = isNumber ? data.toString('latin1') : [...data];
  const { data: modules, size } = encode(content, { ecc: level, boostEcc: false, border: 0 });
  const side = size * dots;
  const picture = new Uint8Array(side * side);
  for (const [row, modulesOfRow] of modules.entries()) {
    const start = row * dots * side;
    for (const [column, isDark] of modulesOfRow.entries()) {
      if (isDark) picture.fill(1, start + column * dots, start + (column + 1) * dots);
    }
    for (let n = 1; n < dots; n += 1) picture.copyWithin(start + n * side, start, start + side);
  }
  return Buffer.concat([encodeRaster(packDots(side, side, picture), profile), Uint8Array.of(0x0a)]);
}
