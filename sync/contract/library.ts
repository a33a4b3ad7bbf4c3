// Rows of dataset `library`: the classification of problems. Element–problem–phrase is one library for the
// group; places belong to a project and are bound to elements of the library.
// Keys: `place/{project}/{place}` · `element/{element}` · `problem/{element}/{problem}` · `phrase/{problem}/{phrase}` · `port/{port}` · `clock/{port or "default"}` · `promise/{project}/{kind}` (`*` = all) · `edition` · `photo-page`
import * as v from 'valibot';
import {
  countSchema,
  elementIdSchema,
  phraseIdSchema,
  placeIdSchema,
  portIdSchema,
  problemIdSchema,
  projectIdSchema,
  wordsSchema,
} from './ids.ts';
import { promiseRowSchema } from './promises.ts';

export const placeRowSchema = v.object({
  kind: v.literal('place'),
  id: placeIdSchema,
  project: projectIdSchema,
  scope: v.picklist(['room', 'public']),
  name: wordsSchema,
  order: countSchema,
  /** where its tree of elements begins, in the order shown */
  elements: v.array(elementIdSchema),
});

export const elementRowSchema = v.object({
  kind: v.literal('element'),
  id: elementIdSchema,
  /** null = top of the tree; only an element without children binds problems */
  parent: v.nullable(elementIdSchema),
  name: wordsSchema,
  order: countSchema,
  /** from hand-over; left out or null = as its parent, and in the end as the home */
  warrantyMonths: v.optional(v.nullable(countSchema)),
});

export const problemRowSchema = v.object({
  kind: v.literal('problem'),
  id: problemIdSchema,
  element: elementIdSchema,
  name: wordsSchema,
  port: portIdSchema,
  /** burst pipe, gas, person in a lift: show the telephone first */
  emergency: v.boolean(),
  /** among the problems of its element, frequent ones first; left out = after those that say */
  order: v.optional(countSchema),
  /** from hand-over, and then it wins over the element's: a leak is a matter of waterproofing wherever it shows */
  warrantyMonths: v.optional(v.nullable(countSchema)),
});

export const phraseRowSchema = v.object({
  kind: v.literal('phrase'),
  id: phraseIdSchema,
  problem: problemIdSchema,
  text: wordsSchema,
  /** as a problem's */
  order: v.optional(countSchema),
});

export const portRowSchema = v.object({ kind: v.literal('port'), id: portIdSchema, name: wordsSchema });

/** Promises to the owner, in minutes from filing. */
export const clockRowSchema = v.object({
  kind: v.literal('clock'),
  id: v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/)),
  replyMin: countSchema,
  onSiteMin: countSchema,
});

/** Which edition of the group's library this is; every request carries its number. */
export const editionRowSchema = v.object({
  kind: v.literal('edition'),
  number: countSchema,
  note: wordsSchema,
});

/** Where owners' telephones add pictures to a request; no row: nowhere. */
export const photoPageRowSchema = v.object({
  kind: v.literal('photo-page'),
  /** without a slash at its end */
  url: v.pipe(v.string(), v.maxLength(120), v.regex(/^https?:\/\/[^\s#?]+[^\s#?/]$/)),
});

export const libraryRowSchema = v.variant('kind', [
  placeRowSchema,
  elementRowSchema,
  problemRowSchema,
  phraseRowSchema,
  portRowSchema,
  clockRowSchema,
  promiseRowSchema,
  editionRowSchema,
  photoPageRowSchema,
]);
export type PlaceRow = v.InferOutput<typeof placeRowSchema>;
export type ElementRow = v.InferOutput<typeof elementRowSchema>;
export type ProblemRow = v.InferOutput<typeof problemRowSchema>;
export type PhraseRow = v.InferOutput<typeof phraseRowSchema>;
export type PortRow = v.InferOutput<typeof portRowSchema>;
export type ClockRow = v.InferOutput<typeof clockRowSchema>;
export type LibraryEditionRow = v.InferOutput<typeof editionRowSchema>;
export type PhotoPageRow = v.InferOutput<typeof photoPageRowSchema>;
export type LibraryRow = v.InferOutput<typeof libraryRowSchema>;

/** The one place that spells the keys of this dataset. */
export const libraryKeys = {
  places: (project: string): string => `place/${project}/`,
  place: (project: string, id: string): string => `place/${project}/${id}`,
  elements: 'element/',
  element: (id: string): string => `element/${id}`,
  problems: (element: string): string => `problem/${element}/`,
  problem: (element: string, id: string): string => `problem/${element}/${id}`,
  phrases: (problem: string): string => `phrase/${problem}/`,
  phrase: (problem: string, id: string): string => `phrase/${problem}/${id}`,
  port: (id: string): string => `port/${id}`,
  clock: (id: string): string => `clock/${id}`,
  promise: (project: string | null, request: string | null): string =>
    `promise/${project ?? '*'}/${request ?? '*'}`,
  edition: 'edition',
  photoPage: 'photo-page',
} as const;

export function libraryKeyOf(row: LibraryRow): string {
  switch (row.kind) {
    case 'place':
      return libraryKeys.place(row.project, row.id);
    case 'element':
      return libraryKeys.element(row.id);
    case 'problem':
      return libraryKeys.problem(row.element, row.id);
    case 'phrase':
      return libraryKeys.phrase(row.problem, row.id);
    case 'port':
      return libraryKeys.port(row.id);
    case 'clock':
      return libraryKeys.clock(row.id);
    case 'promise':
      return libraryKeys.promise(row.project, row.request);
    case 'edition':
      return libraryKeys.edition;
    case 'photo-page':
      return libraryKeys.photoPage;
  }
}
