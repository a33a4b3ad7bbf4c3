// Rows of dataset `forms`: what people are asked and told in set words: satisfaction, surveys, consent, published answers.
// Keys: `item/{code}` · `survey/{survey}` · `consent/{version}` · `answer/{id}`
import * as v from 'valibot';
import {
  codeSchema,
  countSchema,
  instantSchema,
  projectIdSchema,
  surveyIdSchema,
  wordsSchema,
} from './ids.ts';
import { careSteps } from './owners.ts';

/** One thing that was rated. */
export const ratingSchema = v.object({
  /** code of a satisfaction item */
  item: codeSchema,
  /** 1 very dissatisfied … 5 very satisfied */
  score: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
});
export type Rating = v.InferOutput<typeof ratingSchema>;

/** Satisfaction on three levels: 1 satisfaction and loyalty; 2 design, engineering, marketing, property; 3 景观, 门窗 … */
export const itemRowSchema = v.object({
  kind: v.literal('item'),
  code: codeSchema,
  level: v.picklist([1, 2, 3]),
  /** null at level 1 */
  parent: v.nullable(codeSchema),
  name: wordsSchema,
  order: countSchema,
});

/** A node survey, tied to a project: what is asked at which moment of the year. */
export const surveyRowSchema = v.object({
  kind: v.literal('survey'),
  id: surveyIdSchema,
  name: wordsSchema,
  /** null = every project */
  project: v.nullable(projectIdSchema),
  opensAt: instantSchema,
  endsAt: instantSchema,
  /** who is asked: everybody, or only those for whom `owners` holds a `survey-due` row */
  audience: v.picklist(['everybody', 'invited']),
  /** the step of care at which owners are invited by themselves; left out = by hand, or all when it opens */
  node: v.optional(v.picklist(careSteps)),
  items: v.pipe(v.array(codeSchema), v.minLength(1), v.maxLength(60)),
});

/** What somebody agrees to when they join; the newest is asked. */
export const consentRowSchema = v.object({
  kind: v.literal('consent'),
  version: countSchema,
  text: wordsSchema,
  publishedAt: instantSchema,
});

/** A question or complaint that headquarters answered in public, without the name; moderated. */
export const answerRowSchema = v.object({
  kind: v.literal('answer'),
  id: v.pipe(v.string(), v.uuid()),
  project: v.nullable(projectIdSchema),
  question: wordsSchema,
  answer: wordsSchema,
  at: instantSchema,
});

export const formsRowSchema = v.variant('kind', [
  itemRowSchema,
  surveyRowSchema,
  consentRowSchema,
  answerRowSchema,
]);
export type ItemRow = v.InferOutput<typeof itemRowSchema>;
export type SurveyRow = v.InferOutput<typeof surveyRowSchema>;
export type ConsentRow = v.InferOutput<typeof consentRowSchema>;
export type AnswerRow = v.InferOutput<typeof answerRowSchema>;
export type FormsRow = v.InferOutput<typeof formsRowSchema>;

/** The one place that spells the keys of this dataset. */
export const formKeys = {
  items: 'item/',
  item: (code: string): string => `item/${code}`,
  surveys: 'survey/',
  survey: (id: string): string => `survey/${id}`,
  consents: 'consent/',
  consent: (version: number): string => `consent/${String(version).padStart(6, '0')}`,
  answers: 'answer/',
  answer: (id: string): string => `answer/${id}`,
} as const;

export function formsKeyOf(row: FormsRow): string {
  switch (row.kind) {
    case 'item':
      return formKeys.item(row.code);
    case 'survey':
      return formKeys.survey(row.id);
    case 'consent':
      return formKeys.consent(row.version);
    case 'answer':
      return formKeys.answer(row.id);
  }
}
