// Which of today's sessions a swipe checks into, or why none: list, waiting list, gate, level, places.
import type { RefusalReason } from '../../sync/contract/club-facts.ts';
import { type EventRow, isCancelled, type SessionRow } from '../../sync/contract/events.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import { isSameLocalDay } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';
import { standingHere } from './points.ts';

export type SessionChoice =
  | {
      readonly kind: 'check-in';
      readonly session: SessionRow;
      readonly event: EventRow;
      readonly isWalkIn: boolean;
    }
  | { readonly kind: 'welcome'; readonly next: SessionRow | undefined }
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      readonly session?: SessionRow;
      readonly next?: SessionRow;
    };

interface Candidate {
  readonly session: SessionRow;
  readonly isListed: boolean;
  /** waits for a place */
  readonly isWaiting: boolean;
  readonly hasCome: boolean;
  /** does this terminal check in for it? */
  readonly isHere: boolean;
}

export function chooseSession(member: MemberRow, context: RuleContext): SessionChoice {
  const today = sessionsOfToday(context).map((session) => candidateOf(session, member, context));
  const ahead = today.filter(({ hasCome }) => !hasCome);
  const withPlace = ahead.filter(({ isListed, isWaiting }) => isListed && !isWaiting);
  const open = withPlace.find(({ isHere }) => isHere);
  const event = open && context.know.events.event(open.session);
  if (open && event) return { kind: 'check-in', session: open.session, event, isWalkIn: false };
  const elsewhere = withPlace[0];
  if (elsewhere) return { kind: 'refused', reason: 'wrong-gate', session: elsewhere.session };
  const off = cancelledToday(member, context);
  if (off) return { kind: 'refused', reason: 'session-cancelled', session: off };
  const already = today.findLast(({ hasCome }) => hasCome);
  if (already) return { kind: 'refused', reason: 'already-checked-in', session: already.session };
  const waits = ahead.find(({ isWaiting }) => isWaiting);
  if (waits) return { kind: 'refused', reason: 'waiting-list', session: waits.session };
  const next = nextSessionOf(member, context);
  if (today.length === 0) return { kind: 'welcome', next };
  return walkIn(ahead, member, next, context);
}

/** Nobody expected them: may they come in where there are places? */
function walkIn(
  ahead: readonly Candidate[],
  member: MemberRow,
  next: SessionRow | undefined,
  context: RuleContext,
): SessionChoice {
  const open = ahead.filter(({ session }) => session.walkIn === true);
  const fitting = open.filter(({ session }) => isLevelEnough(session, member, context));
  const here = fitting.filter(({ isHere }) => isHere);
  for (const { session } of here) {
    const event = context.know.events.event(session);
    if (event && placesLeft(session, context) > 0) {
      return { kind: 'check-in', session, event, isWalkIn: true };
    }
  }
  const refused = (reason: RefusalReason, about: Candidate): SessionChoice => ({
    kind: 'refused',
    reason,
    session: about.session,
  });
  const [full] = here;
  if (full) return refused('session-full', full);
  if (next) return { kind: 'refused', reason: 'wrong-day', next };
  const [tooHigh] = open.filter((one) => !fitting.includes(one));
  if (tooHigh) return refused('level-too-low', tooHigh);
  const [elsewhere] = fitting;
  if (elsewhere) return refused('wrong-gate', elsewhere);
  const [first] = sessionsOfToday(context);
  return { kind: 'refused', reason: 'not-on-list', ...(first ? { session: first } : {}) };
}

function candidateOf(session: SessionRow, member: MemberRow, context: RuleContext): Candidate {
  const { know, terminal } = context;
  const place = know.events.roster(session.id, member.id);
  const isWished = know.events.wish(session.id, member.id) === 'join';
  const gates = session.gates ?? null;
  return {
    session,
    // who signed up here while headquarters was silent is expected, as far as there are places
    isListed: place !== undefined || (isWished && placesLeft(session, context) > 0),
    isWaiting: (place?.waiting ?? null) !== null,
    hasCome: know.events.checkIn(session.id, member.id) !== undefined,
    isHere: gates === null || gates.includes(terminal),
  };
}

/** Whoever is on the list was let on it; the level counts for those who are not yet. */
export function isLevelEnough(session: SessionRow, member: MemberRow, context: RuleContext): boolean {
  const levels = context.know.club.levels().map(({ code }) => code);
  const least = session.minLevel ?? null;
  return (
    least === null ||
    levels.indexOf(standingHere(member, context).level?.code ?? member.level) >= levels.indexOf(least)
  );
}

/** As far as it is known here: another terminal may have given the last one away. */
export function placesLeft(session: SessionRow, { know }: RuleContext): number {
  const quota = session.quota ?? null;
  return quota === null ? Number.POSITIVE_INFINITY : Math.max(0, quota - know.events.taken(session));
}

/** Sessions of the local day that have not ended and take place. */
export function sessionsOfToday(context: RuleContext): readonly SessionRow[] {
  return plannedToday(context).filter((session) => !isCancelled(session));
}

/** What this member came for and does not take place. */
function cancelledToday({ id }: MemberRow, context: RuleContext): SessionRow | undefined {
  return plannedToday(context).find(
    (session) => isCancelled(session) && context.know.events.roster(session.id, id) !== undefined,
  );
}

function plannedToday({ know, now, site }: RuleContext): readonly SessionRow[] {
  return know.events
    .sessions()
    .filter(
      ({ opensAt, endsAt }) =>
        Date.parse(endsAt) >= now.getTime() &&
        (Date.parse(opensAt) <= now.getTime() || isSameLocalDay(new Date(opensAt), now, site.timeZone)),
    );
}

/** The first that they are on the list of. */
export function nextSessionOf(member: MemberRow, { know, now }: RuleContext): SessionRow | undefined {
  return know.events
    .sessions()
    .find(
      (session) =>
        !isCancelled(session) &&
        Date.parse(session.opensAt) > now.getTime() &&
        know.events.roster(session.id, member.id) !== undefined,
    );
}
