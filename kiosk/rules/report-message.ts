// Complaint, question, praise and "call me back": a topic, perhaps own words, perhaps a number, and it is filed. No card is needed.
import type { MemberId, ProjectId, UnitId, Words } from '../../sync/contract/ids.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import { type RequestTopic, requestTopic, requestTopics } from '../../sync/contract/request-topics.ts';
import type { RequestKind } from '../../sync/contract/requests.ts';
import type { Decision } from '../decision.ts';
import { localMinute } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';
import type { FilingPurpose } from '../screen.ts';
import type { CallTime, MessageDraft, MessagePage, View } from '../view.ts';
import { promiseTo } from './promise.ts';
import { fileRequest } from './report-filing.ts';

type MessageView = Extract<View, { kind: 'message' }>;

export const callTimes: readonly { readonly code: CallTime; readonly name: Words; readonly until: number }[] =
  [
    { code: 'any-time', name: { zh: '随时都可以', en: 'At any time' }, until: 24 },
    { code: 'morning', name: { zh: '上午 9–12 点', en: 'Morning, 9 to 12' }, until: 12 },
    { code: 'afternoon', name: { zh: '下午 12–18 点', en: 'Afternoon, 12 to 18' }, until: 18 },
    { code: 'evening', name: { zh: '晚上 18–21 点', en: 'Evening, 18 to 21' }, until: 21 },
  ];

/** @param member proven, or null for a visitor without a card */
export function decideMessageStart(
  purpose: FilingPurpose,
  member: MemberId | null,
  context: RuleContext,
): Decision {
  const owner = member === null ? undefined : context.know.club.member(member);
  const homes = owner?.homes ?? [];
  const [only] = homes;
  const draft: MessageDraft = {
    purpose,
    hasCard: member !== null,
    unit: homes.length === 1 && only ? only.unit : null,
    topic: null,
    when: null,
    phone: null,
    text: null,
    mayPublish: false,
  };
  const pages = pagesOf(purpose, owner);
  return { view: { kind: 'message', page: pages[0] ?? 'review', pages, draft } };
}

/** On the page that asks for a card: somebody has none, or would rather not. */
export function decideWithoutCard(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'ask-card' || !isFilingPurpose(view.purpose)) return undefined;
  return decideMessageStart(view.purpose, null, context);
}

export function isFilingPurpose(purpose: string): purpose is FilingPurpose {
  return purpose in requestTopics || purpose === 'call-back';
}

/** Few before the review, so that it stays a matter of some taps. */
function pagesOf(purpose: FilingPurpose, owner: MemberRow | undefined): readonly MessagePage[] {
  const isHomeAsked = purpose === 'complaint' && (owner?.homes.length ?? 0) > 1;
  // of an owner it is left out where headquarters does not say, and null where it knows none
  const isPhoneAsked = owner ? purpose === 'call-back' && owner.phone === null : true;
  return [
    ...(isHomeAsked ? (['home'] as const) : []),
    purpose === 'call-back' ? 'when' : 'topic',
    ...(isPhoneAsked ? (['phone'] as const) : []),
    'review',
  ];
}

export interface MessageChoice {
  readonly id: string;
  readonly name: Words;
}

const noHome: MessageChoice = { id: 'none', name: { zh: '与房屋无关', en: 'About no home' } };

export function messageChoices({ page, draft }: MessageView, context: RuleContext): readonly MessageChoice[] {
  switch (page) {
    case 'home':
      return [
        ...(ownerOf(draft.hasCard, context)?.homes ?? []).map(({ unit, label }) => ({
          id: unit,
          name: label,
        })),
        noHome,
      ];
    case 'topic':
      return topicsOf(draft).map(({ code, name }) => ({ id: code, name }));
    case 'when':
      return callTimes.map(({ code, name }) => ({ id: code, name }));
    case 'phone':
    case 'review':
      return [];
  }
}

export function decideMessageChoice(id: string, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'message') return undefined;
  const { page, draft } = view;
  if (!messageChoices(view, context).some((choice) => choice.id === id)) return undefined;
  switch (page) {
    case 'home':
      return goOn(view, { ...draft, unit: id === noHome.id ? null : (id as UnitId) });
    case 'topic':
      return goOn(view, { ...draft, topic: id });
    case 'when':
      return goOn(view, { ...draft, when: id as CallTime });
    case 'phone':
    case 'review':
      return undefined;
  }
}

/** Praise and complaints are heard without a number too; who asks a question wants an answer. */
export function mayLeaveOutPhone({ purpose }: MessageDraft): boolean {
  return purpose === 'complaint' || purpose === 'praise';
}

export function decidePhone(phone: string | null, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'message' || view.page !== 'phone') return undefined;
  if (phone === null && !mayLeaveOutPhone(view.draft)) return undefined;
  return goOn(view, { ...view.draft, phone });
}

export function decideMessageWords(text: string, { session: { view } }: RuleContext): Decision | undefined {
  if (view.kind !== 'message' || view.page !== 'review') return undefined;
  return { view: { ...view, draft: { ...view.draft, text } } };
}

export function mayBePublished({ purpose }: MessageDraft): boolean {
  return purpose === 'complaint' || purpose === 'enquiry';
}

export function decidePublishing(
  isAllowed: boolean,
  { session: { view } }: RuleContext,
): Decision | undefined {
  if (view.kind !== 'message' || view.page !== 'review' || !mayBePublished(view.draft)) return undefined;
  return { view: { ...view, draft: { ...view.draft, mayPublish: isAllowed } } };
}

/** Somebody says yes to what the review shows. */
export function decideMessageSubmit(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'message' || view.page !== 'review') return undefined;
  const { draft } = view;
  const owner = ownerOf(draft.hasCard, context);
  // the card's person is gone, or the home is not theirs any more
  if (draft.hasCard && !owner) return undefined;
  const home = owner?.homes.find(({ unit }) => unit === draft.unit);
  if (draft.unit !== null && !home) {
    return { view: { kind: 'card-problem', purpose: draft.purpose, reason: 'no-home' } };
  }
  const topic = topicOf(draft);
  return fileRequest(
    {
      request: kindOf(draft),
      member: owner?.id ?? null,
      unit: home?.unit ?? null,
      project: projectOf(draft, context),
      tasks: [],
      label: messageLabel(draft),
      port: topic?.port ?? 'service',
      ownWords: draft.text,
      topic: topic ?? null,
      replyBy: promiseOf(draft, context),
      onSiteBy: null,
      callBack: callBackOf(draft),
      mayPublish: draft.mayPublish,
      mayAddPhotos: mayBePublished(draft),
    },
    context,
  );
}

function callBackOf({ purpose, phone, when }: MessageDraft) {
  if (purpose === 'call-back') return { phone, when: when ?? 'any-time' } as const;
  return phone === null ? null : ({ phone, when: 'any-time' } as const);
}

/** When headquarters will have answered; undefined purposes ask for no answer. */
export function promiseOf(draft: MessageDraft, context: RuleContext): Date | null {
  if (draft.purpose === 'praise') return null;
  const port = topicOf(draft)?.port ?? 'service';
  const wish = {
    request: kindOf(draft),
    project: projectOf(draft, context),
    port,
    // who wants to be called asks for words, not for a letter
    isWritten: draft.purpose !== 'call-back',
  };
  const { replyBy } = promiseTo(wish, context);
  const time = callTimes.find(({ code }) => code === draft.when);
  if (!time || time.code === 'any-time') return replyBy;
  const end = nextHour(time.until, context);
  return replyBy && end > replyBy ? end : replyBy;
}

function kindOf({ purpose }: MessageDraft): RequestKind {
  return purpose === 'call-back' ? 'enquiry' : purpose;
}

function projectOf(draft: MessageDraft, context: RuleContext): ProjectId | null {
  const home = ownerOf(draft.hasCard, context)?.homes.find(({ unit }) => unit === draft.unit);
  return home?.project ?? context.site.project;
}

/** The next instant at which the site's clock strikes this hour. */
function nextHour(hour: number, { now, site }: RuleContext): Date {
  const [, time = '00:00'] = localMinute(now, site.timeZone).split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const ahead = (hour * 60 - (hours * 60 + minutes) + 1_440) % 1_440 || 1_440;
  const minute = Math.floor(now.getTime() / 60_000) + ahead;
  return new Date(minute * 60_000);
}

const purposeNames: Record<FilingPurpose, Words> = {
  complaint: { zh: '投诉', en: 'Complaint' },
  enquiry: { zh: '咨询', en: 'Question' },
  praise: { zh: '表扬', en: 'Praise' },
  'call-back': { zh: '请回电', en: 'Call me back' },
};

/** 投诉 · 物业服务 */
export function messageLabel(draft: MessageDraft): Words {
  const about = topicOf(draft)?.name ?? callTimes.find(({ code }) => code === draft.when)?.name;
  const what = purposeNames[draft.purpose];
  return about ? { zh: `${what.zh} · ${about.zh}`, en: `${what.en} · ${about.en}` } : what;
}

export function topicOf({ topic }: MessageDraft): RequestTopic | undefined {
  return topic === null ? undefined : requestTopic(topic);
}

function topicsOf({ purpose }: MessageDraft): readonly RequestTopic[] {
  return purpose === 'call-back' ? [] : requestTopics[purpose];
}

/** One step back; undefined = leave. */
export function messageStepBack(view: MessageView): View | undefined {
  const before = view.pages[view.pages.indexOf(view.page) - 1];
  return before && { ...view, page: before };
}

function goOn(view: MessageView, draft: MessageDraft): Decision {
  return { view: { ...view, page: view.pages[view.pages.indexOf(view.page) + 1] ?? 'review', draft } };
}

function ownerOf(hasCard: boolean, { know, session: { person } }: RuleContext): MemberRow | undefined {
  return hasCard && person?.isProven ? know.club.member(person.member) : undefined;
}
