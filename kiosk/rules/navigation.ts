// Where "back" leads. The same from everywhere, so nobody gets lost.
import type { View } from '../view.ts';
import { followBehind } from './follow.ts';
import { stepBack } from './report.ts';
import { isFilingPurpose, messageStepBack } from './report-message.ts';
import { surveyBehind } from './survey.ts';

export function viewBehind(view: View): View {
  switch (view.kind) {
    case 'attract':
    case 'home':
    case 'out-of-service':
      return view;
    case 'maintenance-pin':
    case 'maintenance':
      return { kind: 'attract' };
    case 'buildings':
    case 'search':
      return { kind: 'projects' };
    case 'board':
    case 'adverse-facts':
      return { kind: 'buildings', project: view.project };
    case 'unit':
      return view.search
        ? { kind: 'search', query: view.search }
        : { kind: 'board', project: view.project, building: view.building };
    case 'request':
    case 'judge-question':
    case 'judge-end':
      return followBehind(view) ?? { kind: 'home' };
    case 'activity':
      return { kind: 'activities' };
    case 'answer':
      return { kind: 'answers', of: view.of };
    case 'survey-intro':
    case 'survey-question':
    case 'survey-end':
      return surveyBehind(view);
    case 'report-choice':
    case 'report-review':
      return stepBack(view) ?? { kind: 'home' };
    case 'message':
      return messageStepBack(view) ?? { kind: 'service-menu' };
    case 'ask-card':
      return isFilingPurpose(view.purpose) ? { kind: 'service-menu' } : { kind: 'home' };
    case 'answers':
    case 'survey-done':
    case 'projects':
    case 'service-menu':
    case 'checked-in':
    case 'check-in-refused':
    case 'welcome':
    case 'checking-card':
    case 'enter-pin':
    case 'card-problem':
    case 'points':
    case 'activities':
    case 'request-filed':
    case 'requests':
      return { kind: 'home' };
  }
}
