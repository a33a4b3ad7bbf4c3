// From the view (ids) to the screen (words in the session's language). Pure.
import type { RuleContext } from '../rule-context.ts';
import type { Screen } from '../screen.ts';
import type { View } from '../view.ts';
import { showActivities, showActivity } from './show-activities.ts';
import { showAttract, todayIn } from './show-attract.ts';
import { showBoard } from './show-board.ts';
import { showFollow } from './show-follow.ts';
import { showForms } from './show-forms.ts';
import { showJoining } from './show-join.ts';
import { showMaintenance } from './show-maintenance.ts';
import { showFiled, showMessage } from './show-message.ts';
import { showCompare, showHandOver, showHandOverSign, showMyHomes, showShortlist } from './show-owner.ts';
import {
  showCheckedIn,
  showEnterPin,
  shownPinProblem,
  showRefusal,
  showReportChoice,
  showReview,
  showWelcome,
} from './show-personal.ts';
import { showPoints } from './show-points.ts';
import { showSearch } from './show-search.ts';

type Shower<V> = (view: V, context: RuleContext) => Screen | undefined;

const showers: { readonly [K in View['kind']]: Shower<Extract<View, { kind: K }>> } = {
  attract: (_, context) => showAttract(context),
  home: (_, context) => ({ kind: 'home', today: todayIn(context) }),
  projects: showBoard,
  buildings: showBoard,
  board: showBoard,
  unit: showBoard,
  'adverse-facts': showBoard,
  search: (view, context) => showSearch(view.query, context),
  'checked-in': showCheckedIn,
  'check-in-refused': showRefusal,
  welcome: showWelcome,
  'checking-card': () => ({ kind: 'checking-card' }),
  'ask-card': (view) => view,
  'enter-pin': showEnterPin,
  'card-problem': (view) => view,
  points: (_, context) => showPoints(context),
  activities: (_, context) => showActivities(context),
  activity: showActivity,
  'report-choice': showReportChoice,
  'report-review': showReview,
  'service-menu': (view) => view,
  message: showMessage,
  'request-filed': showFiled,
  requests: showFollow,
  request: showFollow,
  'judge-question': showFollow,
  'judge-end': showFollow,
  'survey-intro': showForms,
  'survey-question': showForms,
  'survey-end': showForms,
  'survey-done': showForms,
  answers: showForms,
  answer: showForms,
  shortlist: showShortlist,
  compare: showCompare,
  'my-homes': (_, context) => showMyHomes(context),
  'hand-over': showHandOver,
  'hand-over-sign': showHandOverSign,
  join: showJoining,
  profile: showJoining,
  staff: showJoining,
  'out-of-service': (view, { know }) => ({ ...view, canBrowse: know.board.approvedAt() !== null }),
  'maintenance-pin': (view) => ({ ...view, problem: shownPinProblem(view.problem) }),
  maintenance: showMaintenance,
};

/** @returns undefined when what the view is about no longer exists: go home then */
export function showScreen(context: RuleContext): Screen | undefined {
  const { view } = context.session;
  // the table's own type says that the two fit
  const show = showers[view.kind] as Shower<View>;
  return show(view, context);
}
