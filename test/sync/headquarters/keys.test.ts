// Headquarters' key pairs on disk: made once, private, found again, never replaced.
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeOpener, makeSealer } from '../../../sync/contract/seal.ts';
import { openSignedFrame, signFrame, signingKey, verifyingKey } from '../../../sync/contract/signed-frame.ts';
import { publicKeysOf, readOrMakeKeys } from '../../../sync/headquarters/keys.ts';
import { scratchFolder } from '../scratch.ts';

it('OB9 CO14 keys are made once, private, and fit together', () => {
  const file = join(scratchFolder(), 'keys', 'headquarters.keys');
  const keys = readOrMakeKeys(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readOrMakeKeys(file)).toEqual(keys);
  const { sealKey, signKey } = publicKeysOf(keys);
  const sealed = makeSealer(Buffer.from(sealKey, 'base64')).seal('漏水', 'bond');
  expect(makeOpener([keys.seal.privateKey]).open(sealed, 'bond')).toBe('漏水');
  const frame = signFrame('t', Buffer.from('{}'), signingKey(keys.sign.privateKey));
  expect(openSignedFrame('t', frame, verifyingKey(Buffer.from(signKey, 'base64'))).toString()).toBe('{}');
  expect(readFileSync(file, 'utf8')).not.toContain(keys.seal.privateKey.toString('hex'));
});

it('OB9 keys that others can read, or that are none, are refused and left as they are', () => {
  const file = join(scratchFolder(), 'headquarters.keys');
  writeFileSync(file, '{"seal":{}}', { mode: 0o600 });
  const refused = expect.objectContaining({ code: 'hq-secret-unreadable' });
  expect(() => readOrMakeKeys(file)).toThrow(refused);
  expect(readFileSync(file, 'utf8')).toBe('{"seal":{}}');
  chmodSync(file, 0o644);
  expect(() => readOrMakeKeys(file)).toThrow(refused);
});
