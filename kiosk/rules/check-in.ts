// Journey b: a card is swiped where nobody asked for one. Checks in, or says exactly why not.

import type { RefusalReason } from '../../sync/contract/club-facts.ts';
import type { SessionRow } from '../../sync/contract/events.ts';
import type { CardToken, MemberId } from '../../sync/contract/ids.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import type { Decision } from '../decision.ts';
import { isUnderWay } from '../knowledge.ts';
import type { RuleContext } from '../rule-context.ts';
import { checkInSlip } from '../slips/check-in-slip.ts';
import { treatmentOf } from './member-care.ts';
import { mayQueueOptionalSlip } from './optional-slip.ts';
import { visitOf } from './points.ts';
import { chooseSession, type SessionChoice } from './session-choice.ts';
import { stoppedCard } from './stopped-card.ts';

export function decideSwipe(card: CardToken, context: RuleContext): Decision {
  const { know } = context;
  const known = know.club.card(card);
  const member = known && know.club.member(known.member);
  if (!known || !member) return refuse(card, 'unknown-card', null, context);
  if (known.state !== 'active') return refuse(card, stoppedCard(known.state), null, context);

  const person = { member: member.id, card, isProven: false };
  const choice = chooseSession(member, context);
  switch (choice.kind) {
    case 'check-in':
      return checkIn(card, member, choice, context);
    case 'welcome':
      return {
        view: { kind: 'welcome', next: choice.next?.id ?? null },
        person,
        recording: visitOf(member, card, context),
      };
    case 'refused':
      return { ...refuse(card, choice.reason, member, context, choice), person };
  }
}

function checkIn(
  card: CardToken,
  member: MemberRow,
  { session, event, isWalkIn }: Extract<SessionChoice, { kind: 'check-in' }>,
  context: RuleContext,
): Decision {
  const job = context.newId();
  const balance = context.know.club.balance(member.id) + session.points;
  const lines = checkInSlip({ member, session, event, balance, job, context, copy: 0 });
  return {
    view: {
      kind: 'checked-in',
      session: session.id,
      points: session.points,
      balance,
      treatment: treatmentOf(session, member, context),
      job,
    },
    person: { member: member.id, card, isProven: false },
    recording: {
      fact: {
        kind: 'check-in-recorded',
        body: {
          member: member.id,
          card,
          event: event.id,
          session: session.id,
          points: session.points,
          ...(isWalkIn ? { isWalkIn } : {}),
        },
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

/** Does this terminal know whose card it is? */
export function isKnown(card: CardToken, { know: { club } }: RuleContext): boolean {
  const known = club.card(card);
  return known !== undefined && club.member(known.member) !== undefined;
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
