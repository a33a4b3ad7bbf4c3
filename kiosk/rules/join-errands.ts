// What headquarters' word on a code, or a PIN that was worked on, means for somebody who joins.
import type { Decision } from '../decision.ts';
import type { ErrandEnd } from '../errands.ts';
import type { JoinView } from '../join-view.ts';
import type { RuleContext } from '../rule-context.ts';
import { proven } from './join.ts';
import { problem, refusal } from './join-draft.ts';
import { finishTold } from './join-end.ts';

/** Headquarters or a PIN answered. */
export function decideErrandEnd(end: ErrandEnd, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'join' || !view.isBusy) return undefined;
  const open = { ...view, isBusy: false, problem: null };
  switch (end.kind) {
    case 'pin-hashed':
      return view.purpose === 'pin'
        ? finishTold(open, { pin: end.hash })
        : { view: { ...open, step: 'card', draft: { ...view.draft, pin: end.hash } } };
    case 'pin-checked':
      return end.isRight
        ? proven({ ...open, draft: { ...view.draft, proof: 'pin' } })
        : wrongPin(open, context);
    case 'failed':
      return { view: { ...open, problem: problem('no-answer') } };
    case 'code':
      return codeEnd(open, end.answer);
  }
}

function codeEnd(view: JoinView, answer: Extract<ErrandEnd, { kind: 'code' }>['answer']): Decision {
  const { draft } = view;
  const { until = null, triesLeft = null } = answer ?? {};
  switch (answer?.outcome) {
    case undefined:
      return { view: { ...view, problem: problem('no-answer') } };
    case 'sent':
      return { view: { ...view, draft: { ...draft, codeUntil: until } } };
    case 'right':
      return proven({ ...view, draft: { ...draft, proof: 'phone-code' } });
    case 'wrong':
      return {
        view: { ...view, problem: problem('wrong-code', { triesLeft }) },
        recording: refusal('wrong-code', draft.known, null),
      };
    case 'expired':
      return {
        view: { ...view, draft: { ...draft, codeUntil: null }, problem: problem('code-expired') },
        recording: refusal('code-expired', draft.known, null),
      };
    case 'locked':
      return { view: { ...view, problem: problem('code-locked', { until }) } };
    case 'too-soon':
      return { view: { ...view, problem: draft.codeUntil ? null : problem('too-soon', { until }) } };
    case 'no-phone':
      return { view: { ...view, problem: problem('no-phone') } };
  }
}

function wrongPin(view: JoinView, context: RuleContext): Decision {
  const member = view.draft.known ?? view.draft.member;
  const wrong = context.know.club.pinGuard(member).wrong + 1;
  const triesLeft = Math.max(0, context.limits.wrongPins - wrong);
  const untilMs = triesLeft === 0 ? context.now.getTime() + context.limits.pinLockMs : 0;
  const until = untilMs === 0 ? null : new Date(untilMs).toISOString();
  return {
    view: { ...view, problem: problem('wrong-pin', { triesLeft, until }) },
    recording: {
      fact: { kind: 'pin-refused', body: { member, triesLeft } },
      effects: [
        { kind: 'set-pin-guard', member, wrong: triesLeft === 0 ? 0 : wrong, lockedUntilMs: untilMs },
      ],
    },
  };
}
