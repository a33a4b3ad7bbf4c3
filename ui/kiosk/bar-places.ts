// Which of the bar's places are in use on which screen; a place never moves.
import type { ScreenKind } from '../../kiosk/screen.ts';

interface Places {
  readonly back: boolean;
  readonly home: boolean;
  /** personal: something of a person is on screen */
  readonly end: boolean;
}

const none: Places = { back: false, home: false, end: false };
const browse: Places = { back: true, home: true, end: false };
const personal: Places = { back: true, home: true, end: true };
const answer: Places = { back: false, home: true, end: true };

export const barPlaces: Record<ScreenKind, Places> = {
  attract: none,
  home: none,
  'out-of-service': { back: false, home: true, end: false },
  enrolling: none,
  projects: { back: false, home: true, end: false },
  buildings: browse,
  board: browse,
  unit: browse,
  'adverse-facts': browse,
  search: browse,
  'checked-in': answer,
  'check-in-refused': answer,
  welcome: answer,
  'checking-card': none,
  'ask-card': browse,
  'enter-pin': personal,
  'card-problem': answer,
  points: personal,
  activities: personal,
  activity: personal,
  'report-choice': personal,
  'report-review': personal,
  'service-menu': browse,
  message: personal,
  'request-filed': answer,
  requests: personal,
  request: personal,
  'judge-question': personal,
  'judge-end': personal,
  'survey-intro': personal,
  'survey-question': personal,
  'survey-end': personal,
  'survey-done': answer,
  answers: browse,
  answer: browse,
  shortlist: personal,
  compare: personal,
  'my-homes': personal,
  'hand-over': personal,
  'hand-over-sign': personal,
  join: personal,
  profile: personal,
  staff: answer,
  'maintenance-pin': browse,
  maintenance: answer,
};
