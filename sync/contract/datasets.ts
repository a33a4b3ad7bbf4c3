// How headquarters' knowledge travels: named datasets of keyed rows, each with one rising version.
import * as v from 'valibot';
import { countSchema, instantSchema } from './ids.ts';

/** board: sales board · members: cards, persons, points, levels · events: events, sessions, rosters · library: classification · requests: state of filed requests */
export const datasetNames = ['board', 'members', 'events', 'library', 'requests'] as const;
export type DatasetName = (typeof datasetNames)[number];
const datasetName = v.picklist(datasetNames);

const versions = v.object({
  board: countSchema,
  members: countSchema,
  events: countSchema,
  library: countSchema,
  requests: countSchema,
});
/** 0 = nothing yet. */
export type DatasetVersions = v.InferOutput<typeof versions>;

/** headquarters → all, retained and repeated: what is current, and headquarters' clock. */
export const manifestSchema = v.object({ v: v.literal(1), at: instantSchema, versions });
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** terminal → headquarters: send me what is newer than this. */
export const datasetAskSchema = v.object({ v: v.literal(1), have: versions });
export type DatasetAsk = v.InferOutput<typeof datasetAskSchema>;

/**
 * headquarters → terminal: part `part` of `parts` of the change from version `from` to `to`.
 * `from` 0 is a whole snapshot and replaces all rows. A null body deletes the row.
 * `sha256` (hex) is over all parts' rows: `JSON.stringify` of the concatenated rows array.
 */
export const datasetPartSchema = v.object({
  v: v.literal(1),
  dataset: datasetName,
  from: countSchema,
  to: countSchema,
  part: countSchema,
  parts: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(100_000)),
  /** when headquarters published `to` */
  publishedAt: instantSchema,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  rows: v.array(v.tuple([v.pipe(v.string(), v.maxLength(140)), v.unknown()])),
});
export type DatasetPart = v.InferOutput<typeof datasetPartSchema>;
/** `[key, body]`; body null = gone. */
export type DatasetRow = DatasetPart['rows'][number];
