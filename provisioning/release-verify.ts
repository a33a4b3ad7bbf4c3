// Decides whether a release may come onto this terminal, before a byte of it is unpacked (S19, S20).
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  type Architecture,
  manifestHash,
  openManifest,
  type ReleaseManifest,
  type ReleaseOrder,
} from '../sync/contract/release.ts';
import type { VerifyingKey } from '../sync/contract/signed-frame.ts';
import { SyncError } from '../sync/sync-error.ts';

/** Each with its sentence and remedy in `release-words.ts`. */
export const releaseCodes = [
  'release-forged',
  'release-manifest-wrong',
  'release-not-ordered',
  'release-architecture',
  'release-old',
  'release-expired',
  'release-schema-old',
  'release-damaged',
  'release-archive-wrong',
  'release-too-large',
  'release-no-room',
  'release-unreachable',
  'release-not-kept',
] as const;
export type ReleaseCode = (typeof releaseCodes)[number];

export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
  readonly code: ReleaseCode;
  constructor(code: ReleaseCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** What a release is held against. */
export interface ReleaseJudge {
  readonly keys: readonly VerifyingKey[];
  readonly architecture: Architecture;
  /** `seq` of what serves, and the lowest that may ever come after it */
  readonly serving: number;
  readonly minSeq: number;
  /** of this program: what it wrote into the config must be understood */
  readonly twinSchema: number;
  /** null = the clock is not trusted, and says nothing about expiry */
  readonly now: Date | null;
}

/** Unpacked; a terminal's disk is small. */
export const maxReleaseBytes = 1_073_741_824;

/**
 * @param bytes the signed manifest
 * @param order who gets it, by headquarters; null = somebody stands here with a stick
 * @throws ReleaseError
 */
export function judgeManifest(
  bytes: Uint8Array,
  order: ReleaseOrder | null,
  { keys, architecture, serving, minSeq, twinSchema, now }: ReleaseJudge,
): ReleaseManifest {
  const manifest = signedManifest(bytes, keys);
  const isOrdered =
    !order || (order.manifests[architecture] === manifestHash(bytes) && order.seq === manifest.seq);
  if (!isOrdered) throw new ReleaseError('release-not-ordered');
  if (manifest.architecture !== architecture) throw new ReleaseError('release-architecture');
  if (manifest.seq <= serving || manifest.seq < minSeq) throw new ReleaseError('release-old');
  if (now && now.getTime() >= Date.parse(manifest.expiresAt)) throw new ReleaseError('release-expired');
  if (manifest.twinSchema < twinSchema) throw new ReleaseError('release-schema-old');
  const unpacked = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  if (unpacked > maxReleaseBytes || manifest.bundle.bytes > maxReleaseBytes)
    throw new ReleaseError('release-too-large');
  if (new Set(manifest.files.map(({ path }) => path)).size !== manifest.files.length)
    throw new ReleaseError('release-manifest-wrong');
  return manifest;
}

/** @throws ReleaseError release-damaged */
export async function judgeBundle(file: string, { bundle }: ReleaseManifest): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  if (bytes !== bundle.bytes || hash.digest('hex') !== bundle.sha256)
    throw new ReleaseError('release-damaged');
}

function signedManifest(bytes: Uint8Array, keys: readonly VerifyingKey[]): ReleaseManifest {
  try {
    return openManifest(bytes, keys);
  } catch (cause) {
    if (!(cause instanceof SyncError)) throw cause;
    const isShape = cause.code === 'sync-frame-shape';
    throw new ReleaseError(isShape ? 'release-manifest-wrong' : 'release-forged', { cause });
  }
}
