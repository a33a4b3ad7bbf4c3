// The frame around every believable screen of the gallery: site, clock, language.
import { plainManner } from '../../kiosk/manner.ts';
import type { Language, Screen, Show } from '../../kiosk/screen.ts';

/** Picks the words of the language shown. */
export type Say = (zh: string, en: string) => string;

export const sayIn =
  (language: Language): Say =>
  (zh, en) =>
    language === 'zh' ? zh : en;

/** An instant of the gallery's day, 21 November 2026, at the site's wall clock. */
export const at = (time: string, day = '2026-11-21'): string =>
  new Date(`${day}T${time}:00+08:00`).toISOString();

export const memberIn = (say: Say) => ({ name: say('张**', 'Zh**'), level: say('金卡', 'Gold') });

export const saturdayIn = (say: Say) => ({
  event: say('业主嘉年华 · 秋日美食节', 'Owners’ autumn food fair'),
  session: say('下午场', 'Afternoon session'),
  place: say('锦上花城 中央草坪', 'Jinshang Garden, central lawn'),
  opensAt: at('14:00'),
  endsAt: at('17:00'),
});

export const sundayIn = (say: Say) => ({
  event: say('金卡会员品鉴会', 'Gold members’ tasting'),
  session: say('第二场', 'Second session'),
  place: say('城市展厅二楼', 'City gallery, second floor'),
  opensAt: at('09:30', '2026-11-28'),
  endsAt: at('11:30', '2026-11-28'),
});

let revision = 0;

export function frame(language: Language, screen: Screen, changes: Partial<Show> = {}): Show {
  const say = sayIn(language);
  revision += 1;
  return {
    v: 1,
    kind: 'show',
    revision,
    language,
    status: {
      site: say('锦上花城 · 城市展厅', 'Jinshang Garden Gallery'),
      terminal: 'H01',
      helpPhone: '400-820-0301',
      link: 'online',
      asOf: at('14:32'),
      printer: 'ready',
      reader: 'ready',
      troubles: [],
      wedge: null,
      hasMaintenance: true,
      timeZone: 'Asia/Shanghai',
    },
    manner: plainManner,
    display: null,
    idle: null,
    isHelpCalled: false,
    confirms: null,
    screen,
    ...changes,
  };
}
