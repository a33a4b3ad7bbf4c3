// CONTRACT kiosk↔ui: the screens of events to come, for a member who has shown who they are. Part of screen.ts.
import * as v from 'valibot';
import { id, instant, int, member, plannedEvent } from './screen-parts.ts';

const activity = v.object({
  id,
  ...plannedEvent.entries,
  points: int,
  /** as known here; null = as many as come */
  left: v.nullable(int),
  mine: v.picklist(['none', 'place', 'waiting', 'came']),
  /** number on the waiting list */
  number: v.nullable(int),
  /** said here, and not answered by headquarters yet */
  pending: v.nullable(v.picklist(['join', 'leave'])),
  /** called off: it does not take place */
  isCancelled: v.optional(v.boolean()),
});

export const activitiesScreen = v.object({
  kind: v.literal('activities'),
  member,
  activities: v.array(activity),
  /** when this was last known to be current */
  asOf: v.nullable(instant),
});
export const activityScreen = v.object({
  kind: v.literal('activity'),
  member,
  activity: v.object({
    ...activity.entries,
    /** members who wait, as known here */
    waiting: int,
    may: v.nullable(v.picklist(['join', 'wait', 'leave'])),
    /** name of the level that it asks for, when this member's is lower */
    minLevel: v.nullable(v.string()),
    /** what the level gives there */
    treatment: v.nullable(v.string()),
  }),
  asOf: v.nullable(instant),
});
