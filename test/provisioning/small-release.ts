// A release of a few files, built and signed as a real one is; and the same, spoilt.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuiltRelease, buildRelease, type ReleaseBuild } from '../../provisioning/release-build.ts';
import type { ReleaseJudge } from '../../provisioning/release-verify.ts';
import { type ReleaseManifest, signManifest } from '../../sync/contract/release.ts';
import { makeSignKeys, signingKey, verifyingKey } from '../../sync/contract/signed-frame.ts';
import { twinSchema } from '../../sync/contract/twin.ts';

const pair = makeSignKeys();
export const releaseKey = signingKey(pair.privateKey);
export const foreignKey = signingKey(makeSignKeys().privateKey);

export const smallFiles: Readonly<Record<string, string>> = {
  'package.json': '{"version":"1.1.0"}',
  'dist/kiosk/main.js': 'setInterval(() => {}, 1000);\n'.repeat(40),
  'dist/provisioning/yingbin.js': '#!/usr/bin/env node\n',
  [`node_modules/${'deep/'.repeat(20)}file-${'x'.repeat(60)}.js`]: 'export {};\n',
  'node_modules/empty.js': '',
};

export function builtRelease(folder: string, more: Partial<ReleaseBuild> = {}): Promise<BuiltRelease> {
  const files = Object.entries(smallFiles).map(([path, text]) => {
    const from = join(folder, 'source', path);
    mkdirSync(dirname(from), { recursive: true });
    writeFileSync(from, text);
    return { path, from };
  });
  return buildRelease({
    files,
    architecture: 'x64',
    version: '1.1.0',
    seq: 5,
    minSeq: 2,
    createdAt: new Date('2026-03-01T00:00:00Z'),
    expiresAt: new Date('2026-09-01T00:00:00Z'),
    key: releaseKey,
    out: join(folder, 'out'),
    ...more,
  });
}

export const judge: ReleaseJudge = {
  keys: [verifyingKey(pair.publicKey)],
  architecture: 'x64',
  serving: 4,
  minSeq: 1,
  twinSchema,
  now: new Date('2026-04-01T00:00:00Z'),
};

/** An archive as somebody with evil in mind would write it, with a manifest that fits it: only the entries are wrong. */
export function evilRelease(
  folder: string,
  tar: Buffer,
  files: ReleaseManifest['files'] = listed('a.js', 'a'),
): { readonly manifest: ReleaseManifest; readonly signed: Buffer; readonly bundleFile: string } {
  const bundle = gzipSync(tar);
  const bundleFile = join(folder, 'evil.bundle');
  writeFileSync(bundleFile, bundle);
  const manifest: ReleaseManifest = {
    v: 1,
    version: '6',
    seq: 6,
    minSeq: 0,
    architecture: 'x64',
    createdAt: '2026-03-01T00:00:00.000Z',
    expiresAt: '2026-09-01T00:00:00.000Z',
    twinSchema,
    bundle: { bytes: bundle.length, sha256: hashOf(bundle) },
    files,
  };
  return { manifest, signed: signManifest(manifest, releaseKey), bundleFile };
}

export function listed(path: string, text: string): ReleaseManifest['files'] {
  return [{ path, bytes: text.length, sha256: hashOf(Buffer.from(text)), isExecutable: false }];
}

/** One entry of a tar, with any header that one likes. */
export function tarEntry(
  name: string,
  text: string,
  { type = '0', link = '', size = text.length }: { type?: string; link?: string; size?: number } = {},
): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 'latin1');
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(link, 157);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, Buffer.from(text), Buffer.alloc((512 - (text.length % 512)) % 512)]);
}

export const tarEnd = Buffer.alloc(1_024);

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function textOf(file: string): string {
  return readFileSync(file, 'utf8');
}
