// Builds what headquarters has for events: definitions, lists and their files, lists of members.
import { Activities, type ActivityParts } from './activities.ts';
import { ActivityChanges } from './activity-changes.ts';
import { ActivityDesk } from './activity-desk.ts';
import { localDay } from './local-day.ts';
import { MemberLists } from './member-lists.ts';
import { OldSessions } from './old-sessions.ts';
import { RosterImport } from './roster-import.ts';

export function activityParts(
  parts: ActivityParts & { readonly timeZone: string; readonly rosterRows: number },
) {
  const activities = new Activities(parts);
  return {
    rosters: parts.rosters,
    activities,
    activityChanges: new ActivityChanges(parts, activities),
    activityDesk: new ActivityDesk(parts.store, parts.now),
    oldSessions: new OldSessions(parts),
    rosterImport: new RosterImport(parts, activities, parts.rosterRows),
    memberLists: new MemberLists(parts.store, parts.audit),
    today: () => localDay(parts.timeZone, parts.now()),
  };
}
