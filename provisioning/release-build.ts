// Builds a release: one bundle and its signed manifest, the same bytes for the same files, with nothing left to fetch.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Architecture, type ReleaseManifest, signManifest } from '../sync/contract/release.ts';
import { makeSignKeys, type SigningKey } from '../sync/contract/signed-frame.ts';
import { twinSchema } from '../sync/contract/twin.ts';
import { type ArchiveFile, writeArchive } from './release-archive.ts';
import { SourceError, type SourceFile } from './release-files.ts';
import { componentsOf, sbomOf } from './release-sbom.ts';
import { writePrivate } from './write-terminal.ts';

export interface ReleaseBuild {
  readonly files: readonly SourceFile[];
  readonly architecture: Architecture;
  readonly version: string;
  readonly seq: number;
  /** no terminal goes below it after this release */
  readonly minSeq: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly key: SigningKey;
  /** folder */
  readonly out: string;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface BuiltRelease {
  readonly manifest: ReleaseManifest;
  readonly manifestFile: string;
  readonly bundleFile: string;
  /** what it is made of, for who asks which weakness concerns it (CycloneDX) */
  readonly sbomFile: string;
}

/** The one program that is started by its name. */
const executable = 'dist/provisioning/yingbin.js';

/**
 * Its files are there whole, or not at all.
 * @throws ArchiveError | SourceError; the file system's error
 */
export async function buildRelease(build: ReleaseBuild): Promise<BuiltRelease> {
  const { files, architecture, version, seq, minSeq, createdAt, expiresAt, key, out } = build;
  mkdirSync(out, { recursive: true });
  const name = join(out, `yingbin-${version}-${seq}-${architecture}`);
  const listed = files.map(({ path, from }, n) => {
    if (n % 100 === 0) build.onProgress?.(n, files.length);
    const content = readFileSync(from);
    return {
      from,
      sha256: createHash('sha256').update(content).digest('hex'),
      file: { path, bytes: content.length, isExecutable: path === executable } satisfies ArchiveFile,
    };
  });
  const part = `${name}.part`;
  try {
    await writeArchive(part, listed);
    const manifest: ReleaseManifest = {
      v: 1,
      version,
      seq,
      minSeq,
      architecture,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      twinSchema,
      bundle: { bytes: statSync(part).size, sha256: hashOf(part) },
      files: listed.map(({ file, sha256 }) => ({ ...file, sha256 })),
    };
    const [manifestFile, bundleFile, sbomFile] = [`${name}.manifest`, `${name}.bundle`, `${name}.sbom.json`];
    writeFileSync(sbomFile, sbomOf(componentsOf(files), { version, createdAt }));
    renameSync(part, bundleFile);
    writeFileSync(manifestFile, signManifest(manifest, key));
    build.onProgress?.(files.length, files.length);
    return { manifest, manifestFile, bundleFile, sbomFile };
  } finally {
    rmSync(part, { force: true });
  }
}

/** A pair of release keys: the private one in a file that belongs offline, the public one for headquarters' config. */
export function makeReleaseKey(file: string): string {
  if (statSync(file, { throwIfNoEntry: false }))
    throw new SourceError(`${file} is there already: it is not replaced.`);
  const { privateKey, publicKey } = makeSignKeys();
  writePrivate(file, `${privateKey.toString('base64')}\n`);
  return publicKey.toString('base64');
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
