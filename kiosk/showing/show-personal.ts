// Journeys b, c and d in words: everything that is about one person.
import type { RefusalReason } from '../../sync/contract/club-facts.ts';
import type { SessionRow } from '../../sync/contract/events.ts';
import type { SessionId } from '../../sync/contract/ids.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import { isUnderWay, type KnownRequest } from '../knowledge.ts';
import type { RuleContext } from '../rule-context.ts';
import { isBirthday } from '../rules/member-care.ts';
import { standingHere } from '../rules/points.ts';
import { choicesOf, homesOf, resolveReport } from '../rules/report.ts';
import { nextSessionOf } from '../rules/session-choice.ts';
import type { ScreenOf } from '../screen.ts';
import { requestName } from '../slips/slip-words.ts';
import type { PinProblem, View } from '../view.ts';
import { slipProgress } from './slip-progress.ts';

type ViewOf<K extends View['kind']> = Extract<View, { kind: K }>;
type Planned = NonNullable<ScreenOf<'welcome'>['next']>;

/** The member in front, or undefined when nobody is or the roster forgot them. */
export function memberInFront({ know, session: { person } }: RuleContext): MemberRow | undefined {
  return person ? know.club.member(person.member) : undefined;
}

export function shownMember(member: MemberRow, context: RuleContext): { name: string; level: string } {
  const { language } = context.session;
  const { level } = standingHere(member, context);
  return { name: member.name, level: level?.name[language] ?? member.level };
}

/** A session with its event in words. */
export function planned(
  session: SessionRow,
  { know, session: { language } }: RuleContext,
): Planned | undefined {
  const event = know.events.event(session);
  return (
    event && {
      event: event.name[language],
      session: session.name[language],
      place: event.place[language],
      opensAt: session.opensAt,
      endsAt: session.endsAt,
    }
  );
}

function plannedById(id: SessionId | null, context: RuleContext): Planned | null {
  const session = id && context.know.events.session(id);
  return (session && planned(session, context)) || null;
}

export function showCheckedIn(
  view: ViewOf<'checked-in'>,
  context: RuleContext,
): ScreenOf<'checked-in'> | undefined {
  const member = memberInFront(context);
  const about = plannedById(view.session, context);
  if (!member || !about) return undefined;
  return {
    kind: 'checked-in',
    member: shownMember(member, context),
    event: about.event,
    session: about.session,
    place: about.place,
    treatment: view.treatment?.[context.session.language] ?? null,
    isBirthday: isBirthday(member, context),
    points: view.points,
    balance: view.balance,
    slip: slipProgress(view.job, context),
  };
}

/** Where asking for a place may help. */
const signUpReasons: ReadonlySet<RefusalReason> = new Set(['not-on-list', 'session-full', 'waiting-list']);

export function showRefusal(
  view: ViewOf<'check-in-refused'>,
  context: RuleContext,
): ScreenOf<'check-in-refused'> {
  const member = memberInFront(context);
  const checkIn = view.session && member ? context.know.events.checkIn(view.session, member.id) : undefined;
  const session = view.session ? context.know.events.session(view.session) : undefined;
  const place = session && member && context.know.events.roster(session.id, member.id);
  const job = view.job ? context.know.slips.job(view.job) : undefined;
  return {
    kind: 'check-in-refused',
    reason: view.reason,
    member: member ? shownMember(member, context) : null,
    planned: plannedById(view.session, context),
    next: plannedById(view.next, context),
    since: checkIn?.at ?? null,
    waiting: place?.waiting ?? null,
    canSignUp: member !== undefined && session?.signUp === true && signUpReasons.has(view.reason),
    canReprint: job !== undefined && !isUnderWay(job.state),
    // the first slip is history; only a copy asked for now has progress worth showing
    slip: job && (job.copy > 0 || job.state !== 'printed') ? slipProgress(view.job, context) : 'none',
  };
}

export function showWelcome(view: ViewOf<'welcome'>, context: RuleContext): ScreenOf<'welcome'> | undefined {
  const member = memberInFront(context);
  return (
    member && {
      kind: 'welcome',
      member: shownMember(member, context),
      isBirthday: isBirthday(member, context),
      ...(context.session.person?.isProven ? { isOwner: member.homes.length > 0 } : {}),
      next: plannedById(view.next ?? nextSessionOf(member, context)?.id ?? null, context),
    }
  );
}

export function showEnterPin(
  view: ViewOf<'enter-pin'>,
  context: RuleContext,
): ScreenOf<'enter-pin'> | undefined {
  const member = memberInFront(context);
  return (
    member && {
      kind: 'enter-pin',
      purpose: view.purpose,
      member: shownMember(member, context),
      isChecking: view.isChecking,
      problem: shownPinProblem(view.problem),
    }
  );
}

export function shownPinProblem(problem: PinProblem | null): ScreenOf<'enter-pin'>['problem'] {
  return problem?.kind === 'locked'
    ? { kind: 'locked', until: new Date(problem.untilMs).toISOString() }
    : problem;
}

export function showReportChoice(
  view: ViewOf<'report-choice'>,
  context: RuleContext,
): ScreenOf<'report-choice'> | undefined {
  const member = memberInFront(context);
  if (!member) return undefined;
  const {
    session: { language },
  } = context;
  return {
    kind: 'report-choice',
    step: view.step,
    path: pathOf(view, member, context),
    stepNumber: { place: 1, element: 2, problem: 3, phrase: 4 }[view.step],
    stepCount: 5,
    homes: homesOf(view, member).map(({ unit, label }) => ({
      id: unit,
      name: label[language],
      isChosen: unit === view.draft.home,
    })),
    choices: choicesOf(view, member, context).map(({ id, name, group, isUrgent }) => ({
      id,
      name: name[language],
      group,
      isUrgent,
    })),
    canDescribe: view.step === 'phrase',
    isUrgent: isUrgent(view, context),
  };
}

function isUrgent({ draft }: ViewOf<'report-choice'>, { know: { service } }: RuleContext): boolean {
  const leaf = draft.elements.at(-1);
  const problem = leaf && service.problems(leaf).find(({ id }) => id === draft.problem);
  return problem ? problem.emergency : false;
}

function pathOf(
  { draft }: ViewOf<'report-choice'>,
  member: MemberRow,
  { know: { service }, session: { language } }: RuleContext,
): string[] {
  const home = member.homes.find(({ unit }) => unit === draft.home);
  const place = home && service.places(home.project).find(({ id }) => id === draft.place);
  const elements = draft.elements.flatMap(
    (id) => service.elements().find((element) => element.id === id) ?? [],
  );
  const leaf = draft.elements.at(-1);
  const problem = leaf && service.problems(leaf).find(({ id }) => id === draft.problem);
  return [
    home?.label,
    place?.name,
    ...elements.map(({ name }) => name),
    problem ? problem.name : undefined,
  ].flatMap((words) => words?.[language] ?? []);
}

export function showReview(
  view: ViewOf<'report-review'>,
  context: RuleContext,
): ScreenOf<'report-review'> | undefined {
  const member = memberInFront(context);
  const report = member && resolveReport(view.draft, view.description, member, context);
  if (!report) return undefined;
  const {
    session: { language },
  } = context;
  return {
    kind: 'report-review',
    home: report.home.label[language],
    label: report.label[language],
    text: report.text,
    port: report.port[language],
    replyMin: minutesTo(report.promised.replyBy, context) ?? 0,
    onSiteMin: minutesTo(report.promised.onSiteBy, context),
    isUrgent: report.problem.emergency,
    warranty: report.warranty,
  };
}

/** Begun minutes count. */
function minutesTo(at: Date | null, { now }: RuleContext): number | null {
  return at && Math.ceil((at.getTime() - now.getTime()) / 60_000);
}

export function requestSummary(
  request: KnownRequest,
  member: MemberRow,
  { session: { language } }: RuleContext,
) {
  const home = member.homes.find(({ unit }) => unit === request.unit);
  return {
    id: request.id,
    number: request.number,
    home: home?.label[language] ?? request.unit,
    label: request.tasks.map(({ label }) => label[language]).join('; ') || requestName(request, language),
    state: request.state,
    filedAt: request.filedAt,
    isWaiting: request.isWaiting,
  };
}
