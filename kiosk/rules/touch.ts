// Which rule answers which touch: the table of contents of what a finger can do.
import type { Decision } from '../decision.ts';
import type { DeskTouch } from '../maintenance-touches.ts';
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
import { decideJoinJourney, isJoinJourney, type JourneyTouch } from './join-touches.ts';
import {
  decideForgetSlip,
  decideOpenMaintenance,
  decideOpenMaintenanceTab,
  decidePrintAgain,
  decideReprintLast,
  decideTestPage,
} from './maintenance.ts';
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
  | 'choose-manner'
  | 'call-help'
  | 'enter-pin'
  | 'try-panel'
  | DeskTouch['kind'];

/** What means the same on every screen. */
export type OutsideTouch = Extract<
  FingerTouch,
  { kind: 'stay' | 'choose-language' | 'choose-manner' | 'call-help' | 'try-panel' }
>;

export function isOutsideTheScreen(touch: FingerTouch): touch is OutsideTouch {
  return (
    touch.kind === 'stay' ||
    touch.kind === 'choose-language' ||
    touch.kind === 'choose-manner' ||
    touch.kind === 'call-help' ||
    touch.kind === 'try-panel'
  );
}

type ScreenTouch = Exclude<FingerTouch, JourneyTouch | { kind: LoopTouch }>;
type TouchOf<K extends ScreenTouch['kind']> = Extract<ScreenTouch, { kind: K }>;
type Decide<T> = (touch: T, context: RuleContext) => Decision | undefined;

const answers: { readonly [K in ScreenTouch['kind']]: Decide<TouchOf<K>> } = {
  start: () => ({ view: { kind: 'home' } }),
  'go-home': () => ({ view: { kind: 'home' } }),
  back: (_, context) => ({ view: viewBehind(context.session.view) }),
  'open-board': decideBoard,
  'choose-project': decideBoard,
  'choose-building': decideBoard,
  'choose-unit': decideBoard,
  'open-adverse-facts': decideBoard,
  search: decideBoard,
  'choose-found': decideBoard,
  'take-slip': decideTakeSlip,
  'keep-unit': (_, context) => decideKeep(context),
  'open-shortlist': () => ({ view: { kind: 'shortlist', isMine: false, job: null } }),
  'open-kept': (touch, context) => decideOpenKept(touch.id, context),
  'drop-kept': (touch, context) => decideDrop(touch.id, context),
  'compare-kept': (_, context) => decideCompare(context),
  'open-hand-over': (touch, context) => decideOpenHandOver(touch.id, context),
  arrive: (_, context) => decideArrive(context),
  'note-defect': (_, context) => decideNoteDefect(context),
  'start-signing': (_, context) => decideSignStart(context),
  sign: (touch, context) => decideSign(touch.outcome, context),
  'open-own-home': (_, { session }) =>
    session.person ? { view: { kind: 'welcome', next: null } } : undefined,
  open: (touch, context) => decideOpen(touch.purpose, context),
  choose: (touch, context) => decideChosen(touch.id, context),
  wish: (touch, context) => decideWish(touch.wish, context),
  describe: (touch, context) => decideWords(touch.text, context),
  'survey-next': (_, context) => decideSurveyNext(context),
  rate: (touch, context) =>
    decideScore(touch.score, context) ??
    decideJudgeScore(touch.score, context) ??
    decideHandOverScore(touch.score, context),
  judge: (touch, context) => decideVerdict(touch.verdict, context),
  'judge-on': (touch, context) => decideJudgeOn(touch.isAll, context),
  write: (_, context) => decideWrite(context),
  'write-to-survey': (_, context) => decideSurveyWords(null, context),
  'send-survey': (_, context) => decideSurveySend(context),
  'open-answers': (_, context) => decideOpenAnswers(context),
  'answers-of': (touch, context) => decideAnswersOf(touch.project, context),
  'open-answer': (touch, context) => decideOpenAnswer(touch.id, context),
  submit: (_, context) =>
    asDefect(decideSubmit(context), context.session.view) ??
    decideMessageSubmit(context) ??
    decideJudge(context),
  'open-service': () => ({ view: { kind: 'service-menu' } }),
  'go-without-card': (_, context) => decideWithoutCard(context),
  'give-phone': (touch, context) => decidePhone(touch.phone, context),
  'allow-publishing': (touch, context) => decidePublishing(touch.isAllowed, context),
  'open-maintenance': (_, context) => decideOpenMaintenance(context),
  'print-test-page': (_, context) => decideTestPage(context),
  'print-again': (touch, context) => decidePrintAgain(touch.id, context),
  'forget-slip': (touch, context) => decideForgetSlip(touch.id, context),
  'reprint-last': (touch, context) => decideReprintLast(touch.id, context),
  'open-maintenance-tab': (touch, context) => decideOpenMaintenanceTab(touch.tab, context),
};

/** @returns undefined when the touch makes no sense on what is shown: then nothing happens */
export function decideTouch(touch: ScreenTouch | JourneyTouch, context: RuleContext): Decision | undefined {
  if (isJoinJourney(touch)) return decideJoinJourney(touch, context);
  // the table's own type says that the two fit
  const decide = answers[touch.kind] as Decide<ScreenTouch>;
  return decide(touch, context);
}

function decideTakeSlip(touch: TouchOf<'take-slip'>, context: RuleContext): Decision | undefined {
  if (context.session.view.kind === 'shortlist') return decideShortlistSlip(context);
  return context.session.view.kind === 'unit'
    ? decideBoard(touch, context)
    : (decideReprint(context) ?? decideRequestSlip(context));
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
