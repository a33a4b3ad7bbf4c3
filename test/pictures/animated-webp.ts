// Puts WebP pictures one after the other into one moving WebP, as its container format says (RFC 9649).

export interface Frame {
  /** a still WebP, as a browser writes it */
  readonly webp: Buffer;
  /** where it lies on the canvas; even numbers */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly ms: number;
}

/** Each frame covers what it lies on and stays; it begins anew for ever. */
export function animatedWebp(
  size: { readonly width: number; readonly height: number },
  frames: readonly Frame[],
): Buffer {
  const animated = 0x02;
  const header = Buffer.concat([
    Buffer.from([animated, 0, 0, 0]),
    three(size.width - 1),
    three(size.height - 1),
  ]);
  const chunks = [chunk('VP8X', header), chunk('ANIM', Buffer.alloc(6)), ...frames.map(frameChunk)];
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]));
}

/** @returns how long it moves before it begins anew, in milliseconds */
export function animationMs(webp: Buffer): number {
  return chunksIn(webp)
    .filter(({ tag }) => tag === 'ANMF')
    .reduce((sum, { body }) => sum + body.readUIntLE(12, 3), 0);
}

function frameChunk({ webp, x, y, width, height, ms }: Frame): Buffer {
  const doNotBlend = 0x02;
  const place = [x / 2, y / 2, width - 1, height - 1, ms].map(three);
  const image = chunksIn(webp)
    .filter(({ tag }) => ['ALPH', 'VP8 ', 'VP8L'].includes(tag))
    .map(({ tag, body }) => chunk(tag, body));
  return chunk('ANMF', Buffer.concat([...place, Buffer.from([doNotBlend]), ...image]));
}

function chunksIn(webp: Buffer): { readonly tag: string; readonly body: Buffer }[] {
  const found = [];
  for (let at = 12; at + 8 <= webp.length; ) {
    const length = webp.readUInt32LE(at + 4);
    found.push({ tag: webp.toString('latin1', at, at + 4), body: webp.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  return found;
}

function chunk(tag: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8, tag, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

function three(value: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(value, 0, 3);
  return bytes;
}
