// A card identifies, it does not prove: what stands between a swipe and anything personal.
import type { UnusableCard } from '../../device/card-reader.ts';
import type { RefusalReason } from '../../sync/contract/club-facts.ts';
import type { CardToken, MemberId } from '../../sync/contract/ids.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import type { FilingPurpose, Purpose } from '../screen.ts';
import type { CardProblemReason, View } from '../view.ts';
import { visitOf } from './points.ts';
import { decideReportStart } from './report.ts';
import { decideMessageStart, isFilingPurpose } from './report-message.ts';
import { openMine } from './shortlist.ts';
import { stoppedCard } from './stopped-card.ts';
import { decideSurveyStart } from './survey.ts';

/** What the card that comes next is wanted for; null = for itself. */
export function askedPurpose(view: View): Purpose | null {
  const isAsked = view.kind === 'ask-card' || view.kind === 'enter-pin' || view.kind === 'card-problem';
  return isAsked ? view.purpose : null;
}

/** Somebody wants a personal page: ask for the card, the PIN, or neither, whichever is missing. */
export function decideOpen(purpose: Purpose, context: RuleContext): Decision {
  const { person } = context.session;
  if (!person) return { view: { kind: 'ask-card', purpose } };
  if (person.isProven) return openPersonal(purpose, person.member, context);
  return decideCardFor(purpose, person.card, context);
}

/** A card was swiped for a personal page. */
export function decideCardFor(purpose: Purpose, card: CardToken, context: RuleContext): Decision {
  const known = context.know.club.card(card);
  const member = known && context.know.club.member(known.member);
  if (!known || !member) return cardProblem(purpose, 'unknown-card', card, null);
  if (known.state !== 'active') return cardProblem(purpose, stoppedCard(known.state), card, member.id);
  if (member.pin === null) return { view: { kind: 'card-problem', purpose, reason: 'no-pin' } };
  const guard = context.know.club.pinGuard(member.id);
  const isLocked = guard.lockedUntilMs > context.now.getTime();
  return {
    view: {
      kind: 'enter-pin',
      purpose,
      isChecking: false,
      problem: isLocked ? { kind: 'locked', untilMs: guard.lockedUntilMs } : null,
    },
    person: { member: member.id, card, isProven: false },
    recording: visitOf(member, card, context),
  };
}

function cardProblem(
  purpose: Purpose,
  reason: CardProblemReason & RefusalReason,
  card: CardToken,
  member: MemberId | null,
): Decision {
  return {
    view: { kind: 'card-problem', purpose, reason },
    person: null,
    recording: { fact: { kind: 'card-refused', body: { reason, card, member, session: null } }, effects: [] },
  };
}

/** A card was there that is no key. What somebody proven is at stays: a stray read must not take it from them. */
export function decideUnusableCard(
  why: UnusableCard,
  { session: { view } }: RuleContext,
): Decision | undefined {
  switch (view.kind) {
    case 'checking-card':
    case 'enter-pin':
    case 'points':
    case 'activities':
    case 'activity':
    case 'report-choice':
    case 'report-review':
    case 'message':
    case 'request-filed':
    case 'requests':
    case 'request':
    case 'judge-question':
    case 'judge-end':
    case 'survey-intro':
    case 'survey-question':
    case 'survey-end':
    case 'survey-done':
    case 'my-homes':
    case 'hand-over':
    case 'hand-over-sign':
    case 'join':
    case 'profile':
    case 'staff':
    case 'out-of-service':
    case 'maintenance-pin':
      return undefined;
    case 'maintenance':
      return {
        view: { ...view, card: { kind: 'unusable', code: why, count: (view.card?.count ?? 0) + 1 } },
      };
    case 'ask-card':
    case 'card-problem':
      return { view: { kind: 'card-problem', purpose: view.purpose, reason: why }, person: null };
    case 'attract':
    case 'home':
    case 'shortlist':
    case 'compare':
    case 'projects':
    case 'buildings':
    case 'board':
    case 'unit':
    case 'search':
    case 'adverse-facts':
    case 'answers':
    case 'answer':
    case 'service-menu':
    case 'checked-in':
    case 'check-in-refused':
    case 'welcome':
      return { view: { kind: 'card-problem', purpose: null, reason: why }, person: null };
  }
}

/** May a PIN be tried now? If so, the member whose PIN it must be. */
export function pinToCheck(context: RuleContext): (MemberRow & { readonly pin: string }) | undefined {
  const { view, person } = context.session;
  if (view.kind !== 'enter-pin' || view.isChecking || !person) return undefined;
  if (context.know.club.pinGuard(person.member).lockedUntilMs > context.now.getTime()) return undefined;
  const member = context.know.club.member(person.member);
  return member?.pin ? { ...member, pin: member.pin } : undefined;
}

/** The PIN was compared. */
export function decidePin(isRight: boolean, context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  if (view.kind !== 'enter-pin' || !person) return undefined;
  const { member } = person;
  if (isRight) {
    const opened = openPersonal(view.purpose, member, context);
    return {
      ...opened,
      person: { ...person, isProven: true },
      recording: {
        fact: { kind: 'person-proven', body: { member, purpose: provenPurpose(view.purpose) } },
        effects: [{ kind: 'set-pin-guard', member, wrong: 0, lockedUntilMs: 0 }],
      },
    };
  }
  const wrong = context.know.club.pinGuard(member).wrong + 1;
  const triesLeft = Math.max(0, context.limits.wrongPins - wrong);
  const untilMs = triesLeft === 0 ? context.now.getTime() + context.limits.pinLockMs : 0;
  return {
    view: {
      ...view,
      isChecking: false,
      problem: triesLeft === 0 ? { kind: 'locked', untilMs } : { kind: 'wrong', triesLeft },
    },
    recording: {
      fact: { kind: 'pin-refused', body: { member, triesLeft } },
      // a lock that ran out starts a new count
      effects: [
        { kind: 'set-pin-guard', member, wrong: triesLeft === 0 ? 0 : wrong, lockedUntilMs: untilMs },
      ],
    },
  };
}

/** Whatever is reported is one purpose to headquarters. */
function provenPurpose(purpose: Purpose): Exclude<Purpose, FilingPurpose> {
  return isFilingPurpose(purpose) ? 'report' : purpose;
}

function openPersonal(purpose: Purpose, member: MemberId, context: RuleContext): Decision {
  switch (purpose) {
    case 'points':
      return { view: { kind: 'points' } };
    case 'requests':
      return { view: { kind: 'requests' } };
    case 'sessions':
      return { view: { kind: 'activities' } };
    case 'profile':
      return { view: { kind: 'profile', isSaved: false } };
    case 'report':
      return decideReportStart(member, context);
    case 'survey':
      return decideSurveyStart(member, context);
    case 'complaint':
    case 'enquiry':
    case 'praise':
    case 'call-back':
      return decideMessageStart(purpose, member, context);
    case 'homes':
      return { view: { kind: 'my-homes' } };
    case 'shortlist':
      return openMine(member, context);
  }
}
