// CONTRACT headquarters↔ui/console: the library editor's answers and what it may send. Part of the console's API.
import * as v from 'valibot';
import { countSchema, wordsSchema } from '../../contract/ids.ts';
import { libraryRowSchema } from '../../contract/library.ts';

export { type LibraryRow, libraryKeyOf } from '../../contract/library.ts';

const text = v.string();

export const issueCodes = [
  'unknown-element',
  'unknown-parent',
  'unknown-problem',
  'unknown-port',
  'not-a-leaf',
  'circle',
  'id-twice',
  'words-missing',
  'words-too-long',
  'no-default-clock',
  'no-problem',
  'nothing-bound',
] as const;
const issue = v.object({ key: text, code: v.picklist(issueCodes) });
export type LibraryIssue = v.InferOutput<typeof issue>;

const editionItem = v.object({
  number: countSchema,
  at: text,
  actor: text,
  note: wordsSchema,
  changed: countSchema,
});
export type EditionItem = v.InferOutput<typeof editionItem>;

/** `line`: of the file, from 1; of JSON, the row's place */
const sheetFault = v.object({ line: countSchema, column: v.nullable(text), code: text });
export type SheetFault = v.InferOutput<typeof sheetFault>;

const counted = v.array(
  v.object({
    id: text,
    count: countSchema,
    projects: v.array(v.object({ project: text, count: countSchema })),
  }),
);
const figures = v.object({ total: countSchema, elements: counted, problems: counted, places: counted });
export type LibraryFigures = v.InferOutput<typeof figures>;

const proposal = v.object({ task: text, problem: text, text, at: text, number: text });
export type Proposal = v.InferOutput<typeof proposal>;

export const libraryAnswers = {
  /** GET /api/library: as it is being edited */
  library: v.object({
    edition: countSchema,
    rows: v.array(libraryRowSchema),
    /** keys that differ from what is published */
    changed: v.array(v.object({ key: text, how: v.picklist(['added', 'changed', 'removed']) })),
    issues: v.array(issue),
    projects: v.array(v.object({ id: text, name: wordsSchema })),
  }),
  /** POST /api/library/changes, /discard, /editions/{n}/revert, /proposals/{task}/dismiss */
  changed: v.object({ changed: countSchema }),
  /** POST /api/library/publish */
  published: v.variant('kind', [
    v.object({ kind: v.literal('published'), edition: countSchema, changed: countSchema }),
    v.object({ kind: v.literal('nothing-to-publish') }),
    v.object({ kind: v.literal('broken'), issues: v.array(issue) }),
  ]),
  /** GET /api/library/editions, newest first */
  editions: v.object({ editions: v.array(editionItem) }),
  /** GET /api/library/export?format=csv|json */
  sheet: v.object({ name: text, text }),
  /** POST /api/library/import: into the draft, all of it or nothing */
  imported: v.variant('kind', [
    v.object({ kind: v.literal('taken'), changed: countSchema }),
    v.object({ kind: v.literal('wrong'), faults: v.array(sheetFault) }),
  ]),
  /** GET /api/library/proposals */
  proposals: v.object({ proposals: v.array(proposal) }),
  /** GET /api/library/figures?from=&to= */
  figures,
} as const;
export type LibraryAnswers = {
  [K in keyof typeof libraryAnswers]: v.InferOutput<(typeof libraryAnswers)[K]>;
};

const key = v.pipe(text, v.maxLength(200));
export const changesBodySchema = v.strictObject({
  changes: v.pipe(
    v.array(v.strictObject({ key, row: v.nullable(libraryRowSchema) })),
    v.minLength(1),
    v.maxLength(2_000),
  ),
});
export const discardBodySchema = v.strictObject({
  keys: v.union([v.literal('all'), v.pipe(v.array(key), v.maxLength(5_000))]),
});
export const publishBodySchema = v.strictObject({
  note: v.object({ zh: v.pipe(text, v.maxLength(200)), en: v.pipe(text, v.maxLength(200)) }),
});
export const importBodySchema = v.strictObject({
  format: v.picklist(['csv', 'json']),
  text: v.pipe(text, v.maxLength(4_000_000)),
});
