// CONTRACT between headquarters' API and the console: finding a person, and who looked.
import * as v from 'valibot';
import { homeSchema } from '../../contract/members.ts';
import { auditItemSchema } from './account-api.ts';

export const personItemSchema = v.object({
  id: v.string(),
  /** masked: the whole name is shown to whoever opens the person, and that is noted */
  name: v.string(),
  phone: v.string(),
  /** active, lost, blocked … of each card */
  cards: v.array(v.string()),
  homes: v.number(),
});
export type PersonItem = v.InferOutput<typeof personItemSchema>;

/** Why somebody is erased. */
export const erasureReasons = [
  'own-wish',
  'consent-withdrawn',
  'no-longer-needed',
  'collected-wrongly',
  'kept-too-long',
] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/** The id once more, so that nobody is erased by a slip of the hand. */
export const erasureBodySchema = v.object({ id: v.string(), reason: v.picklist(erasureReasons) });

/** What needs the person still; `label`: what people call it by: number, home, day and home. */
const openThingSchema = v.object({
  kind: v.picklist(['request', 'purchase', 'hand-over', 'photo']),
  id: v.string(),
  label: v.string(),
});
export type OpenThing = v.InferOutput<typeof openThingSchema>;

export const personAnswers = {
  /** GET /api/persons?q=&card=&limit=: `q` is part of the name, its pinyin or initials, the telephone number's start or end, or the id */
  persons: v.object({ persons: v.array(personItemSchema) }),
  /** GET /api/persons/{id}: with the whole name and number; the audit gets a line */
  person: v.object({
    id: v.string(),
    name: v.string(),
    phone: v.string(),
    cards: v.array(v.string()),
    homes: v.array(homeSchema),
    requests: v.array(
      v.object({
        id: v.string(),
        number: v.string(),
        kind: v.string(),
        state: v.string(),
        filedAt: v.string(),
      }),
    ),
    /** who looked at this person, newest first */
    looked: v.array(auditItemSchema),
  }),
  /** GET /api/persons/{id}/export: all that there is about a person, for that person; the audit gets a line */
  exported: v.object({
    id: v.string(),
    at: v.string(),
    /** rows by table; PIN and keys are left out */
    tables: v.record(v.string(), v.array(v.record(v.string(), v.unknown()))),
    facts: v.array(
      v.object({ id: v.string(), terminal: v.string(), kind: v.string(), at: v.string(), body: v.unknown() }),
    ),
  }),
  /** GET /api/persons/{id}/erasure: may they be erased, and were they? */
  outlook: v.object({ open: v.array(openThingSchema), erasedAt: v.nullable(v.string()) }),
  /**
   * POST /api/persons/{id}/erasure `{id, reason}`: how many facts lost their words. 409 `person-needed` beside `open`
   * while something needs them; 409 `other-id` when the id was typed wrong.
   */
  erased: v.object({ id: v.string(), at: v.string(), facts: v.number() }),
} as const;
export type PersonAnswers = { [K in keyof typeof personAnswers]: v.InferOutput<(typeof personAnswers)[K]> };
