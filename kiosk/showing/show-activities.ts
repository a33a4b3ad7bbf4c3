// Events to come in words, and how the member in front stands with each.
import type { SessionRow } from '../../sync/contract/events.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import type { RuleContext } from '../rule-context.ts';
import { comingSessions, standingIn } from '../rules/activities.ts';
import { treatmentOf } from '../rules/member-care.ts';
import type { ScreenOf } from '../screen.ts';
import type { View } from '../view.ts';
import { memberInFront, planned, shownMember } from './show-personal.ts';

type Activity = ScreenOf<'activities'>['activities'][number];

export function showActivities(context: RuleContext): ScreenOf<'activities'> | undefined {
  const member = memberInFront(context);
  if (!member) return undefined;
  return {
    kind: 'activities',
    member: shownMember(member, context),
    activities: comingSessions(member, context).flatMap(
      (session) => activityOf(session, member, context) ?? [],
    ),
    asOf: context.know.events.asOf(),
  };
}

export function showActivity(
  view: Extract<View, { kind: 'activity' }>,
  context: RuleContext,
): ScreenOf<'activity'> | undefined {
  const { language } = context.session;
  const member = memberInFront(context);
  const session = context.know.events.session(view.session);
  const activity = member && session && activityOf(session, member, context);
  if (!activity) return undefined;
  const { may, isLevelTooLow } = standingIn(session, member, context);
  const least = context.know.club.levels().find(({ code }) => code === session.minLevel);
  return {
    kind: 'activity',
    member: shownMember(member, context),
    activity: {
      ...activity,
      waiting: session.waiting ?? 0,
      may,
      minLevel: isLevelTooLow ? (least?.name[language] ?? session.minLevel ?? null) : null,
      treatment: treatmentOf(session, member, context)?.[language] ?? null,
    },
    asOf: context.know.events.asOf(),
  };
}

function activityOf(session: SessionRow, member: MemberRow, context: RuleContext): Activity | undefined {
  const about = planned(session, context);
  const { mine, number, pending, left, isCancelled } = standingIn(session, member, context);
  return (
    about && { id: session.id, ...about, points: session.points, left, mine, number, pending, isCancelled }
  );
}
