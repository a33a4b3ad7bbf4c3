// `yingbin release build` and `install`: makes a bundle, takes one in from a file.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, parseConfig } from '../kiosk/config.ts';
import { type Architecture, architectures } from '../sync/contract/release.ts';
import { signingKey, verifyingKey } from '../sync/contract/signed-frame.ts';
import { twinSchema } from '../sync/contract/twin.ts';
import { placesOf } from './become-terminal.ts';
import type { CommandLanguage } from './command-words.ts';
import { UsageError } from './commands/command-ground.ts';
import { readKeeperState } from './keeper-state.ts';
import { ArchiveError } from './release-archive.ts';
import { buildRelease } from './release-build.ts';
import { releaseFiles, SourceError } from './release-files.ts';
import { installRelease } from './release-install.ts';
import { ReleaseStore } from './release-store.ts';
import { ReleaseError, type ReleaseJudge } from './release-verify.ts';
import { releaseWords } from './release-words.ts';

export interface ReleaseSurroundings {
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly language: CommandLanguage;
}

/** Of the product: this file lies in `dist/provisioning`. */
const productRoot = fileURLToPath(new URL('../..', import.meta.url));
const dayMs = 86_400_000;

export interface BuildValues {
  readonly json: boolean;
  readonly out?: string;
  readonly key?: string;
  readonly seq?: string;
  readonly minSeq: string;
  readonly version?: string;
  readonly architecture: readonly string[];
  readonly created?: string;
  readonly days: string;
}
export interface InstallValues {
  readonly json: boolean;
  readonly config?: string;
  readonly releases?: string;
}

/** @returns the exit code: 0 done, 1 refused, for a reason that it tells */
export async function doRelease(work: () => unknown, around: ReleaseSurroundings): Promise<number> {
  try {
    await work();
    return 0;
  } catch (error) {
    if (error instanceof ReleaseError) {
      around.complain(`${error.code}: ${releaseWords[around.language][error.code]}\n`);
      return 1;
    }
    if (!(error instanceof SourceError || error instanceof ArchiveError)) throw error;
    around.complain(`${error.message}\n`);
    return 1;
  }
}

export async function buildBundles(
  values: BuildValues,
  { write, complain }: ReleaseSurroundings,
): Promise<void> {
  const createdAt = values.created === undefined ? new Date() : new Date(values.created);
  const seq = numberOf(values.seq, '--seq', 1);
  const days = numberOf(values.days, '--days', 1);
  if (Number.isNaN(createdAt.getTime()))
    throw new UsageError('--created must be a time as 2026-03-01T00:00:00Z');
  const key = signingKey(Buffer.from(readFileSync(needed(values.key, '--key'), 'utf8').trim(), 'base64'));
  const wanted = values.architecture.map((name) => architectures.find((each) => each === name));
  for (const architecture of wanted) {
    if (!architecture) throw new UsageError(`--architecture must be ${architectures.join(' or ')}`);
    const { manifest, manifestFile, bundleFile, sbomFile } = await buildRelease({
      files: releaseFiles(productRoot, architecture),
      architecture,
      version: values.version ?? productVersion(),
      seq,
      minSeq: numberOf(values.minSeq, '--min-seq', 0),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + days * dayMs),
      key,
      out: needed(values.out, '--out'),
      onProgress: (done, all) => values.json || complain(`\r${Math.floor((done / all) * 100)} %`),
    });
    if (!values.json) complain('\n');
    const { bundle, files } = manifest;
    const told = {
      manifestFile,
      bundleFile,
      sbomFile,
      architecture,
      bytes: bundle.bytes,
      files: files.length,
    };
    write(values.json ? `${JSON.stringify(told)}\n` : `${manifestFile}\n${bundleFile}\n${sbomFile}\n`);
  }
}

export async function installBundle(
  file: string,
  values: InstallValues,
  { write }: ReleaseSurroundings,
): Promise<void> {
  const configFile = needed(values.config, '--config');
  const config = parseConfig(readFileSync(configFile, 'utf8'), configFile);
  const root = values.releases ?? /^(.*)\/releases\/\d+\/dist\//.exec(fileURLToPath(import.meta.url))?.[1];
  if (root === undefined) throw new ReleaseError('release-not-kept');
  const store = ReleaseStore.open(root);
  const state = readKeeperState(join(dirname(resolve(configFile)), 'keeper.json'), store.seqOf('current'));
  const now = placesOf(configFile).floor.atLeast(new Date());
  const judge = judgeOf(config, { serving: state.good.release, minSeq: state.minSeq, now });
  const { version, seq } = await installRelease(file, store, judge);
  write(values.json ? `${JSON.stringify({ version, seq })}\n` : `${version} (${seq})\n`);
}

/** What this terminal holds a release against. */
export function judgeOf(
  { headquarters }: Config,
  { serving, minSeq, now }: Pick<ReleaseJudge, 'serving' | 'minSeq' | 'now'>,
): ReleaseJudge {
  return {
    keys: headquarters.releaseKeys.map((key) => verifyingKey(Buffer.from(key, 'base64'))),
    architecture: process.arch as Architecture,
    serving,
    minSeq,
    twinSchema,
    now,
  };
}

export function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new UsageError(`${name} is missing`);
  return value;
}

function numberOf(text: string | undefined, name: string, least: number): number {
  const value = Number(needed(text, name));
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError(`${name} must be a number from ${least}`);
  return value;
}

function productVersion(): string {
  const { version } = JSON.parse(readFileSync(join(productRoot, 'package.json'), 'utf8')) as {
    version?: unknown;
  };
  return typeof version === 'string' ? version : '0.0.0';
}
