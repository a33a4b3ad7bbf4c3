// The guard against oversized packets, cut anywhere.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mqttFrameGuard } from '../../sync/mqtt-frame-guard.ts';

function packet(bodyBytes: number): Buffer {
  const length: number[] = [];
  let rest = bodyBytes;
  do {
    length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.from([0x30, ...length]), Buffer.alloc(bodyBytes, 0xff)]);
}

function feed(guard: (chunk: Uint8Array) => boolean, stream: Buffer, cuts: readonly number[]): boolean {
  const edges = [0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length].sort((a, b) => a - b);
  return edges.every((from, i) => guard(stream.subarray(from, edges[i + 1] ?? stream.length)));
}

describe('mqttFrameGuard', () => {
  it('CO10 lets any row of small packets pass, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(6_000), { maxLength: 8 }),
        fc.array(fc.nat(60_000), { maxLength: 12 }),
        (sizes, cuts) =>
          feed(mqttFrameGuard(5_000), Buffer.concat(sizes.map(packet)), cuts) ===
          sizes.every((size) => size <= 6_024),
      ),
    );
  });

  it('CO10 stops at the length, not at the bytes: nothing large is waited for', () => {
    expect(mqttFrameGuard(1_000)(packet(5_000).subarray(0, 3))).toBe(false);
    expect(mqttFrameGuard(1_000)(packet(2_024))).toBe(true);
    expect(mqttFrameGuard(1_000)(packet(2_025))).toBe(false);
  });

  it('CO10 refuses a length that never ends', () => {
    expect(mqttFrameGuard(300_000_000)(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]))).toBe(false);
  });
});
