// Journey: an owner follows a request: says whether it is solved, rates it, adds a note, takes a slip along.
import type { ItemRow } from '../../sync/contract/forms.ts';
import type { Verdict } from '../../sync/contract/requests.ts';
import type { Decision } from '../decision.ts';
import { type FollowView, type JudgeDraft, requestView } from '../follow-view.ts';
import { isUnderWay, type KnownRequest } from '../knowledge.ts';
import type { RuleContext } from '../rule-context.ts';
import { requestStatusSlip } from '../slips/request-status-slip.ts';
import { mayQueueOptionalSlip } from './optional-slip.ts';

/** Which part of the satisfaction items a port answers for. */
const areas: Readonly<Record<string, string>> = { sales: 'marketing', service: 'property' };
/** More questions nobody answers standing. */
const maxQuestions = 8;

/** A request of whoever stands here, with the second proof. */
export function requestInFront(
  id: string,
  { know, session: { person } }: RuleContext,
): KnownRequest | undefined {
  if (!person?.isProven) return undefined;
  return know.service.requests(person.member).find((each) => each.id === id);
}

export function decideOpenRequest(id: string, context: RuleContext): Decision | undefined {
  const request = requestInFront(id, context);
  return request && { view: requestView(request.id) };
}

/** May the owner's word be given now? Not again while the last one is on its way. */
export function maySay(verdict: Verdict, request: KnownRequest): boolean {
  if (request.isWaiting || request.said !== null) return false;
  if (request.asksVerdict === true) return true;
  return verdict === 'not-solved' && (request.state === 'done' || request.state === 'invalid');
}

/** Solved: asks how it was. Not, or partly: asks what is missing. */
export function decideVerdict(verdict: Verdict, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  const request = view.kind === 'request' ? requestInFront(view.id, context) : undefined;
  if (!request || !maySay(verdict, request)) return undefined;
  const draft: JudgeDraft = { request: request.id, verdict, ratings: [], text: null };
  if (verdict !== 'solved') return { view: { kind: 'judge-end', draft, isWriting: false } };
  return questionAt(draft, 0, context);
}

/** What is asked about this request: the whole, whose work it was, and its details. */
export function questionsAbout(request: KnownRequest, { know }: RuleContext): readonly ItemRow[] {
  const ports = new Set<string>(request.tasks.map(({ port }) => areas[port] ?? port));
  if (ports.size === 0) ports.add('property');
  const isAsked = ({ level, code, parent }: ItemRow): boolean =>
    level === 1 || (level === 2 ? ports.has(code) : parent !== null && ports.has(parent));
  return know.forms.items().filter(isAsked).slice(0, maxQuestions);
}

/** A face was touched. */
export function decideJudgeScore(score: 1 | 2 | 3 | 4 | 5, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  const item = view.kind === 'judge-question' ? itemAt(view, context) : undefined;
  if (view.kind !== 'judge-question' || !item) return undefined;
  const others = view.draft.ratings.filter((rating) => rating.item !== item.code);
  return questionAt(
    { ...view.draft, ratings: [...others, { item: item.code, score }] },
    view.at + 1,
    context,
  );
}

/** Leaves this question out, or all that are left. */
export function decideJudgeOn(isAll: boolean, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'judge-question') return undefined;
  if (isAll) return { view: { kind: 'judge-end', draft: view.draft, isWriting: false } };
  return questionAt(view.draft, view.at + 1, context);
}

/** Opens the keyboard. */
export function decideWrite(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind === 'judge-end') return { view: { ...view, isWriting: true } };
  if (view.kind !== 'request') return undefined;
  const request = requestInFront(view.id, context);
  return request && mayNote(request) ? { view: { ...view, isWriting: true } } : undefined;
}

export function mayNote(request: KnownRequest): boolean {
  return !request.isWaiting && request.state !== 'done';
}

/** A note to a request is sent at once; a word to a verdict goes with it. */
export function decideFollowWords(text: string, context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  if (view.kind === 'judge-end')
    return { view: { ...view, draft: { ...view.draft, text }, isWriting: false } };
  if (view.kind !== 'request' || !person?.isProven) return undefined;
  const request = requestInFront(view.id, context);
  if (!request || !mayNote(request)) return undefined;
  return {
    view: { ...view, isWriting: false, isNoted: true },
    recording: {
      fact: { kind: 'request-noted', body: { request: view.id, member: person.member, text } },
      effects: [],
    },
  };
}

/** The moment at which the owner's word exists. */
export function decideJudge(context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  if (view.kind !== 'judge-end' || view.isWriting || !person?.isProven) return undefined;
  const { request: id, verdict, ratings, text } = view.draft;
  const request = requestInFront(id, context);
  if (!request || !maySay(verdict, request)) return { view: requestView(id) };
  return {
    view: requestView(id),
    recording: {
      fact: {
        kind: 'request-judged',
        body: { request: id, member: person.member, verdict, ratings: [...ratings], text },
      },
      effects: [{ kind: 'remember-verdict', request: id, verdict }],
    },
  };
}

/** How far it is, on paper. */
export function decideRequestSlip(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  const request = view.kind === 'request' ? requestInFront(view.id, context) : undefined;
  if (view.kind !== 'request' || !request || !mayQueueOptionalSlip(context)) return undefined;
  const subject = `request/${request.number}`;
  const before = context.know.slips.jobAbout(subject);
  if (before && isUnderWay(before.state)) return undefined;
  const job = context.newId();
  const copy = before ? before.copy + 1 : 0;
  return {
    view: { ...view, job },
    recording: {
      fact: { kind: 'slip-copied', body: { job, slip: 'request', copy } },
      effects: [
        {
          kind: 'queue-slip',
          job,
          slip: 'request',
          lines: requestStatusSlip(request, context),
          copy,
          subject,
        },
      ],
    },
  };
}

/** One step back: never out of a verdict by accident. */
export function followBehind(view: FollowView): FollowView | undefined {
  switch (view.kind) {
    case 'requests':
      return undefined;
    case 'request':
      return view.isWriting ? { ...view, isWriting: false } : { kind: 'requests' };
    case 'judge-question':
      return view.at === 0 ? requestView(view.draft.request) : { ...view, at: view.at - 1 };
    case 'judge-end':
      return view.isWriting ? { ...view, isWriting: false } : requestView(view.draft.request);
  }
}

export function itemAt(
  { draft, at }: Extract<FollowView, { kind: 'judge-question' }>,
  context: RuleContext,
): ItemRow | undefined {
  const request = requestInFront(draft.request, context);
  return request && questionsAbout(request, context)[at];
}

function questionAt(draft: JudgeDraft, at: number, context: RuleContext): Decision | undefined {
  const request = requestInFront(draft.request, context);
  if (!request) return undefined;
  return at < questionsAbout(request, context).length
    ? { view: { kind: 'judge-question', draft, at } }
    : { view: { kind: 'judge-end', draft, isWriting: false } };
}
