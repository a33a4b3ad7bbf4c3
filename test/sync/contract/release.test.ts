// S19 S20 S21: what a manifest may say, and who may sign it.
import { describe, expect, it } from 'vitest';
import { openManifest, type ReleaseManifest, signManifest } from '../../../sync/contract/release.ts';
import { makeSignKeys, signingKey, verifyingKey } from '../../../sync/contract/signed-frame.ts';

const manifest: ReleaseManifest = {
  v: 1,
  version: '1.4.0',
  seq: 7,
  minSeq: 5,
  architecture: 'x64',
  createdAt: '2026-11-22T00:00:00.000Z',
  expiresAt: '2027-02-22T00:00:00.000Z',
  twinSchema: 1,
  bundle: { bytes: 10, sha256: 'a'.repeat(64) },
  files: [{ path: 'dist/kiosk/main.js', bytes: 10, sha256: 'b'.repeat(64), isExecutable: false }],
};
const pair = () => {
  const { privateKey, publicKey } = makeSignKeys();
  return { sign: signingKey(privateKey), verify: verifyingKey(publicKey) };
};

describe("a release's manifest", () => {
  it('S19 is believed from either of two roots, and from nobody else', () => {
    const [first, second, stranger] = [pair(), pair(), pair()];
    const roots = [first.verify, second.verify];
    expect(openManifest(signManifest(manifest, first.sign), roots)).toEqual(manifest);
    expect(openManifest(signManifest(manifest, second.sign), roots)).toEqual(manifest);
    expect(() => openManifest(signManifest(manifest, stranger.sign), roots)).toThrow('signature');
    expect(() => openManifest(Buffer.from(JSON.stringify(manifest)), roots)).toThrow('not signed');
  });

  it('S19 is refused with one bit changed, wherever it is', () => {
    const { sign, verify } = pair();
    const signed = signManifest(manifest, sign);
    for (let place = 0; place < signed.length; place += 7) {
      const flipped = Buffer.from(signed);
      flipped[place] = (flipped[place] ?? 0) ^ 1;
      expect(() => openManifest(flipped, [verify]), `byte ${place}`).toThrow();
    }
  });

  it('S21 names no file outside its folder', () => {
    const { sign, verify } = pair();
    for (const path of ['../a', '/etc/passwd', 'a/../b', 'a//b', './a', 'a\\b', 'a/', '..', 'a/..']) {
      const files = [{ path, bytes: 1, sha256: 'b'.repeat(64), isExecutable: false }];
      const wrong = signManifest({ ...manifest, files }, sign);
      expect(() => openManifest(wrong, [verify]), path).toThrow('files');
    }
    const fine = [{ path: 'node_modules/a..b/.c/d', bytes: 1, sha256: 'b'.repeat(64), isExecutable: true }];
    expect(openManifest(signManifest({ ...manifest, files: fine }, sign), [verify]).files).toEqual(fine);
  });
});
