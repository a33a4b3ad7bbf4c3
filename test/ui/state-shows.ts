// The states that terminals forget: first start, closed, night, a wrong clock, a full disk, old data.
import { clockTroubleOf } from '../../kiosk/clock-doubt.ts';
import type { StorePressure } from '../../kiosk/knowledge.ts';
import type { Language, ScreenOf, Show } from '../../kiosk/screen.ts';
import { storeTroubleOf } from '../../kiosk/troubles.ts';
import { at, frame, sayIn, sundayIn } from './show-frame.ts';

export function stateShows(language: Language, home: Show): Record<string, Show> {
  const say = sayIn(language);
  const attract: ScreenOf<'attract'> = {
    kind: 'attract',
    notice: null,
    today: home.screen.kind === 'home' ? home.screen.today : [],
    soon: [sundayIn(say)],
    projects: [
      {
        id: 'garden',
        name: say('锦上花城', 'Jinshang Garden'),
        district: say('成都 · 锦江区', 'Jinjiang, Chengdu'),
        highlight: say('步行 5 分钟到地铁', 'Five minutes from the metro'),
        open: 264,
        fromPrice: 168_000_000,
      },
      {
        id: 'river',
        name: say('江畔雅苑', 'Riverside Court'),
        district: say('成都 · 高新区', 'Gaoxin, Chengdu'),
        highlight: say('一线江景', 'On the river'),
        open: 38,
        fromPrice: 286_000_000,
      },
    ],
  };
  const shown = (status: Partial<Show['status']>, screen: Show['screen'] = attract): Show =>
    frame(language, screen, { status: { ...home.status, ...status } });
  const disk = (pressure: StorePressure): Show =>
    shown({ troubles: storeTroubleOf(pressure, language) }, home.screen);
  return {
    'attract-loop': shown({}),
    'first-start': shown(
      { asOf: null, link: 'offline', printer: 'absent', reader: 'absent' },
      { kind: 'attract', today: [], notice: null },
    ),
    'first-start-linked': shown({ asOf: null }, { kind: 'attract', today: [], notice: null }),
    closed: shown({}, { ...attract, today: [], opensAt: '09:00' }),
    night: shown({ isNight: true }, { ...attract, opensAt: '09:00' }),
    'offline-old-data': shown({ link: 'offline', asOf: at('09:12', '2026-11-18') }, home.screen),
    'clock-behind': shown({ link: 'offline', troubles: clockTroubleOf('behind', language) }, home.screen),
    'clock-off': shown({ troubles: clockTroubleOf('off', language) }, home.screen),
    'disk-filling': disk('compacting'),
    'disk-nearly-full': disk('sparing'),
    'disk-full': disk('full'),
  };
}
