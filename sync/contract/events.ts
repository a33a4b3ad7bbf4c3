// Rows of dataset `events`: what takes place when, and who may come.
// Keys: `event/{event}` · `session/{session}` · `roster/{session}/{member}`
import * as v from 'valibot';
import {
  countSchema,
  eventIdSchema,
  instantSchema,
  memberIdSchema,
  projectIdSchema,
  sessionIdSchema,
  wordsSchema,
} from './ids.ts';

export const eventRowSchema = v.object({
  kind: v.literal('event'),
  id: eventIdSchema,
  name: wordsSchema,
  place: wordsSchema,
  /** the site whose terminals check in for it; null = every site */
  project: v.nullable(projectIdSchema),
});

export const sessionRowSchema = v.object({
  kind: v.literal('session'),
  id: sessionIdSchema,
  event: eventIdSchema,
  name: wordsSchema,
  /** check-in opens and ends; a session is "today's" when the local day overlaps */
  opensAt: instantSchema,
  endsAt: instantSchema,
  /** what a check-in earns */
  points: countSchema,
  /** places; null = as many as come */
  quota: v.optional(v.nullable(countSchema)),
  /** may members check in who are not on the list, while there are places? */
  walkIn: v.optional(v.boolean()),
  /** may members sign up at a terminal? */
  signUp: v.optional(v.boolean()),
  /** code of the lowest level that may come; null = every level */
  minLevel: v.optional(v.nullable(v.string())),
  /** codes of the terminals that check in for it; null = all of the site */
  gates: v.optional(v.nullable(v.array(v.string()))),
  /** what a level gives here, by its code: seat, gift, queue */
  treatments: v.optional(v.record(v.string(), wordsSchema)),
  /** members with a place, so that a terminal knows what is left */
  listed: v.optional(countSchema),
  /** members on its waiting list */
  waiting: v.optional(countSchema),
  /** when it was called off; who was on its list is told so */
  cancelledAt: v.optional(instantSchema),
});

/** A member on the list of a session, and whether some terminal has checked them in. */
export const rosterRowSchema = v.object({
  kind: v.literal('roster'),
  session: sessionIdSchema,
  member: memberIdSchema,
  checkedInAt: v.nullable(instantSchema),
  /** level treatment: seat, gift, queue; null = nothing special */
  treatment: v.nullable(wordsSchema),
  /** has a place, or waits for one as number so many */
  waiting: v.optional(v.nullable(countSchema)),
});

export const eventsRowSchema = v.variant('kind', [eventRowSchema, sessionRowSchema, rosterRowSchema]);
export type EventRow = v.InferOutput<typeof eventRowSchema>;
export type SessionRow = v.InferOutput<typeof sessionRowSchema>;
export type RosterRow = v.InferOutput<typeof rosterRowSchema>;
export type EventsRow = v.InferOutput<typeof eventsRowSchema>;

export function isCancelled({ cancelledAt }: Pick<SessionRow, 'cancelledAt'>): boolean {
  return cancelledAt !== undefined;
}

/** The one place that spells the keys of this dataset. */
export const eventKeys = {
  events: 'event/',
  event: (id: string): string => `event/${id}`,
  sessions: 'session/',
  session: (id: string): string => `session/${id}`,
  rosterOf: (session: string): string => `roster/${session}/`,
  roster: (session: string, member: string): string => `roster/${session}/${member}`,
} as const;
