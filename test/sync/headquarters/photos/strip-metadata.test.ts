// What a picture loses on its way in: place, camera, thumbnails, whatever hides behind its end; and what it keeps.
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { stripMetadata } from '../../../../sync/headquarters/photos/strip-metadata.ts';

const canary = 'CANARY-31.2304N-121.4737E';
const segment = (code: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
/** EXIF with an orientation and a place. */
function exif(orientation: number): Buffer {
  const tiff = Buffer.from('49492a00080000000100120103000100000000000000', 'hex');
  tiff.writeUInt16LE(orientation, 18);
  return Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from(`\0\0\0\0${canary}`)]);
}
const frame = Buffer.from([8, 0, 16, 0, 16, 1, 1, 0x11, 0]);
const coded = Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
function jpeg(orientation = 1, more: readonly Buffer[] = []): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from(`JFIF\0${canary}`)),
    segment(0xe1, exif(orientation)),
    segment(0xe2, Buffer.from(`MPF\0${canary}`)),
    segment(0xed, Buffer.from(`Photoshop 3.0\0${canary}`)),
    segment(0xee, Buffer.from('Adobe\0d\0\0\0\0\x01')),
    segment(0xfe, Buffer.from(canary)),
    ...more,
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, frame),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    coded,
    Buffer.from([0xff, 0xd9]),
    Buffer.from(`second picture ${canary}`),
  ]);
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), body]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(body.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
}
function png(): Buffer {
  const picture = new PNG({ width: 4, height: 3 });
  picture.data.fill(200);
  const plain = PNG.sync.write(picture);
  const end = plain.length - 12;
  const texts = ['tEXt', 'iTXt', 'zTXt', 'eXIf', 'tIME', 'vpAg'].map((name) =>
    chunk(name, Buffer.from(canary)),
  );
  return Buffer.concat([
    plain.subarray(0, 33),
    ...texts,
    plain.subarray(33, end),
    ...texts,
    plain.subarray(end),
    Buffer.from(canary),
  ]);
}

describe('a picture', () => {
  it('photo: JPEG loses every word of metadata and what lies behind its end, and keeps its coded bytes', () => {
    const stripped = stripMetadata(jpeg());
    if (stripped.kind !== 'picture') throw new Error(stripped.kind);
    expect(stripped.type).toBe('image/jpeg');
    expect(stripped.bytes.includes('CANARY')).toBe(false);
    expect(stripped.bytes.includes('Exif')).toBe(false);
    expect(stripped.bytes.includes('Adobe')).toBe(true);
    expect(stripped.bytes.includes(coded)).toBe(true);
    expect(stripped.bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
    expect(stripMetadata(stripped.bytes)).toEqual(stripped);
  });

  it('photo: JPEG that lies on its side still does, and says nothing else', () => {
    const stripped = stripMetadata(jpeg(6));
    if (stripped.kind !== 'picture') throw new Error(stripped.kind);
    expect(stripped.bytes.includes('CANARY')).toBe(false);
    const at = stripped.bytes.indexOf('Exif\0\0');
    expect(at).toBe(6);
    expect(stripped.bytes.readUInt16BE(at + 6 + 18)).toBe(6);
    expect(stripped.bytes.readUInt16BE(4)).toBe(34);
    expect(stripMetadata(stripped.bytes)).toEqual(stripped);
  });

  it('photo: PNG loses its texts and keeps every pixel', () => {
    const stripped = stripMetadata(png());
    if (stripped.kind !== 'picture') throw new Error(stripped.kind);
    expect(stripped.type).toBe('image/png');
    expect(stripped.bytes.includes('CANARY')).toBe(false);
    const { width, height, data } = PNG.sync.read(stripped.bytes);
    expect([width, height, data[0]]).toEqual([4, 3, 200]);
  });

  it('photo: is judged by its first bytes, and refused when it is cut, too large or lies', () => {
    for (const text of ['', 'GIF89a', '<svg onload=alert(1)>', 'RIFF....WEBP', '%PDF-1.7']) {
      expect(stripMetadata(Buffer.from(text)).kind).toBe('not-a-picture');
    }
    const whole = jpeg();
    const end = whole.indexOf('second picture');
    for (let cut = 5; cut < end; cut += 1) expect(stripMetadata(whole.subarray(0, cut)).kind).toBe('damaged');
    const cutPng = png();
    for (let cut = 8; cut < cutPng.length - canary.length; cut += 1) {
      expect(stripMetadata(cutPng.subarray(0, cut)).kind).toBe('damaged');
    }
    const bomb = png();
    bomb.writeUInt32BE(60_000, 16);
    expect(stripMetadata(bomb).kind).toBe('damaged');
  });

  it('photo: whatever comes, it never throws, and what it lets through holds no word of metadata', () => {
    const originals = [jpeg(), jpeg(8), png()];
    const change = fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(fc.nat({ max: 2 }), fc.array(change, { maxLength: 12 }), (which, changes) => {
        const bytes = Buffer.from(originals[which] ?? originals[0] ?? []);
        for (const { at, to } of changes) bytes[at % bytes.length] = to;
        const stripped = stripMetadata(bytes);
        if (stripped.kind !== 'picture') return;
        expect(stripMetadata(stripped.bytes)).toEqual(stripped);
      }),
      { numRuns: 4_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        stripMetadata(Buffer.from(bytes));
        stripMetadata(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), bytes]));
      }),
      { numRuns: 4_000 },
    );
  });
});
