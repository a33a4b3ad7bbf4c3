// The owner's requests in words: the list, one of them with its clocks, and the questions about it.
import type { MemberRow } from '../../sync/contract/members.ts';
import type { FollowView } from '../follow-view.ts';
import type { KnownRequest } from '../knowledge.ts';
import type { RuleContext } from '../rule-context.ts';
import { itemAt, mayNote, maySay, questionsAbout, requestInFront } from '../rules/follow.ts';
import type { Screen, ScreenOf } from '../screen.ts';
import { memberInFront, requestSummary, shownMember } from './show-personal.ts';
import { slipProgress } from './slip-progress.ts';

type ViewOf<K extends FollowView['kind']> = Extract<FollowView, { kind: K }>;
type Summary = ScreenOf<'requests'>['requests'][number];
type Clock = NonNullable<Summary['clock']>;

/** @returns undefined when nobody stands here, or it is not theirs any more */
export function showFollow(view: FollowView, context: RuleContext): Screen | undefined {
  const member = memberInFront(context);
  if (!member) return undefined;
  switch (view.kind) {
    case 'requests':
      return {
        kind: 'requests',
        member: shownMember(member, context),
        // what waits for their word must not lie below the edge
        requests: context.know.service
          .requests(member.id)
          .map((request) => summary(request, member, context))
          .sort((a, b) => Number(b.asksVerdict) - Number(a.asksVerdict)),
      };
    case 'request':
      return showRequest(view, member, context);
    case 'judge-question':
      return showQuestion(view, context);
    case 'judge-end':
      return showEnd(view, context);
  }
}

function summary(request: KnownRequest, member: MemberRow, context: RuleContext): Summary {
  const step = (request.steps ?? []).findLast(({ at }) => at !== null);
  return {
    ...requestSummary(request, member, context),
    step: step?.name[context.session.language] ?? null,
    clock: clocksOf(request, context)[0] ?? null,
    asksVerdict: maySay('solved', request),
  };
}

function clockOf(
  what: Clock['what'],
  by: string | null | undefined,
  request: KnownRequest,
  context: RuleContext,
): Clock[] {
  if (!by) return [];
  const { at } = context.know.club.asOf(request.member);
  return [{ what, by, now: context.now.toISOString(), asOf: request.isWaiting ? null : at }];
}

/** The promises that still run, the next one first. */
function clocksOf(request: KnownRequest, context: RuleContext): Clock[] {
  if (request.state === 'done' || request.state === 'invalid') return [];
  return [
    ...clockOf('reply', request.replyBy, request, context),
    ...clockOf('on-site', request.onSiteBy, request, context),
    ...request.tasks.flatMap(({ deadline }) => clockOf('task', deadline, request, context)),
  ].sort((a, b) => Date.parse(a.by) - Date.parse(b.by));
}

function showRequest(
  view: ViewOf<'request'>,
  member: MemberRow,
  context: RuleContext,
): ScreenOf<'request'> | undefined {
  const request = requestInFront(view.id, context);
  if (!request) return undefined;
  const { language } = context.session;
  const { service } = context.know;
  const portOf = (port: string): string => service.port(port)?.name[language] ?? port;
  return {
    kind: 'request',
    member: shownMember(member, context),
    request: {
      ...summary(request, member, context),
      text: request.ownWords,
      hasOwnWords: request.tasks.some(({ hasOwnWords }) => hasOwnWords),
      port: [...new Set(request.tasks.map(({ port }) => portOf(port)))].join(', '),
      clocks: clocksOf(request, context).filter(({ what }) => what !== 'task'),
      steps: (request.steps ?? []).map(({ name, at }) => ({ name: name[language], at })),
      tasks: request.tasks.map(({ label, port, status, isDone, deadline }) => ({
        label: label[language],
        port: portOf(port),
        status: status?.[language] ?? null,
        isDone: isDone === true,
        deadline: clockOf('task', deadline, request, context)[0] ?? null,
      })),
      level: request.level
        ? {
            level: request.level.level,
            holder: request.level.holder[language],
            next: clockOf('level', request.level.nextAt, request, context)[0] ?? null,
          }
        : null,
      answer: request.answer?.[language] ?? null,
      outcome: request.outcome ?? null,
      calls: (request.callBacks ?? []).map(({ at, verdict }) => ({ at, verdict })),
      photos: request.photos ?? 0,
      history: request.history.map(({ at, state, note }) => ({ at, state, note: note?.[language] ?? null })),
      canReopen: request.asksVerdict !== true && maySay('not-solved', request),
      canNote: mayNote(request),
      said: request.said,
      isNoted: view.isNoted,
    },
    isWriting: view.isWriting,
    slip: view.job ? slipProgress(view.job, context) : 'none',
  };
}

function showQuestion(
  view: ViewOf<'judge-question'>,
  context: RuleContext,
): ScreenOf<'judge-question'> | undefined {
  const { language } = context.session;
  const request = requestInFront(view.draft.request, context);
  const item = itemAt(view, context);
  if (!request || !item) return undefined;
  const group = context.know.forms.items().find(({ code }) => item.level === 3 && code === item.parent);
  return {
    kind: 'judge-question',
    number: request.number,
    question: view.at + 1,
    count: questionsAbout(request, context).length,
    level: item.level,
    group: group?.name[language] ?? null,
    item: item.name[language],
    chosen: view.draft.ratings.find((rating) => rating.item === item.code)?.score ?? null,
    answered: view.draft.ratings.length,
  };
}

function showEnd(view: ViewOf<'judge-end'>, context: RuleContext): ScreenOf<'judge-end'> | undefined {
  const request = requestInFront(view.draft.request, context);
  return (
    request && {
      kind: 'judge-end',
      number: request.number,
      verdict: view.draft.verdict,
      answered: view.draft.ratings.length,
      text: view.draft.text,
      isWriting: view.isWriting,
    }
  );
}
