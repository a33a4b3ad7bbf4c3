// CONTRACT headquarters↔ui/console: satisfaction items, node surveys with their results, and public answers.
import * as v from 'valibot';
import { itemRowSchema, surveyRowSchema } from '../../contract/forms.ts';
import { countSchema, instantSchema, projectIdSchema, wordsSchema } from '../../contract/ids.ts';

const text = v.string();
const maybeText = v.nullable(text);
const written = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
const writtenWords = (most: number) => v.strictObject({ zh: written(most), en: written(most) });

const score = v.object({
  item: text,
  name: wordsSchema,
  level: v.picklist([1, 2, 3]),
  /** how many rated it, of those satisfied, and the sum of the points */
  count: countSchema,
  satisfied: countSchema,
  points: countSchema,
});
export type SurveyScore = v.InferOutput<typeof score>;

const survey = v.object({
  ...surveyRowSchema.entries,
  isWithdrawn: v.boolean(),
  invited: countSchema,
  /** that count, and later ones of members who had answered before */
  answers: countSchema,
  repeated: countSchema,
});
export type SurveyItem = v.InferOutput<typeof survey>;

const surveyResults = v.object({
  survey,
  scores: v.array(score),
  byProject: v.array(
    v.object({ project: text, answers: countSchema, count: countSchema, satisfied: countSchema }),
  ),
  /** later answers of the same member: seen, not counted */
  repeats: v.array(
    v.object({
      terminal: text,
      at: instantSchema,
      memberName: text,
      firstTerminal: text,
      firstAt: instantSchema,
    }),
  ),
  /** what people said in words of their own */
  words: v.array(v.object({ at: instantSchema, project: maybeText, text })),
});
export type SurveyResultsItem = v.InferOutput<typeof surveyResults>;

/** All surveys of a year in one project: satisfied ratings of all ratings, and of the first level alone. */
const trend = v.object({
  year: text,
  project: text,
  answers: countSchema,
  count: countSchema,
  satisfied: countSchema,
  outcomeCount: countSchema,
  outcomeSatisfied: countSchema,
});
export type SurveyTrend = v.InferOutput<typeof trend>;

const candidate = v.object({
  request: text,
  number: text,
  kind: text,
  project: maybeText,
  filedAt: instantSchema,
  text: maybeText,
  labels: v.array(wordsSchema),
  answer: v.nullable(wordsSchema),
});
export type CandidateItem = v.InferOutput<typeof candidate>;

const publicAnswer = v.object({
  id: text,
  request: text,
  project: maybeText,
  question: wordsSchema,
  answer: wordsSchema,
  state: v.picklist(['draft', 'published', 'withdrawn']),
  writtenAt: instantSchema,
  writtenBy: text,
  publishedAt: maybeText,
  publishedBy: maybeText,
});
export type PublicAnswerItem = v.InferOutput<typeof publicAnswer>;

export const formsAnswers = {
  /** GET /api/satisfaction-items ; POST the same path with an item keeps it, POST …/{code}/drop `{}` */
  items: v.object({ items: v.array(itemRowSchema) }),
  /** GET /api/surveys, newest first */
  surveys: v.object({
    surveys: v.array(survey),
    trend: v.array(trend),
    projects: v.array(v.object({ id: text, name: wordsSchema })),
  }),
  /** GET /api/surveys/{id}; POST /api/surveys, POST …/{id}/withdraw `{}` */
  survey: surveyResults,
  /** POST /api/surveys/{id}/invite `{members: [ids] | "owners"}` */
  invited: v.object({ invited: countSchema }),
  /** GET /api/public-answers; POST the same path writes a draft, POST …/{id}, …/{id}/publish, …/{id}/withdraw */
  publicAnswers: v.object({ candidates: v.array(candidate), answers: v.array(publicAnswer) }),
} as const;

export const surveyBodySchema = v.strictObject({
  name: writtenWords(60),
  project: v.nullable(projectIdSchema),
  opensAt: instantSchema,
  endsAt: instantSchema,
  audience: surveyRowSchema.entries.audience,
  node: surveyRowSchema.entries.node,
  items: surveyRowSchema.entries.items,
});
export const inviteBodySchema = v.strictObject({
  members: v.union([
    v.literal('owners'),
    v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.minLength(1), v.maxLength(10_000)),
  ]),
});
export const itemBodySchema = v.strictObject({
  ...v.omit(itemRowSchema, ['kind', 'name']).entries,
  name: writtenWords(40),
});
export const answerBodySchema = v.strictObject({
  request: v.pipe(v.string(), v.uuid()),
  question: writtenWords(500),
  answer: writtenWords(1_000),
});
