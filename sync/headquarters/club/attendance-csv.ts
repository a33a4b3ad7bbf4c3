// How sessions were attended, as a table to take along: figures only, nobody's name.
import type { ActivityAnswers } from '../api/activity-api.ts';
import { csvText } from '../api/csv-text.ts';

const columns = [
  'event',
  'event_en',
  'session',
  'session_en',
  'opens_at',
  'ends_at',
  'cancelled_at',
  'quota',
  'listed',
  'waiting',
  'checked_in',
  'walk_ins',
  'absent',
  'checked_in_twice',
  'over_quota',
];

/** One line for each session; `absent`: had a place and did not come, so far. */
export function attendanceCsv({ activities }: ActivityAnswers['activities']): string {
  const rows = activities.flatMap((event) =>
    event.sessions.map(({ name, opensAt, endsAt, cancelledAt, quota, figures }) => [
      event.name.zh,
      event.name.en,
      name.zh,
      name.en,
      opensAt,
      endsAt,
      cancelledAt,
      quota,
      figures.listed,
      figures.waiting,
      figures.checkedIn,
      figures.walkIns,
      Math.max(0, figures.listed - figures.checkedIn),
      figures.doubles,
      figures.overBy,
    ]),
  );
  return csvText([columns, ...rows]);
}
