// Live questions: what a terminal asks headquarters now, with the offline answer behind it (rules OR5, OR6).
import * as v from 'valibot';
import { phoneSchema } from './club-facts.ts';
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

/** Sealed for headquarters as a fact's words are, bound to terminal, id and kind: a telephone number is nobody else's. */
const sealedWords = v.pipe(v.string(), v.maxLength(1_000), v.base64());

/** Whose telephone: told here, or that of a member as headquarters has it. */
const owner = { phone: v.nullable(phoneSchema), member: v.nullable(memberIdSchema) };
export const codeWordsSchema = v.object(owner);
export const codeTryWordsSchema = v.object({ ...owner, code: v.pipe(v.string(), v.regex(/^\d{6}$/)) });
export type CodeWords = v.InferOutput<typeof codeWordsSchema>;

/** terminal → headquarters */
export const questionSchema = v.variant('kind', [
  /** a member as they stand now */
  v.object({ ...head, kind: v.literal('balance'), member: memberIdSchema }),
  /** a card that is unknown at the terminal */
  v.object({ ...head, kind: v.literal('card'), card: cardTokenSchema }),
  /** send six digits to a telephone; `words`: `codeWordsSchema` */
  v.object({ ...head, kind: v.literal('send-code'), words: sealedWords }),
  /** are these the six digits? `words`: `codeTryWordsSchema` */
  v.object({ ...head, kind: v.literal('check-code'), words: sealedWords }),
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
  v.object({
    v: v.literal(1),
    id: questionIdSchema,
    kind: v.literal('code'),
    /** `no-phone`: headquarters has no number of this member, or could not read whose it is */
    outcome: v.picklist(['sent', 'too-soon', 'locked', 'right', 'wrong', 'expired', 'no-phone']),
    /** sent: good until; too-soon and locked: again from */
    until: v.nullable(instantSchema),
    triesLeft: v.nullable(countSchema),
  }),
]);
export type Answer = v.InferOutput<typeof answerSchema>;
/** What headquarters told about one card or member. */
export type Known = Extract<Answer, { kind: 'known' }>;
/** What became of a code. */
export type CodeAnswer = Extract<Answer, { kind: 'code' }>;
