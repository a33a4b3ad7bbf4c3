// Builds what headquarters has for events: definitions, lists and their files, lists of members.
import { Activities, type ActivityParts } from './activities.ts';
import { ActivityDesk } from './activity-desk.ts';
import { localDay } from './local-day.ts';
import { MemberLists } from './member-lists.ts';
import { RosterImport } from './roster-import.ts';

export function activityParts(parts: ActivityParts & { readonly timeZone: string }) {
  const activities = new Activities(parts);
  return {
    rosters: parts.rosters,
    activities,
    activityDesk: new ActivityDesk(parts.store),
    rosterImport: new RosterImport(parts, activities),
    memberLists: new MemberLists(parts.store, parts.audit),
    today: () => localDay(parts.timeZone, parts.now()),
  };
}
