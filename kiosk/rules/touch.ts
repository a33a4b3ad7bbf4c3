// Which rule answers which touch: the table of contents of what a finger can do.
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import type { FingerTouch } from '../touch.ts';
import { decideActivity, decideWish } from './activities.ts';
import { decideAnswersOf, decideOpenAnswer, decideOpenAnswers } from './answers.ts';
import { decideBoard } from './board.ts';
import { decideReprint } from './check-in.ts';
import {
  decideFollowWords,
  decideJudge,
  decideJudgeOn,
  decideJudgeScore,
  decideOpenRequest,
  decideRequestSlip,
  decideVerdict,
  decideWrite,
} from './follow.ts';
import {
  asDefect,
  decideArrive,
  decideHandOverScore,
  decideNoteDefect,
  decideOpenHandOver,
  decideSign,
  decideSignStart,
} from './hand-over.ts';
import { decideForgetSlip, decideOpenMaintenance, decidePrintAgain, decideTestPage } from './maintenance.ts';
import { viewBehind } from './navigation.ts';
import { decideChoice, decideDescription } from './report.ts';
import {
  decideMessageChoice,
  decideMessageSubmit,
  decideMessageWords,
  decidePhone,
  decidePublishing,
  decideWithoutCard,
} from './report-message.ts';
import { decideSubmit } from './report-repair.ts';
import { decideOpen } from './second-proof.ts';
import { decideCompare, decideDrop, decideKeep, decideOpenKept, decideShortlistSlip } from './shortlist.ts';
import { decideScore, decideSurveyNext, decideSurveySend, decideSurveyWords } from './survey.ts';

/** Touches that the loop itself answers. */
type LoopTouch =
  | 'end'
  | 'stay'
  | 'choose-language'
  | 'call-help'
  | 'enter-pin'
  | 'try-panel'
  | 'take-picture';

/** What means the same on every screen. */
export type OutsideTouch = Extract<
  FingerTouch,
  { kind: 'stay' | 'choose-language' | 'call-help' | 'try-panel' }
>;

export function isOutsideTheScreen(touch: FingerTouch): touch is OutsideTouch {
  return (
    touch.kind === 'stay' ||
    touch.kind === 'choose-language' ||
    touch.kind === 'call-help' ||
    touch.kind === 'try-panel'
  );
}

/** @returns undefined when the touch makes no sense on what is shown: then nothing happens */
export function decideTouch(
  touch: Exclude<FingerTouch, { kind: LoopTouch }>,
  context: RuleContext,
): Decision | undefined {
  switch (touch.kind) {
    case 'start':
    case 'go-home':
      return { view: { kind: 'home' } };
    case 'back':
      return { view: viewBehind(context.session.view) };
    case 'open-board':
    case 'choose-project':
    case 'choose-building':
    case 'choose-unit':
    case 'open-adverse-facts':
    case 'search':
    case 'choose-found':
      return decideBoard(touch, context);
    case 'take-slip':
      if (context.session.view.kind === 'shortlist') return decideShortlistSlip(context);
      return context.session.view.kind === 'unit'
        ? decideBoard(touch, context)
        : (decideReprint(context) ?? decideRequestSlip(context));
    case 'keep-unit':
      return decideKeep(context);
    case 'open-shortlist':
      return { view: { kind: 'shortlist', isMine: false, job: null } };
    case 'open-kept':
      return decideOpenKept(touch.id, context);
    case 'drop-kept':
      return decideDrop(touch.id, context);
    case 'compare-kept':
      return decideCompare(context);
    case 'open-hand-over':
      return decideOpenHandOver(touch.id, context);
    case 'arrive':
      return decideArrive(context);
    case 'note-defect':
      return decideNoteDefect(context);
    case 'start-signing':
      return decideSignStart(context);
    case 'sign':
      return decideSign(touch.outcome, context);
    case 'open':
      return decideOpen(touch.purpose, context);
    case 'choose':
      return decideChosen(touch.id, context);
    case 'wish':
      return decideWish(touch.wish, context);
    case 'describe':
      return decideWords(touch.text, context);
    case 'survey-next':
      return decideSurveyNext(context);
    case 'rate':
      return (
        decideScore(touch.score, context) ??
        decideJudgeScore(touch.score, context) ??
        decideHandOverScore(touch.score, context)
      );
    case 'judge':
      return decideVerdict(touch.verdict, context);
    case 'judge-on':
      return decideJudgeOn(touch.isAll, context);
    case 'write':
      return decideWrite(context);
    case 'write-to-survey':
      return decideSurveyWords(null, context);
    case 'send-survey':
      return decideSurveySend(context);
    case 'open-answers':
      return decideOpenAnswers(context);
    case 'answers-of':
      return decideAnswersOf(touch.project, context);
    case 'open-answer':
      return decideOpenAnswer(touch.id, context);
    case 'submit':
      return (
        asDefect(decideSubmit(context), context.session.view) ??
        decideMessageSubmit(context) ??
        decideJudge(context)
      );
    case 'open-service':
      return { view: { kind: 'service-menu' } };
    case 'go-without-card':
      return decideWithoutCard(context);
    case 'give-phone':
      return decidePhone(touch.phone, context);
    case 'allow-publishing':
      return decidePublishing(touch.isAllowed, context);
    case 'open-maintenance':
      return decideOpenMaintenance(context);
    case 'print-test-page':
      return decideTestPage(context);
    case 'print-again':
      return decidePrintAgain(touch.id, context);
    case 'forget-slip':
      return decideForgetSlip(touch.id, context);
  }
}

function decideChosen(id: string, context: RuleContext): Decision | undefined {
  switch (context.session.view.kind) {
    case 'requests':
      return decideOpenRequest(id, context);
    case 'activities':
      return decideActivity(id, context);
    case 'message':
      return decideMessageChoice(id, context);
    default:
      return decideChoice(id, context);
  }
}

/** Own words, wherever the keyboard was opened. */
function decideWords(text: string, context: RuleContext): Decision | undefined {
  return context.session.view.kind === 'survey-end'
    ? decideSurveyWords(text, context)
    : (decideDescription(text, context) ??
        decideMessageWords(text, context) ??
        decideFollowWords(text, context));
}
