// Journey b: a card is swiped where nobody asked for one. Checks in, or says exactly why not.

import type { RefusalReason } from '../../sync/contract/club-facts.ts';
import type { EventRow, SessionRow } from '../../sync/contract/events.ts';
import type { CardToken, MemberId } from '../../sync/contract/ids.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import type { Decision } from '../decision.ts';
import { isUnderWay } from '../knowledge.ts';
import { isSameLocalDay } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';
import { checkInSlip } from '../slips/check-in-slip.ts';
import { mayQueueOptionalSlip } from './optional-slip.ts';
import { visitOf } from './points.ts';

export function decideSwipe(card: CardToken, context: RuleContext): Decision {
  const { know } = context;
  const known = know.club.card(card);
  const member = known && know.club.member(known.member);
  if (!known || !member) return refuse(card, 'unknown-card', null, context);
  if (known.state !== 'active') return refuse(card, 'blocked-card', null, context);

  const person = { member: member.id, card, isProven: false };
  const today = sessionsOfToday(context);
  const listed = today.filter((session) => know.events.roster(session.id, member.id) !== undefined);
  const open = listed.find((session) => know.events.checkIn(session.id, member.id) === undefined);
  const event = open && know.events.event(open);
  if (open && event) return checkIn(card, member, open, event, context);

  const already = listed.at(-1);
  if (already) {
    return { ...refuse(card, 'already-checked-in', member, context, { session: already }), person };
  }
  const next = nextSessionOf(member.id, context);
  if (today.length === 0) {
    return {
      view: { kind: 'welcome', next: next?.id ?? null },
      person,
      recording: visitOf(member, card, context),
    };
  }
  const refusal = next
    ? refuse(card, 'wrong-day', member, context, { next })
    : refuse(card, 'not-on-list', member, context, today[0] ? { session: today[0] } : {});
  return { ...refusal, person };
}

function checkIn(
  card: CardToken,
  member: MemberRow,
  session: SessionRow,
  event: EventRow,
  context: RuleContext,
): Decision {
  const job = context.newId();
  const balance = context.know.club.balance(member.id) + session.points;
  const lines = checkInSlip({ member, session, event, balance, job, context, copy: 0 });
  return {
    view: { kind: 'checked-in', session: session.id, points: session.points, balance, job },
    person: { member: member.id, card, isProven: false },
    recording: {
      fact: {
        kind: 'check-in-recorded',
        body: { member: member.id, card, event: event.id, session: session.id, points: session.points },
      },
      effects: [
        { kind: 'remember-check-in', session: session.id, member: member.id },
        {
          kind: 'add-pending-points',
          member: member.id,
          points: session.points,
          reason: { zh: `签到 ${event.name.zh}`, en: `Check-in: ${event.name.en}` },
        },
        {
          kind: 'queue-slip',
          job,
          slip: 'check-in',
          lines,
          copy: 0,
          subject: checkInSubject(session, member.id),
        },
      ],
    },
  };
}

/** What the slip of one check-in is about: how its copies are found. */
export function checkInSubject(session: Pick<SessionRow, 'id'>, member: MemberId): string {
  return `check-in/${session.id}/${member}`;
}

function refuse(
  card: CardToken,
  reason: RefusalReason,
  member: MemberRow | null,
  context: RuleContext,
  about: { readonly session?: SessionRow; readonly next?: SessionRow } = {},
): Decision {
  const printed =
    about.session && member
      ? context.know.slips.jobAbout(checkInSubject(about.session, member.id))
      : undefined;
  return {
    view: {
      kind: 'check-in-refused',
      reason,
      session: about.session?.id ?? null,
      next: about.next?.id ?? null,
      job: printed?.id ?? null,
    },
    person: null,
    recording: {
      fact: {
        kind: 'card-refused',
        body: { reason, card, member: member?.id ?? null, session: about.session?.id ?? null },
      },
      effects: [],
    },
  };
}

/** Sessions of the local day that have not ended. */
export function sessionsOfToday({ know, now, site }: RuleContext): readonly SessionRow[] {
  return know.events
    .sessions()
    .filter(
      ({ opensAt, endsAt }) =>
        Date.parse(endsAt) >= now.getTime() &&
        (Date.parse(opensAt) <= now.getTime() || isSameLocalDay(new Date(opensAt), now, site.timeZone)),
    );
}

function nextSessionOf(member: MemberId, { know, now }: RuleContext): SessionRow | undefined {
  return know.events
    .sessions()
    .find(
      (session) =>
        Date.parse(session.opensAt) > now.getTime() && know.events.roster(session.id, member) !== undefined,
    );
}

/** Prints a check-in slip again, marked as a copy; only for the check-in that the screen is about. */
export function decideReprint(context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  if (!person || (view.kind !== 'check-in-refused' && view.kind !== 'checked-in') || !view.session)
    return undefined;
  const session = context.know.events.session(view.session);
  const event = session && context.know.events.event(session);
  const member = context.know.club.member(person.member);
  const first = session && context.know.slips.jobAbout(checkInSubject(session, person.member));
  if (!session || !event || !member || !first || isUnderWay(first.state)) return undefined;
  if (!mayQueueOptionalSlip(context)) return undefined;
  const job = context.newId();
  const copy = first.copy + 1;
  const lines = checkInSlip({
    member,
    session,
    event,
    balance: context.know.club.balance(member.id),
    job,
    context,
    copy,
  });
  return {
    view: { ...view, job },
    recording: {
      fact: { kind: 'slip-copied', body: { job, slip: 'check-in', copy } },
      effects: [{ kind: 'queue-slip', job, slip: 'check-in', lines, copy, subject: first.subject }],
    },
  };
}
