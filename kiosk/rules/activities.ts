// Journey: a member sees what is coming at this site, signs up or leaves, and learns their place or number.
import { isCancelled, type SessionRow } from '../../sync/contract/events.ts';
import type { SessionId } from '../../sync/contract/ids.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import { isLevelEnough, placesLeft } from './session-choice.ts';

/** How many are shown: the soonest. */
const shownSessions = 30;

/** How a member stands with a session, as it is known here. */
export interface SessionStanding {
  readonly mine: 'none' | 'place' | 'waiting' | 'came';
  /** number on the waiting list, as headquarters told it */
  readonly number: number | null;
  /** wished here, and headquarters has not answered yet */
  readonly pending: 'join' | 'leave' | null;
  /** null = as many as come */
  readonly left: number | null;
  /** what they may do now: sign up, wait for a place, leave */
  readonly may: 'join' | 'wait' | 'leave' | null;
  readonly isLevelTooLow: boolean;
  readonly isCancelled: boolean;
}

/** Sessions to sign up for at this site, and those that the member is on the list of; the soonest first. */
export function comingSessions(member: MemberRow, { know, now }: RuleContext): readonly SessionRow[] {
  return know.events
    .sessions()
    .filter(({ endsAt }) => Date.parse(endsAt) > now.getTime())
    .filter((session) => {
      const isListed = know.events.roster(session.id, member.id) !== undefined;
      // whoever counts on it is told that it was called off
      return isListed || (session.signUp === true && !isCancelled(session));
    })
    .slice(0, shownSessions);
}

export function standingIn(session: SessionRow, member: MemberRow, context: RuleContext): SessionStanding {
  const { know } = context;
  const place = know.events.roster(session.id, member.id);
  const hasCome = know.events.checkIn(session.id, member.id) !== undefined;
  const pending = know.events.wish(session.id, member.id) ?? null;
  const number = place?.waiting ?? null;
  const mine = hasCome ? 'came' : !place ? 'none' : number === null ? 'place' : 'waiting';
  const left = placesLeft(session, context);
  const isLevelTooLow = mine === 'none' && !isLevelEnough(session, member, context);
  return {
    mine,
    number,
    pending,
    left: Number.isFinite(left) ? left : null,
    may: isCancelled(session) ? null : mayDo(session, mine, pending, isLevelTooLow, left),
    isLevelTooLow,
    isCancelled: isCancelled(session),
  };
}

function mayDo(
  session: SessionRow,
  mine: SessionStanding['mine'],
  pending: SessionStanding['pending'],
  isLevelTooLow: boolean,
  left: number,
): SessionStanding['may'] {
  if (mine === 'came') return null;
  const isIn = pending === null ? mine !== 'none' : pending === 'join';
  if (isIn) return 'leave';
  if (session.signUp !== true || isLevelTooLow) return null;
  // who waits already is before whoever comes now
  return left > 0 && (session.waiting ?? 0) === 0 ? 'join' : 'wait';
}

export function decideActivity(id: string, context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  const member = person?.isProven ? context.know.club.member(person.member) : undefined;
  if (view.kind !== 'activities' || !member) return undefined;
  const session = comingSessions(member, context).find((each) => each.id === id);
  return session && { view: { kind: 'activity', session: session.id } };
}

/** Signs up, waits, or leaves: headquarters gives the places, in the order in which they were wished for. */
export function decideWish(wish: 'join' | 'leave', context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  if (view.kind !== 'activity' || !person?.isProven) return undefined;
  const member = context.know.club.member(person.member);
  const session = context.know.events.session(view.session);
  if (!member || !session || Date.parse(session.endsAt) <= context.now.getTime()) return undefined;
  const { may } = standingIn(session, member, context);
  if (may === null || (may === 'leave') !== (wish === 'leave')) return undefined;
  const about: { session: SessionId; member: MemberRow['id'] } = { session: session.id, member: member.id };
  return {
    view,
    recording: {
      fact: { kind: 'session-wished', body: { ...about, wish } },
      effects: [{ kind: 'remember-wish', ...about, wish }],
    },
  };
}
