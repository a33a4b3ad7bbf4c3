// Where "back" leads. The same from everywhere, so nobody gets lost.
import type { Draft, View } from '../view.ts';
import { followBehind } from './follow.ts';
import { stepBackJoin } from './join.ts';
import { stepBack } from './report.ts';
import { isFilingPurpose, messageStepBack } from './report-message.ts';
import { surveyBehind } from './survey.ts';

/** Of whoever has proven who they are: from there each of their pages is one touch away. */
const ownHome: View = { kind: 'welcome', next: null };

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
      if (view.from) return { kind: 'shortlist', isMine: view.from.isMine, job: null };
      return view.search
        ? { kind: 'search', query: view.search }
        : { kind: 'board', project: view.project, building: view.building };
    case 'join':
      return stepBackJoin(view) ?? { kind: 'home' };
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
      return stepBack(view) ?? behindReport(view.draft);
    case 'message':
      return messageStepBack(view) ?? { kind: 'service-menu' };
    case 'ask-card':
      return isFilingPurpose(view.purpose) ? { kind: 'service-menu' } : { kind: 'home' };
    case 'compare':
      return { kind: 'shortlist', isMine: view.isMine, job: null };
    case 'shortlist':
      return view.isMine ? ownHome : { kind: 'projects' };
    case 'hand-over':
      return { kind: 'my-homes' };
    case 'hand-over-sign':
      return { kind: 'hand-over', unit: view.unit, job: null };
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
    case 'request-filed':
    case 'staff':
      return { kind: 'home' };
    case 'profile':
    case 'points':
    case 'activities':
    case 'my-homes':
    case 'requests':
      return ownHome;
  }
}

function behindReport(draft: Draft | null): View {
  return draft?.isHandOver ? { kind: 'hand-over', unit: draft.home, job: null } : ownHome;
}
