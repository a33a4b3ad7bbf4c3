// A release: what its signed manifest says, and the order that names who gets it.
// Two signatures: the release key says what it is, headquarters (by the twin) says who gets it; one stolen key ships nothing.
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { SyncError } from '../sync-error.ts';
import { countSchema, instantSchema } from './ids.ts';
import { architectures } from './release-order.ts';
import { openSignedFrame, type SigningKey, signFrame, type VerifyingKey } from './signed-frame.ts';

export { type Architecture, architectures, type ReleaseOrder, releaseOrderSchema } from './release-order.ts';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** Inside the release's folder: no `..`, no absolute path, no empty step, no backslash. */
const innerPath = v.pipe(
  v.string(),
  v.maxLength(400),
  v.regex(/^(?!\/)(?!.*(^|\/)\.{1,2}(\/|$))(?!.*\/\/)[^\\\0]+[^/\\\0]$/, 'must stay inside the release'),
);

/** What a release is, and each of its files. */
export const releaseManifestSchema = v.strictObject({
  v: v.literal(1),
  /** `1.4.0` */
  version: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,40}$/)),
  /** rises with every release */
  seq: v.pipe(countSchema, v.minValue(1)),
  /** a terminal that had this release never goes below it again */
  minSeq: countSchema,
  architecture: v.picklist(architectures),
  createdAt: instantSchema,
  /** who is offered it later is offered something stale */
  expiresAt: instantSchema,
  /** `twinSchema` of its program */
  twinSchema: countSchema,
  /** of the bundle's file, and of each file in it */
  bundle: v.strictObject({ bytes: countSchema, sha256: hash }),
  files: v.pipe(
    v.array(v.strictObject({ path: innerPath, bytes: countSchema, sha256: hash, isExecutable: v.boolean() })),
    v.minLength(1),
    v.maxLength(50_000),
  ),
});
export type ReleaseManifest = v.InferOutput<typeof releaseManifestSchema>;

/** What a manifest is signed for; no topic of any broker. */
const purpose = 'yingbin/v1/release-manifest';

export function signManifest(manifest: ReleaseManifest, key: SigningKey): Buffer {
  return signFrame(purpose, Buffer.from(JSON.stringify(manifest)), key);
}

/**
 * @param keys of two roots: either may sign, so that one can announce the other's successor
 * @throws SyncError sync-frame-unsigned | sync-frame-forged | sync-frame-shape
 */
export function openManifest(bytes: Uint8Array, keys: readonly VerifyingKey[]): ReleaseManifest {
  const text = Buffer.from(openByAny(bytes, keys)).toString('utf8');
  const result = v.safeParse(releaseManifestSchema, parsed(text));
  if (result.success) return result.output;
  throw new SyncError(
    'sync-frame-shape',
    `a release's manifest is wrong at ${v.getDotPath(result.issues[0])}`,
  );
}

export function manifestHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function openByAny(bytes: Uint8Array, keys: readonly VerifyingKey[]): Uint8Array {
  let last: unknown = new SyncError('sync-frame-forged', 'no key of a release is known here');
  for (const key of keys) {
    try {
      return openSignedFrame(purpose, bytes, key);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
