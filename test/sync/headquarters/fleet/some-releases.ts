// Small signed releases for tests: a few bytes for a bundle, and the key that signs.
import { createHash, randomBytes } from 'node:crypto';
import { manifestHash, type ReleaseManifest, signManifest } from '../../../../sync/contract/release.ts';
import { makeSignKeys, signingKey, verifyingKey } from '../../../../sync/contract/signed-frame.ts';

const pair = makeSignKeys();
export const releaseKey = signingKey(pair.privateKey);
export const releaseRoot = verifyingKey(pair.publicKey);

export interface SomeRelease {
  readonly manifest: ReleaseManifest;
  readonly signed: Buffer;
  /** of the signed manifest */
  readonly hash: string;
  readonly bundle: Buffer;
}

export function someRelease(
  seq: number,
  more: Partial<ReleaseManifest> = {},
  { key = releaseKey, bytes = 3_000 } = {},
): SomeRelease {
  const bundle = randomBytes(bytes);
  const manifest: ReleaseManifest = {
    v: 1,
    version: `1.${seq}.0`,
    seq,
    minSeq: 0,
    architecture: 'x64',
    createdAt: '2025-11-01T00:00:00.000Z',
    expiresAt: '2026-05-01T00:00:00.000Z',
    twinSchema: 1,
    bundle: { bytes: bundle.length, sha256: createHash('sha256').update(bundle).digest('hex') },
    files: [{ path: 'dist/main.js', bytes: 1, sha256: 'a'.repeat(64), isExecutable: false }],
    ...more,
  };
  const signed = signManifest(manifest, key);
  return { manifest, signed, hash: manifestHash(signed), bundle };
}
