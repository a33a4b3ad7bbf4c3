// Makes the identity of a fact: UUIDv7, rising within one process. Order is `seq`'s business, never the id's.
import { randomFillSync } from 'node:crypto';
import type { FactId } from './contract/ids.ts';

/** @returns a maker of ids; each rises above the one before, also inside one millisecond or when the clock steps back */
export function factIdMaker(): (nowMs: number) => FactId {
  // drawn for many ids at once: one call costs more than all else here
  const drawn = Buffer.alloc(16 * 64);
  let used = drawn.length;
  let lastMs = 0;
  /** 32 random bits that count up while the millisecond stays */
  let counter = 0;
  return (nowMs) => {
    if (used === drawn.length) {
      randomFillSync(drawn);
      used = 0;
    }
    const bytes = drawn.subarray(used, used + 16);
    used += 16;
    if (nowMs > lastMs) {
      lastMs = nowMs;
      counter = bytes.readUInt32BE(6) >>> 1;
    } else if (counter === 0xffff_ffff) {
      lastMs += 1;
      counter = 0;
    } else {
      counter += 1;
    }
    bytes.writeUIntBE(lastMs, 0, 6);
    // version 7, then 12 bits of counter; variant 10, then the other 20 bits and 42 random ones
    bytes.writeUInt16BE(0x7000 | (counter >>> 20), 6);
    bytes.writeUInt32BE(
      (0x8000_0000 | ((counter & 0xf_ffff) << 10) | (bytes.readUInt32BE(8) & 0x3ff)) >>> 0,
      8,
    );
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as FactId;
  };
}
