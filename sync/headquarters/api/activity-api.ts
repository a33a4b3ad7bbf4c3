// CONTRACT headquarters↔ui/console: events, sessions, their lists and figures, and lists of members; and the parsers.
import * as v from 'valibot';
import { eventRowSchema, sessionRowSchema } from '../../contract/events.ts';
import {
  countSchema,
  eventIdSchema,
  instantSchema,
  projectIdSchema,
  wordsSchema,
} from '../../contract/ids.ts';

const text = v.string();
const maybeText = v.nullable(text);

/** How a session fills, as it is now. */
const figures = v.object({
  /** with a place, and waiting for one */
  listed: countSchema,
  waiting: countSchema,
  checkedIn: countSchema,
  /** of those who came, who was not on the list before */
  walkIns: countSchema,
  /** members whom two terminals or swipes checked in */
  doubles: countSchema,
  /** places given beyond the quota: who came stays in */
  overBy: countSchema,
});
export type Figures = v.InferOutput<typeof figures>;

const sessionItem = v.object({ ...v.omit(sessionRowSchema, ['kind', 'listed', 'waiting']).entries, figures });
export type SessionItem = v.InferOutput<typeof sessionItem>;

const activityItem = v.object({
  ...v.omit(eventRowSchema, ['kind']).entries,
  sessions: v.array(sessionItem),
});
export type ActivityItem = v.InferOutput<typeof activityItem>;

const rosterLine = v.object({
  member: text,
  /** in full: for the club's own people */
  name: text,
  phone: text,
  level: text,
  /** number on the waiting list; null = has a place */
  waiting: v.nullable(countSchema),
  checkedInAt: v.nullable(instantSchema),
  /** where they checked in */
  terminal: maybeText,
  isWalkIn: v.boolean(),
  treatment: v.nullable(wordsSchema),
});
export type RosterLine = v.InferOutput<typeof rosterLine>;

const doubleItem = v.object({
  member: text,
  name: text,
  /** each that was told, oldest first; the first one counts */
  told: v.array(v.object({ terminal: text, at: instantSchema, fact: text })),
});
export type DoubleItem = v.InferOutput<typeof doubleItem>;

/** Why a row of a CSV file cannot be imported. */
export const rowFaults = [
  'wrong-columns',
  'no-member',
  'unknown-member',
  'phone-of-several',
  'name-differs',
  'twice-in-file',
  'treatment-half',
  'treatment-too-long',
  'session-full',
] as const;
export type RowFault = (typeof rowFaults)[number];
const importAnswer = v.object({
  /** put on the list, with a place or waiting; 0 as soon as one row is wrong */
  added: countSchema,
  waiting: countSchema,
  /** were on the list already */
  unchanged: countSchema,
  /** `line`: as an editor counts, the head is 1 */
  faults: v.array(v.object({ line: countSchema, code: v.picklist(rowFaults) })),
});
export type ImportAnswer = v.InferOutput<typeof importAnswer>;

/** POST …/import with `Accept: application/x-ndjson`: one of these a line, the last one not `progress`. */
export const importLineSchema = v.variant('kind', [
  v.object({ kind: v.literal('progress'), done: countSchema, of: countSchema }),
  v.object({ kind: v.literal('done'), ...importAnswer.entries }),
  v.object({ kind: v.literal('refused'), code: text }),
]);
export type ImportLine = v.InferOutput<typeof importLineSchema>;
export const ndjson = 'application/x-ndjson';

export const listKinds = ['level', 'points', 'purchases', 'referrals', 'birthday'] as const;
export type ListKind = (typeof listKinds)[number];
const listLine = v.object({
  member: text,
  name: text,
  phone: text,
  level: text,
  balance: v.pipe(v.number(), v.safeInteger()),
  purchases: countSchema,
  referrals: countSchema,
  /** `MM-DD` */
  birthday: maybeText,
  /** may we greet and invite? null = nobody asked them */
  mayContact: v.nullable(v.boolean()),
});
export type ListLine = v.InferOutput<typeof listLine>;

export const activityAnswers = {
  /** GET /api/activities?past=: sessions that are to come or ended within 30 days; `past=true`: all of them */
  activities: v.object({
    activities: v.array(activityItem),
    levels: v.array(v.object({ code: text, name: wordsSchema })),
    projects: v.array(v.object({ id: text, name: wordsSchema })),
  }),
  /**
   * POST /api/activities, POST /api/activities/{event}/sessions: made, or renewed;
   * POST /api/activities/{event}/copy, POST /api/activities/{event}/remove
   */
  made: v.object({ id: text }),
  /** POST /api/activities/sessions/{id}/cancel: how many on its list are told */
  cancelled: v.object({ told: countSchema }),
  /** GET /api/activities/sessions/{id}/roster */
  roster: v.object({ roster: v.array(rosterLine), doubles: v.array(doubleItem) }),
  /** POST /api/activities/sessions/{id}/places: on the list now, waiting as number so many, or off it */
  place: v.object({ isListed: v.boolean(), waiting: v.nullable(countSchema) }),
  /** POST /api/activities/sessions/{id}/import */
  imported: importAnswer,
  /** GET /api/lists/{kind}?level=&least=&from=&limit=: the first so many; all as a file: GET /api/lists/{kind}.csv */
  list: v.object({ lines: v.array(listLine), total: countSchema }),
} as const;
export type ActivityAnswers = {
  [K in keyof typeof activityAnswers]: v.InferOutput<(typeof activityAnswers)[K]>;
};

const words = v.strictObject({
  zh: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  en: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
});
/** `id` left out = a new one */
export const eventBodySchema = v.strictObject({
  id: v.optional(eventIdSchema),
  name: words,
  place: words,
  project: v.nullable(projectIdSchema),
});
export const sessionBodySchema = v.strictObject({
  id: v.optional(v.pipe(v.string(), v.maxLength(40))),
  name: words,
  opensAt: instantSchema,
  endsAt: instantSchema,
  points: v.pipe(countSchema, v.maxValue(10_000)),
  quota: v.nullable(v.pipe(countSchema, v.minValue(1), v.maxValue(100_000))),
  walkIn: v.boolean(),
  signUp: v.boolean(),
  minLevel: v.nullable(v.string()),
  /** codes of terminals */
  gates: v.nullable(
    v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/))), v.minLength(1), v.maxLength(100)),
  ),
  treatments: v.record(v.string(), words),
});
export type SessionBody = v.InferOutput<typeof sessionBodySchema>;
export const placeBodySchema = v.strictObject({
  /** id or telephone */
  member: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40)),
  act: v.picklist(['join', 'leave']),
  /** when there is no place: onto the waiting list? Otherwise it is refused */
  mayWait: v.boolean(),
});
/** The same event so many days later. */
export const copyBodySchema = v.strictObject({
  days: v.pipe(countSchema, v.minValue(1), v.maxValue(732)),
});
export const importBodySchema = v.strictObject({ csv: v.string(), mayWait: v.boolean() });

/** What a wish of the console may be refused with, and what to say then. */
export const activityFaults = {
  'unknown-event': 'There is no event with this id.',
  'unknown-session': 'There is no session with this id.',
  'unknown-member': 'There is no member with this id.',
  'phone-of-several': 'Several members have this telephone; name one by the id.',
  'unknown-project': 'There is no project with this id.',
  'unknown-level': 'The club has no such level.',
  'ends-before-opens': 'A session must end after it opens.',
  'quota-below-listed': 'More members have a place than this quota allows; take some off the list first.',
  'already-over': 'It would be over already; choose a time to come.',
  'session-started': 'Check-in has opened: when it opened and what it earns stay as they are.',
  'session-over': 'The session has ended and stays as it was.',
  'session-cancelled': 'The session is cancelled and stays so.',
  'event-has-sessions': 'The event has sessions; cancel them instead.',
  'session-full': 'There is no place left. Put them on the waiting list, or raise the quota.',
  'csv-unreadable': 'The file is no CSV, or its head names neither member nor phone.',
  'csv-too-long': 'The file has more rows than this headquarters takes at once (limits.rosterRows).',
} as const;
export type ActivityFault = keyof typeof activityFaults;
