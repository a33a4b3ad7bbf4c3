// The gallery: one believable Show for every kind of screen and every variant that looks different.
import type { Language, Screen, Show } from '../../kiosk/screen.ts';
import { boardScreens } from './board-shows.ts';
import { memberScreens } from './member-shows.ts';
import { serviceScreens } from './service-shows.ts';
import { at, frame, memberIn, saturdayIn, sayIn } from './show-frame.ts';

/** @returns by name, in the order a person would meet them */
export function showsIn(language: Language): Readonly<Record<string, Show>> {
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
    attract: { kind: 'attract', today },
    'attract-no-event': { kind: 'attract', today: [] },
    home: { kind: 'home', today },
    'home-no-event': { kind: 'home', today: [] },
    ...boardScreens(language),
    ...memberScreens(language),
    ...serviceScreens(language),
    'out-of-service': { kind: 'out-of-service', code: 'store-unwritable' },
  };
  const plain = Object.fromEntries(
    Object.entries(screens).map(([name, screen]) => [name, frame(language, screen)]),
  );
  const home = frame(language, { kind: 'home', today });
  return {
    ...plain,
    'idle-warning': frame(
      language,
      { kind: 'welcome', member: memberIn(say), next: null },
      { idle: { secondsLeft: 17 } },
    ),
    'help-called': frame(language, home.screen, { isHelpCalled: true }),
    offline: frame(language, home.screen, {
      status: { ...home.status, link: 'offline', printer: 'paper-out' },
    }),
    'no-devices': frame(
      language,
      { kind: 'ask-card', purpose: 'points' },
      {
        status: { ...home.status, link: 'offline', asOf: null, printer: 'absent', reader: 'absent' },
      },
    ),
  };
}
