// Nonsense from a seed: the same seed gives the same bytes, so that what broke something once can be named.
import { randomInt } from 'node:crypto';

/** `FUZZ_SEED=n` repeats a run. */
export const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31));

export interface Seeded {
  /** integer from 0 to `below` − 1 */
  int(below: number): number;
  pick<T>(from: readonly T[]): T;
  bytes(atMost: number): Buffer;
  /** `bytes` with some of them changed, removed, doubled or cut off */
  spoil(bytes: Uint8Array): Buffer;
}

/** mulberry32 */
export function seeded(start = seed): Seeded {
  let state = start >>> 0;
  const int = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  };
  const bytes = (atMost: number): Buffer =>
    Buffer.from(Array.from({ length: int(atMost + 1) }, () => int(256)));
  const spoil = (right: Uint8Array): Buffer => {
    let wrong = Buffer.from(right);
    for (let n = int(4); n >= 0; n -= 1) {
      const at = int(wrong.length + 1);
      const rest = wrong.subarray(at);
      const middle = [bytes(4), rest.subarray(0, int(8)), Buffer.alloc(0)][int(3)] ?? rest;
      wrong = Buffer.concat([wrong.subarray(0, at), middle, rest.subarray(int(3))]);
    }
    return int(5) === 0 ? wrong.subarray(0, int(wrong.length + 1)) : wrong;
  };
  return {
    int,
    bytes,
    spoil,
    pick: <T>(from: readonly T[]): T => {
      const found = from[int(from.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
  };
}
