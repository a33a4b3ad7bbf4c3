// What owners and visitors tell the service desk at a terminal: requests, verdicts, ratings, hand-over day.
import * as v from 'valibot';
import { phoneSchema } from './club-facts.ts';
import { ratingSchema } from './forms.ts';
import {
  codeSchema,
  countSchema,
  daySchema,
  elementIdSchema,
  factIdSchema,
  instantSchema,
  memberIdSchema,
  phraseIdSchema,
  placeIdSchema,
  portIdSchema,
  problemIdSchema,
  projectIdSchema,
  surveyIdSchema,
  typedSchema,
  unitIdSchema,
} from './ids.ts';
import { requestKinds, verdicts } from './requests.ts';

const label = v.pipe(v.string(), v.maxLength(400));

const task = v.object({
  place: placeIdSchema,
  element: elementIdSchema,
  problem: problemIdSchema,
  phrase: v.nullable(phraseIdSchema),
  text: v.nullable(typedSchema),
  port: portIdSchema,
  /** 四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏: how the classification reads */
  label: v.object({ zh: label, en: label }),
});

/** 32 random bytes, base64url: who has it may add pictures to one request, and nothing else. */
export const photoKeySchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

export const serviceFacts = [
  v.object({
    kind: v.literal('request-filed'),
    body: v.object({
      /** what the person reads out on the telephone; the fact's id is the identity */
      number: v.pipe(v.string(), v.maxLength(40)),
      request: v.picklist(requestKinds),
      /** null = a visitor, or somebody who would not say */
      member: v.nullable(memberIdSchema),
      /** null = it is about no home */
      unit: v.nullable(unitIdSchema),
      project: v.optional(v.nullable(projectIdSchema)),
      libraryVersion: countSchema,
      /** none: said in words alone, headquarters splits it into tasks */
      tasks: v.pipe(v.array(task), v.maxLength(20)),
      /** begins with the topic's name where one was tapped */
      text: v.optional(v.nullable(typedSchema)),
      /** a code of `requestTopics`: what it is about when nothing was classified */
      topic: v.optional(v.nullable(codeSchema)),
      /** null = nothing was promised (praise) */
      replyBy: v.nullable(instantSchema),
      onSiteBy: v.nullable(instantSchema),
      callBack: v.optional(
        v.nullable(
          v.object({
            /** null = the number that headquarters knows */
            phone: v.nullable(phoneSchema),
            when: v.picklist(['any-time', 'morning', 'afternoon', 'evening']),
          }),
        ),
      ),
      /** may headquarters publish question and answer, without the name? */
      mayPublish: v.optional(v.boolean()),
      /** was it told to be warranty or paid work before it was sent? null = neither applies */
      cost: v.optional(v.nullable(v.picklist(['warranty', 'paid']))),
      photoKey: v.optional(v.nullable(photoKeySchema)),
    }),
  }),
  /** the owner's word on what was done: nothing is closed without it or a recorded call-back */
  v.object({
    kind: v.literal('request-judged'),
    body: v.object({
      request: factIdSchema,
      member: memberIdSchema,
      verdict: v.picklist(verdicts),
      ratings: v.pipe(v.array(ratingSchema), v.maxLength(30)),
      text: v.nullable(typedSchema),
    }),
  }),
  /** something to add, while it is open */
  v.object({
    kind: v.literal('request-noted'),
    body: v.object({ request: factIdSchema, member: memberIdSchema, text: typedSchema }),
  }),
  v.object({
    kind: v.literal('survey-answered'),
    body: v.object({
      survey: surveyIdSchema,
      member: v.nullable(memberIdSchema),
      project: v.nullable(projectIdSchema),
      unit: v.nullable(unitIdSchema),
      ratings: v.pipe(v.array(ratingSchema), v.minLength(1), v.maxLength(60)),
      text: v.nullable(typedSchema),
    }),
  }),
  /** arrived on hand-over day; `number`: what is called out, unique by the terminal's code in front */
  v.object({
    kind: v.literal('hand-over-queued'),
    body: v.object({
      member: memberIdSchema,
      unit: unitIdSchema,
      day: daySchema,
      number: v.pipe(v.string(), v.maxLength(20)),
    }),
  }),
  v.object({
    kind: v.literal('hand-over-signed'),
    body: v.object({
      member: memberIdSchema,
      unit: unitIdSchema,
      day: daySchema,
      outcome: v.picklist(['accepted', 'accepted-with-defects', 'refused']),
      /** ids of the facts that filed them */
      defects: v.pipe(v.array(factIdSchema), v.maxLength(100)),
      ratings: v.pipe(v.array(ratingSchema), v.maxLength(30)),
    }),
  }),
] as const;
