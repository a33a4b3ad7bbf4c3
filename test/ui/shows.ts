// The gallery: one believable Show for every kind of screen and every variant that looks different.
import type { DeviceErrorCode } from '../../device/device-error.ts';
import type { DeviceCondition } from '../../kiosk/knowledge.ts';
import type { Language, Screen, ScreenOf, Show, Tongue } from '../../kiosk/screen.ts';
import { showInHant } from '../../kiosk/showing/in-hant.ts';
import { troublesOf } from '../../kiosk/troubles.ts';
import { maxNotice } from '../../sync/contract/orders.ts';
import { activityScreens } from './activity-shows.ts';
import { boardEdgeScreens } from './board-edge-shows.ts';
import { boardScreens } from './board-shows.ts';
import { enrollingScreens } from './enrolling-shows.ts';
import { filingScreens } from './filing-shows.ts';
import { formsScreens } from './forms-shows.ts';
import { joinScreens } from './join-shows.ts';
import { maintenanceScreens } from './maintenance-shows.ts';
import { memberScreens } from './member-shows.ts';
import { ownerScreens } from './owner-shows.ts';
import { paperFor } from './paper-shows.ts';
import { serviceScreens } from './service-shows.ts';
import { at, frame, memberIn, saturdayIn, sayIn } from './show-frame.ts';
import { stateShows } from './state-shows.ts';

/** @returns by name, in the order a person would meet them */
export function showsIn(tongue: Tongue): Readonly<Record<string, Show>> {
  if (tongue !== 'zh-Hant') return shownIn(tongue);
  return Object.fromEntries(Object.entries(shownIn('zh')).map(([name, show]) => [name, showInHant(show)]));
}

function shownIn(language: Language): Readonly<Record<string, Show>> {
  const say = sayIn(language);
  const saturday = saturdayIn(say);
  const today = [
    {
      ...saturday,
      event: say('看房日 · 样板间开放', 'Open house · show flats'),
      session: say('全天', 'All day'),
      place: say('锦上花城 3 号楼', 'Jinshang Garden, Tower 3'),
      opensAt: at('09:30'),
      endsAt: at('18:00'),
    },
    saturday,
  ];
  const screens: Record<string, Screen> = {
    attract: { kind: 'attract', today, notice: null },
    'attract-no-event': { kind: 'attract', today: [], notice: null },
    'attract-notice': {
      kind: 'attract',
      today,
      notice: say(
        '今晚 18:00–20:00 停水检修，会所与样板间照常开放，给您添麻烦了。',
        'The water is off tonight from 18:00 to 20:00. Club and show flats stay open. We are sorry.',
      ),
    },
    home: { kind: 'home', today },
    'home-no-event': { kind: 'home', today: [] },
    ...boardScreens(language),
    ...boardEdgeScreens(language),
    ...memberScreens(language),
    ...activityScreens(language),
    ...serviceScreens(language),
    ...formsScreens(language),
    ...filingScreens(language),
    ...ownerScreens(language),
    ...joinScreens(language),
    ...maintenanceScreens(language),
    ...enrollingScreens(),
    'out-of-service': { kind: 'out-of-service', code: 'store-write-failed', canBrowse: true },
    'out-of-service-all': { kind: 'out-of-service', code: 'sync-store-full' },
  };
  const plain = Object.fromEntries(
    Object.entries(screens).map(([name, screen]) => [name, withPaper(language, screen)]),
  );
  const home = frame(language, { kind: 'home', today });
  return {
    ...plain,
    'idle-warning': frame(
      language,
      { kind: 'welcome', member: memberIn(say), next: null },
      { idle: { secondsLeft: 17 } },
    ),
    invitation: frame(language, home.screen, {
      invitation: { name: say('2026 年度业主满意度调查', 'Owners’ survey 2026'), questions: 12 },
    }),
    'help-called': frame(language, home.screen, { isHelpCalled: true }),
    offline: frame(language, home.screen, {
      status: { ...home.status, link: 'offline', printer: 'paper-out' },
    }),
    ...outages(language, home),
    ...stateShows(language, home),
    'no-devices': frame(
      language,
      { kind: 'ask-card', purpose: 'points' },
      {
        status: { ...home.status, link: 'offline', asOf: null, printer: 'absent', reader: 'absent' },
      },
    ),
  };
}

const withPaper = (language: Language, screen: Screen): Show =>
  frame(language, screen, { paper: paperFor(screen, sayIn(language)) });

/** Something is out of order: where people arrive it is said at length, elsewhere in a word. */
function outages(language: Language, home: Show): Record<string, Show> {
  const shown = (screen: Screen, devices: DeviceCondition[], status: Partial<Show['status']>): Show =>
    frame(language, screen, {
      status: { ...home.status, ...status, troubles: troublesOf(devices, language) },
    });
  const out = (device: DeviceCondition['device'], code: DeviceErrorCode): DeviceCondition => ({
    device,
    state: code,
    code,
    isOut: true,
  });
  const reader = out('reader', 'reader-unplugged');
  const paper = out('printer', 'printer-paper-out');
  const low: DeviceCondition = {
    device: 'printer',
    state: 'paper-low',
    code: 'printer-paper-low',
    isOut: false,
  };
  const longest = sayIn(language)(
    '重要通知：今晚停水检修，会所与样板间照常开放。'.repeat(3).slice(0, maxNotice.zh),
    'Important: the water is off tonight. Club and show flats stay open. '.repeat(2).slice(0, maxNotice.en),
  );
  const attract: ScreenOf<'attract'> = {
    kind: 'attract',
    notice: null,
    today: home.screen.kind === 'home' ? home.screen.today : [],
  };
  const askCard: Screen = { kind: 'ask-card', purpose: 'report' };
  return {
    'reader-out': shown(home.screen, [reader], { reader: 'absent' }),
    'reader-out-attract': shown(attract, [reader], { reader: 'absent' }),
    'reader-out-ask-card': shown(askCard, [reader], { reader: 'absent' }),
    'paper-out': shown(home.screen, [paper], { printer: 'paper-out' }),
    'paper-low': shown(home.screen, [low], { printer: 'paper-low' }),
    'all-out-notice': shown({ ...attract, notice: longest }, [reader, paper], {
      reader: 'absent',
      printer: 'paper-out',
      link: 'offline',
    }),
    'all-out': shown(home.screen, [reader, paper, out('panel', 'panel-unplugged')], {
      reader: 'absent',
      printer: 'paper-out',
      link: 'offline',
    }),
  };
}
