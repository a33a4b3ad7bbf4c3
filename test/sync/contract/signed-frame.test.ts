// Only headquarters' own words pass, and only on the topic that they were said on.
import { describe, expect, it } from 'vitest';
import {
  makeSignKeys,
  openSignedFrame,
  signFrame,
  signingKey,
  verifyingKey,
} from '../../../sync/contract/signed-frame.ts';

const keys = makeSignKeys();
const own = signingKey(keys.privateKey);
const known = verifyingKey(keys.publicKey);
const frame = Buffer.from('{"v":1}');

describe('CO14 a signed frame', () => {
  it('gives back what was signed', () => {
    expect(Buffer.from(openSignedFrame('t', signFrame('t', frame, own), known))).toEqual(frame);
  });

  it('is refused on another topic, from another key, and after a change of any byte', () => {
    const signed = signFrame('t', frame, own);
    const forged = { code: 'sync-frame-forged' };
    expect(() => openSignedFrame('u', signed, known)).toThrow(expect.objectContaining(forged));
    const foreign = signFrame('t', frame, signingKey(makeSignKeys().privateKey));
    expect(() => openSignedFrame('t', foreign, known)).toThrow(expect.objectContaining(forged));
    for (let at = 1; at < signed.length; at += 1) {
      const changed = Buffer.from(signed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openSignedFrame('t', changed, known)).toThrow(expect.objectContaining(forged));
    }
  });

  it('is refused without a signature', () => {
    for (const bytes of [frame, Buffer.alloc(0), signFrame('t', frame, own).subarray(0, 65)]) {
      expect(() => openSignedFrame('t', bytes, known)).toThrow(
        expect.objectContaining({ code: 'sync-frame-unsigned' }),
      );
    }
  });
});
