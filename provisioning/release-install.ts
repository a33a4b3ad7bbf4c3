// Takes a release in from a file, without a network: by hand, or from the stick that the terminal looks at.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseManifest } from '../sync/contract/release.ts';
import type { ReleaseStore } from './release-store.ts';
import { judgeManifest, maxReleaseBytes, ReleaseError, type ReleaseJudge } from './release-verify.ts';

const maxManifestBytes = 16_777_216;

/**
 * Checked, unpacked and offered to the keeper, which tries it when nobody is served.
 * @param manifestFile its bundle lies beside it
 * @throws ReleaseError; the file system's error
 */
export async function installRelease(
  manifestFile: string,
  store: ReleaseStore,
  judge: ReleaseJudge,
): Promise<ReleaseManifest> {
  const bundleFile = manifestFile.replace(/\.manifest$/, '.bundle');
  if (statSync(manifestFile).size > maxManifestBytes || statSync(bundleFile).size > maxReleaseBytes)
    throw new ReleaseError('release-too-large');
  const signed = readFileSync(manifestFile);
  const manifest = judgeManifest(signed, null, judge);
  await store.install(signed, manifest, bundleFile);
  store.offer(manifest.seq);
  return manifest;
}

/** @returns manifests in a folder that names this architecture, the newest number last; none when it cannot be read */
export function releasesOn(folder: string, architecture: string): readonly string[] {
  const seqOf = (name: string): number => Number(/-(\d+)-[a-z0-9]+\.manifest$/.exec(name)?.[1] ?? 0);
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith('yingbin-') && name.endsWith(`-${architecture}.manifest`))
      .sort((a, b) => seqOf(a) - seqOf(b))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
