// Which screens come with the page and which are fetched when idle.
import type { ScreenKind, Tongue } from '../../kiosk/screen.ts';
import '../screens/attract-screen.ts';
import { loadWords } from '../text/speech.ts';

/** what need not come with the page */
const tongues = ['en', 'zh-Hant'] as const;

type Load = () => Promise<unknown>;

const arrival: Load = () => import('../screens/arrival-journey.ts');
const board: Load = () => import('../screens/board-journey.ts');
const personal: Load = () => import('../screens/personal-journey.ts');
const service: Load = () => import('../screens/service-journey.ts');
const join: Load = () => import('../screens/join-journey.ts');
const forms: Load = () => import('../screens/forms-journey.ts');
const owner: Load = () => import('../screens/owner-journey.ts');
const enrolling: Load = () => import('../screens/enrolling-screen.ts');
const maintenance: Load = () => import('../screens/maintenance-journey.ts');

const loads: Record<ScreenKind, Load | undefined> = {
  attract: undefined,
  home: arrival,
  'checked-in': arrival,
  'check-in-refused': personal,
  welcome: personal,
  'checking-card': arrival,
  'out-of-service': arrival,
  enrolling,
  projects: board,
  buildings: board,
  board,
  unit: board,
  'adverse-facts': board,
  search: board,
  'ask-card': personal,
  'enter-pin': personal,
  'card-problem': personal,
  points: personal,
  activities: personal,
  activity: personal,
  'report-choice': service,
  'report-review': service,
  'service-menu': service,
  message: service,
  'request-filed': service,
  requests: service,
  request: service,
  'judge-question': service,
  'judge-end': service,
  'survey-intro': forms,
  'survey-question': forms,
  'survey-end': forms,
  'survey-done': forms,
  answers: forms,
  answer: forms,
  shortlist: owner,
  compare: owner,
  'my-homes': owner,
  'hand-over': owner,
  'hand-over-sign': owner,
  join,
  profile: join,
  staff: join,
  'maintenance-pin': maintenance,
  maintenance,
};
const loaded = new Set<Load>();

/** @returns undefined when the screen can be drawn now in this language, else when it can */
export function loadScreen(kind: ScreenKind, language: Tongue): Promise<unknown> | undefined {
  const waits = [
    kind === 'attract' ? undefined : loadJourney('home'),
    loadJourney(kind),
    loadWords(language),
  ].filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Promise.all(waits);
}

function loadJourney(kind: ScreenKind): Promise<void> | undefined {
  const load = loads[kind];
  if (!load || loaded.has(load)) return undefined;
  return load().then(() => {
    loaded.add(load);
  });
}

/** Fetches the rest while nobody waits. */
export function prefetchScreens(): void {
  // after the frame that is being drawn, and then when idle
  requestAnimationFrame(() =>
    requestIdleCallback(() => {
      // what follows a card comes first: nobody waits for it
      for (const kind of ['home', 'enter-pin', 'board', 'report-choice', 'my-homes', 'join'] as const) {
        loadJourney(kind)?.catch(() => undefined);
      }
      for (const tongue of tongues) loadWords(tongue)?.catch(() => undefined);
      // what is needed when the line is gone cannot be fetched then
      import('../elements/waiting-elements.ts').catch(() => undefined);
    }),
  );
}
