// Which release a terminal is to have, as its twin names it. For a browser too: nothing of Node.
import * as v from 'valibot';
import { countSchema } from './ids.ts';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const architectures = ['x64', 'arm64'] as const;
export type Architecture = (typeof architectures)[number];

/** In the twin: this release, and none other that has its number. */
export const releaseOrderSchema = v.strictObject({
  seq: v.pipe(countSchema, v.minValue(1)),
  version: v.pipe(v.string(), v.maxLength(40)),
  /** SHA-256 of the signed manifest of each architecture */
  manifests: v.strictObject({ x64: v.optional(hash), arm64: v.optional(hash) }),
});
export type ReleaseOrder = v.InferOutput<typeof releaseOrderSchema>;
