// Live questions: what a terminal asks headquarters now, with the offline answer behind it (rules OR5, OR6).
import * as v from 'valibot';
import { rosterRowSchema } from './events.ts';
import {
  cardTokenSchema,
  countSchema,
  epochSchema,
  instantSchema,
  memberIdSchema,
  questionIdSchema,
} from './ids.ts';
import { cardRowSchema, memberRowSchema } from './members.ts';

/** Per terminal, on both ends. */
export const questionsPerSecond = 5;

const head = {
  v: v.literal(1),
  id: questionIdSchema,
  /** of the terminal's outbox: the answer says how many of its facts it contains */
  epoch: epochSchema,
};

/** terminal → headquarters */
export const questionSchema = v.variant('kind', [
  /** a member as they stand now */
  v.object({ ...head, kind: v.literal('balance'), member: memberIdSchema }),
  /** a card that is unknown at the terminal */
  v.object({ ...head, kind: v.literal('card'), card: cardTokenSchema }),
]);
export type Question = v.InferOutput<typeof questionSchema>;

/** headquarters → terminal */
export const answerSchema = v.variant('kind', [
  v.object({
    v: v.literal(1),
    id: questionIdSchema,
    kind: v.literal('known'),
    /** by headquarters' clock */
    at: instantSchema,
    /** facts up to here of the question's epoch are in these rows */
    applied: countSchema,
    /** the members dataset at this version or later contains these rows */
    members: countSchema,
    /** rows as they are published: masked names, and nothing that a terminal may not know; null = there is none */
    card: v.nullable(cardRowSchema),
    member: v.nullable(memberRowSchema),
    /** where this member is on the list */
    roster: v.pipe(v.array(rosterRowSchema), v.maxLength(50)),
  }),
  v.object({
    v: v.literal(1),
    id: questionIdSchema,
    kind: v.literal('refused'),
    code: v.picklist(['too-many-questions']),
  }),
]);
export type Answer = v.InferOutput<typeof answerSchema>;
/** What headquarters told about one card or member. */
export type Known = Extract<Answer, { kind: 'known' }>;
