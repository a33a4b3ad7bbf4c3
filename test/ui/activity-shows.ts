// Believable screens of events to come, of birthdays, and of sessions that are full.
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { at, memberIn, type Say, saturdayIn, sayIn, sundayIn } from './show-frame.ts';

type Activity = ScreenOf<'activity'>['activity'];

export function activityScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const member = memberIn(say);
  const [saturday, sunday] = [saturdayIn(say), sundayIn(say)];
  const asOf = at('13:58');
  const open = {
    id: 's1',
    ...saturday,
    points: 20,
    left: 12,
    mine: 'none',
    number: null,
    pending: null,
  } as const;
  const long = say('社区摄影展开幕暨老照片修复体验日', 'Photo show, and a day of mending old pictures');
  const detail = (changes: Partial<Activity>): ScreenOf<'activity'> => ({
    kind: 'activity',
    member,
    activity: {
      ...open,
      waiting: 0,
      may: 'join',
      minLevel: null,
      treatment: say('前排座位 · 伴手礼', 'Front seats and a gift'),
      ...changes,
    },
    asOf,
  });
  return {
    ...careScreens(say),
    activities: {
      kind: 'activities',
      member,
      activities: [
        open,
        { ...open, id: 's2', ...sunday, left: 0, mine: 'waiting', number: 3 },
        { ...open, id: 's3', ...sunday, event: long, left: null, mine: 'place', points: 30 },
        { ...open, id: 's4', ...sunday, left: 4, pending: 'join' },
        { ...open, id: 's5', ...sunday, left: 0 },
      ],
      asOf,
    },
    'activities-none': { kind: 'activities', member, activities: [], asOf },
    activity: detail({}),
    'activity-full': detail({ left: 0, waiting: 4, may: 'wait', treatment: null }),
    'activity-waiting': detail({ left: 0, waiting: 4, mine: 'waiting', number: 3, may: 'leave' }),
    'activity-place': detail({ mine: 'place', may: 'leave' }),
    'activity-sent': detail({ pending: 'join', may: 'leave' }),
    'activity-cancelled': detail({ mine: 'place', may: null, isCancelled: true }),
    'activity-level': detail({ may: null, minLevel: say('金卡', 'Gold') }),
  };
}

/** Full, waiting, and a birthday. */
function careScreens(say: Say): Record<string, Screen> {
  const member = memberIn(say);
  const [saturday, sunday] = [saturdayIn(say), sundayIn(say)];
  const refused: ScreenOf<'check-in-refused'> = {
    kind: 'check-in-refused',
    reason: 'waiting-list',
    member,
    planned: saturday,
    next: null,
    since: null,
    waiting: 3,
    canSignUp: true,
    canReprint: false,
    slip: 'none',
  };
  return {
    'refused-waiting-number': refused,
    'refused-cancelled': { ...refused, reason: 'session-cancelled', waiting: null, canSignUp: false },
    'refused-full-sign-up': { ...refused, reason: 'session-full', waiting: null },
    'checked-in-birthday': {
      kind: 'checked-in',
      member,
      event: saturday.event,
      session: saturday.session,
      place: saturday.place,
      treatment: say('贵宾席 A 区，伴手礼一份', 'Seats in area A and a gift'),
      isBirthday: true,
      points: 20,
      balance: 1_286,
      slip: 'printing',
    },
    'checked-in-long-treatment': {
      kind: 'checked-in',
      member,
      event: saturday.event,
      session: saturday.session,
      place: saturday.place,
      treatment: say(
        '贵宾席 A 区第一排十二号，由专属管家陪同入场；伴手礼一份，散场后请到会所一楼服务台凭小票领取，当日有效',
        'Row 1, seat 12 in area A, your own host at the door, and a gift at the clubhouse desk',
      ),
      isBirthday: true,
      points: 20,
      balance: 1_286,
      slip: 'printing',
    },
    'welcome-birthday': { kind: 'welcome', member, isBirthday: true, next: sunday },
  };
}
