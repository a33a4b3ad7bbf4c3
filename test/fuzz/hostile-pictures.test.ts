// What somebody may send in place of a picture: refused, or kept without a byte of what was hidden in it. Seeded.
import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripMetadata } from '../../sync/headquarters/photos/strip-metadata.ts';

const canary = Buffer.from('CANARY<script>alert(1)</script>');
const signature = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

function png(width = 4, height = 3, more: readonly Buffer[] = []): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((4 * 3 + 1) * 3, 90));
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    ...more,
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function segment(code: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function jpeg(width = 4, height = 3, more: readonly Buffer[] = [], scans = 1): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  const scan = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([0x12, 0x34])]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...more,
    segment(0xc0, frame),
    ...Array.from({ length: scans }, () => scan),
    Buffer.from([0xff, 0xd9]),
  ]);
}

const refused = (bytes: Buffer): boolean => stripMetadata(bytes).kind !== 'picture';

describe('hostile pictures', () => {
  it('photo: takes the plain ones that the rest is made of', () => {
    expect(stripMetadata(png())).toMatchObject({ kind: 'picture', type: 'image/png' });
    expect(stripMetadata(jpeg())).toMatchObject({ kind: 'picture', type: 'image/jpeg' });
  });

  it.each([
    ['html', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['gif', Buffer.from('GIF89a/*CANARY*/=1;alert(1)')],
    ['webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
    ['heic', Buffer.from('\0\0\0\x18ftypheic')],
    ['pdf', Buffer.from('%PDF-1.7')],
    ['zip', Buffer.from('PK\x03\x04')],
    ['nothing', Buffer.alloc(0)],
    ['a signature alone', signature],
    ['a start alone', Buffer.from([0xff, 0xd8, 0xff, 0xd9, 0x00])],
    ['html behind a JPEG start', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), canary])],
    ['html behind a PNG signature', Buffer.concat([signature, canary])],
    ['a huge PNG', png(60_000, 60_000)],
    ['a PNG of many pixels', png(20_000, 20_000)],
    ['a PNG without width', png(0, 3)],
    ['a huge JPEG', jpeg(65_535, 65_535)],
    ['a JPEG without height', jpeg(4, 0)],
    ['a JPEG of a thousand scans', jpeg(4, 3, [], 1_000)],
    ['an unknown critical chunk', png(4, 3, [chunk('EVIL', canary)])],
    ['two frames', jpeg(4, 3, [segment(0xc0, Buffer.from([8, 0, 3, 0, 4, 1, 1, 0x11, 0]))])],
  ])('photo: refuses %s', (_, bytes) => {
    expect(refused(bytes)).toBe(true);
  });

  it.each([
    ['a PNG comment', png(4, 3, [chunk('tEXt', canary)])],
    ['a PNG profile', png(4, 3, [chunk('iCCP', canary)])],
    ['EXIF of a PNG', png(4, 3, [chunk('eXIf', canary)])],
    ['frames of an animation', png(4, 3, [chunk('acTL', canary), chunk('fdAT', canary)])],
    ['bytes behind a PNG', Buffer.concat([png(), canary])],
    ['a JPEG comment', jpeg(4, 3, [segment(0xfe, canary)])],
    ['EXIF of a JPEG', jpeg(4, 3, [segment(0xe1, canary)])],
    ['a thumbnail', jpeg(4, 3, [segment(0xe0, canary)])],
    ['a maker’s segment', jpeg(4, 3, [segment(0xef, canary)])],
    ['an archive behind a JPEG', Buffer.concat([jpeg(), Buffer.from('PK\x03\x04'), canary])],
  ])('photo: keeps the picture and not a byte of %s', (_, bytes) => {
    const stripped = stripMetadata(bytes);
    if (stripped.kind !== 'picture') throw new Error('it is a picture');
    expect(stripped.bytes.includes('CANARY')).toBe(false);
    expect(stripMetadata(stripped.bytes)).toEqual(stripped);
  });

  it('photo: refuses both, cut off anywhere', () => {
    for (const whole of [png(), jpeg()]) {
      for (let end = 0; end < whole.length; end += 1) expect(refused(whole.subarray(0, end))).toBe(true);
    }
  });

  it('photo: never fails, and keeps no hidden byte, whatever bytes are changed', () => {
    const grounds = [
      png(4, 3, [chunk('tEXt', canary)]),
      jpeg(4, 3, [segment(0xfe, canary), segment(0xe1, Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01'))]),
    ];
    const change = fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...grounds),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (ground, changes) => {
          const bytes = Buffer.from(ground);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const stripped = stripMetadata(bytes);
          if (stripped.kind !== 'picture') return;
          expect(stripped.bytes.length).toBeLessThanOrEqual(bytes.length + 40);
          expect(stripMetadata(stripped.bytes)).toEqual(stripped);
        },
      ),
      { numRuns: 3_000, seed: 20_261_122 },
    );
  });
});
