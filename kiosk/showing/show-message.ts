// What somebody says without classifying it, and what became of any request that was filed just now, in words.
import type { RuleContext } from '../rule-context.ts';
import { maskedPhone } from '../rules/report-filing.ts';
import {
  callTimes,
  mayBePublished,
  mayLeaveOutPhone,
  messageChoices,
  promiseOf,
  topicOf,
} from '../rules/report-message.ts';
import type { ScreenOf } from '../screen.ts';
import type { View } from '../view.ts';
import { memberInFront } from './show-personal.ts';
import { slipProgress } from './slip-progress.ts';

type ViewOf<K extends View['kind']> = Extract<View, { kind: K }>;

/** @returns undefined when the owner whose message it is left, or the roster forgot them */
export function showMessage(view: ViewOf<'message'>, context: RuleContext): ScreenOf<'message'> | undefined {
  const member = memberInFront(context);
  const { draft, page } = view;
  if (draft.hasCard && !member) return undefined;
  const {
    session: { language },
  } = context;
  const home = member?.homes.find(({ unit }) => unit === draft.unit);
  return {
    kind: 'message',
    purpose: draft.purpose,
    step: page,
    choices: messageChoices(view, context).map(({ id, name }) => ({ id, name: name[language] })),
    canSkip: mayLeaveOutPhone(draft),
    said: {
      home: home?.label[language] ?? null,
      topic: topicOf(draft)?.name[language] ?? null,
      when: callTimes.find(({ code }) => code === draft.when)?.name[language] ?? null,
      phone: maskedPhone(draft.phone),
      text: draft.text,
    },
    isVisitor: !draft.hasCard,
    replyBy: page === 'review' ? (promiseOf(draft, context)?.toISOString() ?? null) : null,
    canPublish: mayBePublished(draft),
    mayPublish: draft.mayPublish,
  };
}

export function showFiled(view: ViewOf<'request-filed'>, context: RuleContext): ScreenOf<'request-filed'> {
  const { know, session } = context;
  const { number, job, filed } = view;
  const member = memberInFront(context);
  const known = member && know.service.requests(member.id).find((request) => request.number === number);
  return {
    kind: 'request-filed',
    number,
    label: filed.label[session.language],
    port: filed.port[session.language],
    replyBy: filed.replyBy,
    onSiteBy: filed.onSiteBy,
    // a visitor's request is told of by nothing but the silence of the outbox
    isWaiting: known ? known.isWaiting : know.upkeep.waitingFacts() > 0,
    qr: filed.photoLink ?? number,
    qrFor: filed.photoLink === null ? 'number' : 'photos',
    canTrack: member !== undefined,
    slip: slipProgress(job, context),
  };
}
