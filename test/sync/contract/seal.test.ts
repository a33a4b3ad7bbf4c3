// What is sealed can be read by headquarters only, and only where it belongs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeOpener, makeSealer, makeSealKeys } from '../../../sync/contract/seal.ts';

const keys = makeSealKeys();
const opener = makeOpener([keys.privateKey]);

describe('OB9 IN10 a sealed body', () => {
  it('is opened by the private key, under the same bond', () => {
    const sealer = makeSealer(keys.publicKey);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (words, bond) => {
        expect(opener.open(sealer.seal(words, bond), bond)).toBe(Buffer.from(words).toString());
      }),
    );
  });

  it('is not opened under another bond, by another key, or after a change of any byte', () => {
    const sealed = makeSealer(keys.publicKey).seal('王芳', 'a');
    expect(opener.open(sealed, 'b')).toBeUndefined();
    expect(makeOpener([makeSealKeys().privateKey]).open(sealed, 'a')).toBeUndefined();
    const bytes = Buffer.from(sealed, 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(opener.open(changed.toString('base64'), 'a')).toBeUndefined();
    }
    expect(opener.open('', 'a')).toBeUndefined();
    expect(opener.open(bytes.subarray(0, 40).toString('base64'), 'a')).toBeUndefined();
  });

  it('never looks twice the same, and does not hold the words', () => {
    const sealer = makeSealer(keys.publicKey);
    const [one, two] = [sealer.seal('王芳 13800138000', 'a'), sealer.seal('王芳 13800138000', 'a')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64').includes('王芳')).toBe(false);
  });

  it('is opened by an old key too as long as headquarters keeps it', () => {
    const sealed = makeSealer(keys.publicKey).seal('words', 'a');
    expect(makeOpener([makeSealKeys().privateKey, keys.privateKey]).open(sealed, 'a')).toBe('words');
  });
});
