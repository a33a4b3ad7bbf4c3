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
});

/** A member on the list of a session, and whether some terminal has checked them in. */
export const rosterRowSchema = v.object({
  kind: v.literal('roster'),
  session: sessionIdSchema,
  member: memberIdSchema,
  checkedInAt: v.nullable(instantSchema),
  /** level treatment: seat, gift, queue; null = nothing special */
  treatment: v.nullable(wordsSchema),
});

export const eventsRowSchema = v.variant('kind', [eventRowSchema, sessionRowSchema, rosterRowSchema]);
export type EventRow = v.InferOutput<typeof eventRowSchema>;
export type SessionRow = v.InferOutput<typeof sessionRowSchema>;
export type RosterRow = v.InferOutput<typeof rosterRowSchema>;
export type EventsRow = v.InferOutput<typeof eventsRowSchema>;

/** The one place that spells the keys of this dataset. */
export const eventKeys = {
  events: 'event/',
  event: (id: string): string => `event/${id}`,
  sessions: 'session/',
  session: (id: string): string => `session/${id}`,
  rosterOf: (session: string): string => `roster/${session}/`,
  roster: (session: string, member: string): string => `roster/${session}/${member}`,
} as const;
