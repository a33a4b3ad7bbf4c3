// Pictures as GS v 0 rows that can never be taken for a command that a printer obeys at once.
import type { PrinterProfile } from './printer-profile.ts';

export interface DotPicture {
  /** dots */
  readonly width: number;
  /** dots */
  readonly height: number;
  /** rows of `ceil(width / 8)` bytes, most significant bit left, 1 = dark; what is missing is light */
  readonly bits: Uint8Array;
}

/** Rows of one band. Below 256 the size bytes of its head hold no command either. */
const bandRows = 255;
const headBytes = 8;

/**
 * Cut at the right edge of the head, in bands that join without a gap.
 * @returns nothing for a picture without dots
 */
export function encodeRaster({ width, height, bits }: DotPicture, { dots }: PrinterProfile): Buffer {
  const sourceBytes = Math.ceil(width / 8);
  const rowBytes = Math.min(sourceBytes, dots >> 3);
  if (rowBytes <= 0 || height <= 0) return Buffer.alloc(0);
  const bands = Math.ceil(height / bandRows);
  const bytes = Buffer.alloc(bands * headBytes + height * rowBytes);
  let at = 0;
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top);
    bytes.set([0x1d, 0x76, 0x30, 0, rowBytes & 0xff, rowBytes >> 8, rows, 0], at);
    at += headBytes;
    const band = bytes.subarray(at, at + rows * rowBytes);
    if (rowBytes === sourceBytes) {
      band.set(bits.subarray(top * rowBytes, (top + rows) * rowBytes));
    } else {
      for (let y = 0; y < rows; y += 1) {
        const from = (top + y) * sourceBytes;
        band.set(bits.subarray(from, from + rowBytes), y * rowBytes);
      }
    }
    defuse(band);
    at += rows * rowBytes;
  }
  return bytes;
}

/**
 * DLE EOT, DLE ENQ and DLE DC4 are obeyed the moment they arrive, wherever they stand. One more dark dot
 * beside the only one of a DLE makes it another byte; what follows a band is a command and none of the three.
 */
function defuse(band: Buffer): void {
  for (let at = band.indexOf(0x10); at >= 0; at = band.indexOf(0x10, at + 1)) {
    const next = band[at + 1];
    if (next === 0x04 || next === 0x05 || next === 0x14) band[at] = 0x18;
  }
}

/** @param dots one byte a dot, row after row, 1 = dark and 0 = light */
export function packDots(width: number, height: number, dots: Uint8Array): DotPicture {
  const rowBytes = Math.ceil(width / 8);
  const bits = new Uint8Array(rowBytes * height);
  const whole = width >> 3;
  for (let y = 0; y < height; y += 1) {
    let from = y * width;
    let to = y * rowBytes;
    for (let n = 0; n < whole; n += 1) {
      bits[to++] = packed(dots, from, 8);
      from += 8;
    }
    if (width & 7) bits[to] = packed(dots, from, width & 7);
  }
  return { width, height, bits };
}

function packed(dots: Uint8Array, from: number, count: number): number {
  let byte = 0;
  for (let n = 0; n < count; n += 1) byte |= (dots[from + n] ?? 0) << (7 - n);
  return byte;
}
