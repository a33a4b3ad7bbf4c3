// From the view (ids) to the screen (words in the session's language). Pure.
import type { RuleContext } from '../rule-context.ts';
import { sessionsOfToday } from '../rules/session-choice.ts';
import type { Screen, ScreenOf } from '../screen.ts';
import { showActivities, showActivity } from './show-activities.ts';
import { showBoard } from './show-board.ts';
import { showFollow } from './show-follow.ts';
import { showForms } from './show-forms.ts';
import { showMaintenance } from './show-maintenance.ts';
import { showFiled, showMessage } from './show-message.ts';
import { showCompare, showHandOver, showHandOverSign, showMyHomes, showShortlist } from './show-owner.ts';
import {
  planned,
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

/** @returns undefined when what the view is about no longer exists: go home then */
export function showScreen(context: RuleContext): Screen | undefined {
  const { view } = context.session;
  switch (view.kind) {
    case 'attract':
      return {
        kind: 'attract',
        today: todayIn(context),
        notice: context.know.notice()?.[context.session.language] ?? null,
      };
    case 'home':
      return { kind: 'home', today: todayIn(context) };
    case 'projects':
    case 'buildings':
    case 'board':
    case 'unit':
    case 'adverse-facts':
      return showBoard(view, context);
    case 'search':
      return showSearch(view.query, context);
    case 'checked-in':
      return showCheckedIn(view, context);
    case 'check-in-refused':
      return showRefusal(view, context);
    case 'welcome':
      return showWelcome(view, context);
    case 'checking-card':
      return { kind: 'checking-card' };
    case 'ask-card':
      return view;
    case 'enter-pin':
      return showEnterPin(view, context);
    case 'card-problem':
      return view;
    case 'points':
      return showPoints(context);
    case 'activities':
      return showActivities(context);
    case 'activity':
      return showActivity(view, context);
    case 'report-choice':
      return showReportChoice(view, context);
    case 'report-review':
      return showReview(view, context);
    case 'service-menu':
      return view;
    case 'message':
      return showMessage(view, context);
    case 'request-filed':
      return showFiled(view, context);
    case 'requests':
    case 'request':
    case 'judge-question':
    case 'judge-end':
      return showFollow(view, context);
    case 'survey-intro':
    case 'survey-question':
    case 'survey-end':
    case 'survey-done':
    case 'answers':
    case 'answer':
      return showForms(view, context);
    case 'shortlist':
      return showShortlist(view, context);
    case 'compare':
      return showCompare(view, context);
    case 'my-homes':
      return showMyHomes(context);
    case 'hand-over':
      return showHandOver(view, context);
    case 'hand-over-sign':
      return showHandOverSign(view, context);
    case 'out-of-service':
      return view;
    case 'maintenance-pin':
      return { kind: 'maintenance-pin', problem: shownPinProblem(view.problem) };
    case 'maintenance':
      return showMaintenance(view, context);
  }
}

function todayIn(context: RuleContext): ScreenOf<'home'>['today'] {
  return sessionsOfToday(context).flatMap((session) => planned(session, context) ?? []);
}
