// Takes out of a picture everything that is not the picture: place, camera, owner, thumbnails, and whatever hides behind its end.
import { crc32 } from 'node:zlib';

export type PictureType = 'image/jpeg' | 'image/png';
export type StrippedPicture =
  | { readonly kind: 'picture'; readonly type: PictureType; readonly bytes: Buffer }
  /** `not-a-picture`: neither JPEG nor PNG by its first bytes; `damaged`: it begins as one and is none */
  | { readonly kind: 'not-a-picture' }
  | { readonly kind: 'damaged' };

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a decoder needs, and colours; no text, no time, no EXIF, no further frames. */
const keptChunks = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT']);
const mostSide = 20_000;
/** what a desk's browser can still unfold several of */
const mostPixels = 64_000_000;
/** a progressive picture has some ten; thousands are meant to keep a decoder busy */
const mostScans = 100;

/** Decides by the first bytes, never by a name; decodes nothing. */
export function stripMetadata(bytes: Buffer): StrippedPicture {
  const isJpeg = bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
  const isPng = bytes.subarray(0, 8).equals(pngSignature);
  if (!isJpeg && !isPng) return { kind: 'not-a-picture' };
  const stripped = isJpeg ? stripJpeg(bytes) : stripPng(bytes);
  if (!stripped) return { kind: 'damaged' };
  return { kind: 'picture', type: isJpeg ? 'image/jpeg' : 'image/png', bytes: stripped };
}

const marker = {
  start: 0xd8,
  end: 0xd9,
  scan: 0xda,
  comment: 0xfe,
  app0: 0xe0,
  app1: 0xe1,
  adobe: 0xee,
  app15: 0xef,
} as const;

/** ITU T.81 annex B: segments up to a scan, its coded bytes, and again, until the end. */
function stripJpeg(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = [Buffer.from([0xff, marker.start])];
  let orientation = 1;
  let hasFrame = false;
  let scans = 0;
  for (let at = 2; ; ) {
    if (bytes[at] !== 0xff) return undefined;
    // any number of fill bytes may stand before a marker
    while (bytes[at + 1] === 0xff) at += 1;
    const code = bytes[at + 1];
    if (code === undefined || code === 0x00) return undefined;
    if (code === marker.end) break;
    // without a length, and nothing that stands between segments
    if (code === marker.start || code === 0x01 || (code >= 0xd0 && code <= 0xd7)) return undefined;
    if (at + 4 > bytes.length) return undefined;
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    const body = bytes.subarray(at + 4, end);
    if (code === marker.app1) orientation = orientationOf(body) ?? orientation;
    if (isFrame(code)) {
      if (hasFrame || !hasSize(body)) return undefined;
      hasFrame = true;
    }
    if (!isMetadata(code, body)) kept.push(bytes.subarray(at, end));
    at = end;
    if (code !== marker.scan) continue;
    scans += 1;
    if (!hasFrame || scans > mostScans) return undefined;
    const next = endOfScan(bytes, at);
    if (next === undefined) return undefined;
    kept.push(bytes.subarray(at, next));
    at = next;
  }
  if (scans === 0) return undefined;
  const [start, ...rest] = kept;
  return Buffer.concat([
    ...(start ? [start] : []),
    ...(orientation === 1 ? [] : [orientationSegment(orientation)]),
    ...rest,
    Buffer.from([0xff, marker.end]),
  ]);
}

function isMetadata(code: number, body: Buffer): boolean {
  if (code === marker.comment) return true;
  if (code < marker.app0 || code > marker.app15) return false;
  // how its colours are coded: without it a picture of this kind turns green
  return !(code === marker.adobe && body.length === 12 && body.subarray(0, 5).toString('latin1') === 'Adobe');
}

/** SOF0 … SOF15 without the tables that lie among them. */
function isFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
}

function hasSize(body: Buffer): boolean {
  return body.length >= 6 && isSize(body.readUInt16BE(3), body.readUInt16BE(1));
}

function isSize(width: number, height: number): boolean {
  return width > 0 && height > 0 && Math.max(width, height) <= mostSide && width * height <= mostPixels;
}

/** The next marker after coded bytes; there 0xFF is followed by 0 or a restart. */
function endOfScan(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) return undefined;
    if (code !== 0x00 && code !== 0xff && (code < 0xd0 || code > 0xd7)) return at;
  }
  return undefined;
}

const exifHead = 'Exif\0\0';
const orientationTag = 0x0112;

/** @returns 2 … 8 when the picture lies on its side or in a mirror; everything else of EXIF is forgotten */
function orientationOf(body: Buffer): number | undefined {
  if (body.subarray(0, 6).toString('latin1') !== exifHead) return undefined;
  const tiff = body.subarray(6);
  if (tiff.length < 8) return undefined;
  const order = tiff.subarray(0, 2).toString('latin1');
  if (order !== 'II' && order !== 'MM') return undefined;
  const short = (at: number): number => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (first + 2 > tiff.length) return undefined;
  const count = short(first);
  for (let entry = 0; entry < count; entry += 1) {
    const at = first + 2 + entry * 12;
    if (at + 12 > tiff.length) return undefined;
    if (short(at) !== orientationTag) continue;
    const value = short(at + 8);
    return value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** EXIF that says which side is up, and nothing else. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a0000000800010112000300000001000000000000000000', 'hex').subarray(0, 26);
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from(exifHead, 'latin1'), tiff]);
  const head = Buffer.from([0xff, marker.app1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** PNG, third edition: chunks with length, name and check sum, the first IHDR, the last IEND. */
function stripPng(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = [pngSignature];
  let hasData = false;
  for (let at = pngSignature.length; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    const name = bytes.subarray(at + 4, at + 8).toString('latin1');
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined;
    const isFirst = kept.length === 1;
    if (isFirst !== (name === 'IHDR')) return undefined;
    if (isFirst && (length !== 13 || !isSize(bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)))) {
      return undefined;
    }
    if (name === 'IDAT') hasData = true;
    if (keptChunks.has(name)) kept.push(bytes.subarray(at, end));
    // a chunk that must be understood and is not known
    else if (/^[A-Z]/.test(name)) return undefined;
    if (name === 'IEND') return hasData && length === 0 ? Buffer.concat(kept) : undefined;
    at = end;
  }
  return undefined;
}
