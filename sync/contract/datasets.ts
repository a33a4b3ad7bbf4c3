// How headquarters' knowledge travels: named datasets of keyed rows, each with one version and one root hash.
import * as v from 'valibot';
import { countSchema, instantSchema } from './ids.ts';
import { rowPackSchema } from './row-pack.ts';

/**
 * board: sales board · members: cards, persons, points, levels · events: events, sessions, rosters · library:
 * classification · requests: state of filed requests · owners: purchases, care, hand-over · forms: surveys, consent, answers
 */
export const datasetNames = ['board', 'members', 'events', 'library', 'requests', 'owners', 'forms'] as const;
export type DatasetName = (typeof datasetNames)[number];
const datasetName = v.picklist(datasetNames);

const versions = v.object({
  board: countSchema,
  members: countSchema,
  events: countSchema,
  library: countSchema,
  requests: countSchema,
  owners: countSchema,
  forms: countSchema,
});
/** 0 = nothing yet. */
export type DatasetVersions = v.InferOutput<typeof versions>;

/** SHA-256, hex: of a chunk's bytes, or of a dataset's rows (`RowHashes.root`). */
export const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const roots = v.object({
  board: sha256Schema,
  members: sha256Schema,
  events: sha256Schema,
  library: sha256Schema,
  requests: sha256Schema,
  owners: sha256Schema,
  forms: sha256Schema,
});
export type DatasetRoots = v.InferOutput<typeof roots>;

/** headquarters → all, retained and repeated: what is current, and headquarters' clock. */
export const manifestSchema = v.object({ v: v.literal(1), at: instantSchema, versions, roots });
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** Chunks that one ask may name. */
export const maxChunksAsked = 32;

/** terminal → headquarters, on one topic. */
export const datasetAskSchema = v.variant('kind', [
  /** what is newer than this? 0 = send the whole dataset */
  v.object({ v: v.literal(1), kind: v.literal('changes'), have: versions }),
  /** the chunks with these hashes */
  v.object({
    v: v.literal(1),
    kind: v.literal('chunks'),
    chunks: v.pipe(v.array(sha256Schema), v.minLength(1), v.maxLength(maxChunksAsked)),
  }),
  /** what is other than here in the same version? `hashes`: `RowHashes.bytes`, base64 */
  v.object({
    v: v.literal(1),
    kind: v.literal('repair'),
    dataset: datasetName,
    version: countSchema,
    hashes: v.pipe(v.string(), v.maxLength(32_000), v.base64()),
  }),
]);
export type DatasetAsk = v.InferOutput<typeof datasetAskSchema>;

const bucket = v.pipe(countSchema, v.maxValue(1023));

/**
 * headquarters → terminal: how to come from version `from` to `to`.
 * `from` 0 replaces all rows; `from` = `to` replaces the rows of `buckets`; otherwise rows are put and deleted.
 * The rows stand here (`inline`) or in chunks (`listed`): `lists` are the hashes of chunks that hold nothing but the
 * hashes, 32 bytes each, of the chunks of rows. Chunks of rows are applied in that order, later rows over earlier ones.
 */
const changeHead = {
  v: v.literal(1),
  dataset: datasetName,
  from: countSchema,
  to: countSchema,
  /** of all rows after this change */
  root: sha256Schema,
  /** headquarters' clock when it said so */
  at: instantSchema,
  /** when headquarters published `to` */
  publishedAt: instantSchema,
  buckets: v.pipe(v.array(bucket), v.maxLength(1024)),
};
export const datasetChangeSchema = v.variant('kind', [
  v.object({ ...changeHead, kind: v.literal('inline'), pack: rowPackSchema }),
  v.object({
    ...changeHead,
    kind: v.literal('listed'),
    lists: v.pipe(v.array(sha256Schema), v.minLength(1), v.maxLength(64)),
  }),
]);
export type DatasetChange = v.InferOutput<typeof datasetChangeSchema>;

/** `[key, body]`; body null = gone. */
export type DatasetRow = readonly [key: string, body: object | null];
