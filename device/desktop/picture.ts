// A picture of the screen in memory: what is masked in it, and how it becomes a PNG.
import { crc32, deflateSync } from 'node:zlib';
import type { DesktopArea } from '../desktop.ts';

/** Rows from the top, 3 bytes a pixel: red, green, blue. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

/** Paints areas black; parts outside do not matter. An area that is no area paints everything: better no picture than a name. */
export function maskPicture({ width, height, rgb }: Picture, masked: readonly DesktopArea[]): void {
  for (const area of masked) {
    const { x, y, width: w, height: h } = area;
    if (![x, y, w, h].every(Number.isFinite) || w < 0 || h < 0) {
      rgb.fill(0);
      return;
    }
    // a pixel that is masked in part is masked
    const left = clamp(Math.floor(x), width);
    const right = clamp(Math.ceil(x + w), width);
    const bottom = clamp(Math.ceil(y + h), height);
    for (let row = clamp(Math.floor(y), height); row < bottom; row += 1) {
      rgb.fill(0, 3 * (row * width + left), 3 * (row * width + right));
    }
  }
}

/** PNG (ISO/IEC 15948), 8 bits a channel, no alpha; rows filtered by `up`, which suits flat screens. */
export function encodePng({ width, height, rgb }: Picture): Buffer {
  const rowBytes = 3 * width;
  const filtered = Buffer.alloc((rowBytes + 1) * height);
  for (let row = 0; row < height; row += 1) {
    const at = row * (rowBytes + 1);
    filtered[at] = 2;
    for (let n = 0; n < rowBytes; n += 1) {
      const from = row * rowBytes + n;
      filtered[at + 1 + n] = (rgb[from] ?? 0) - (row === 0 ? 0 : (rgb[from - rowBytes] ?? 0));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(filtered, { level: 6 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * @param pixels 4 bytes each: blue, green, red, and one that says nothing
 * @param rowBytes from one row to the next, at least 4 × width
 */
export function pictureFromBgrx(
  width: number,
  height: number,
  rowBytes: number,
  pixels: Uint8Array,
): Picture {
  const rgb = Buffer.alloc(3 * width * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const from = row * rowBytes + 4 * column;
      const to = 3 * (row * width + column);
      rgb[to] = pixels[from + 2] ?? 0;
      rgb[to + 1] = pixels[from + 1] ?? 0;
      rgb[to + 2] = pixels[from] ?? 0;
    }
  }
  return { width, height, rgb };
}

/**
 * @param ppm binary PPM with 8 bits a channel, as grim writes it
 * @returns null when it is none, or not whole
 */
export function pictureFromPpm(ppm: Buffer): Picture | null {
  const header = /^P6\s+(\d{1,5})\s+(\d{1,5})\s+255\s/.exec(ppm.toString('latin1', 0, 40));
  if (!header) return null;
  const width = Number(header[1]);
  const height = Number(header[2]);
  const rgb = Buffer.from(ppm.subarray(header[0].length));
  return rgb.length === 3 * width * height ? { width, height, rgb } : null;
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}
