// Believable screens of the member: check-in, second proof, points.
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { at, memberIn, saturdayIn, sayIn, sundayIn } from './show-frame.ts';

type Refused = ScreenOf<'check-in-refused'>;

export function memberScreens(language: Language): Record<string, Screen> {
  return { ...checkInScreens(language), ...proofScreens(language), ...pointsScreens(language) };
}

function checkInScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const member = memberIn(say);
  const [saturday, sunday] = [saturdayIn(say), sundayIn(say)];
  const refused = (reason: Refused['reason'], changes: Partial<Refused> = {}): Refused => ({
    kind: 'check-in-refused',
    reason,
    member,
    planned: null,
    next: null,
    since: null,
    canReprint: false,
    slip: 'none',
    ...changes,
  });
  const checkedIn: ScreenOf<'checked-in'> = {
    kind: 'checked-in',
    member,
    event: saturday.event,
    session: saturday.session,
    place: saturday.place,
    treatment: say('贵宾席 A 区，伴手礼一份', 'Seats in area A and a gift'),
    points: 20,
    balance: 1_286,
    slip: 'printing',
  };
  return {
    'checked-in': checkedIn,
    'checked-in-owed': { ...checkedIn, balance: -480 },
    'checked-in-waiting': { ...checkedIn, treatment: null, slip: 'waiting' },
    'refused-unknown-card': refused('unknown-card', { member: null }),
    'refused-blocked-card': refused('blocked-card', { member: null }),
    'refused-already-checked-in': refused('already-checked-in', {
      planned: saturday,
      since: at('13:52'),
      canReprint: true,
    }),
    'refused-not-on-list': refused('not-on-list', { planned: saturday }),
    'refused-wrong-day': refused('wrong-day', { next: sunday }),
    'checking-card': { kind: 'checking-card' },
    welcome: { kind: 'welcome', member, next: sunday },
    'welcome-no-event': { kind: 'welcome', member, next: null },
    'welcome-owner': { kind: 'welcome', member, isOwner: true, next: sunday },
    'welcome-visitor': { kind: 'welcome', member, isOwner: false, next: null },
  };
}

function proofScreens(language: Language): Record<string, Screen> {
  const member = memberIn(sayIn(language));
  const pin: ScreenOf<'enter-pin'> = {
    kind: 'enter-pin',
    purpose: 'points',
    member,
    isChecking: false,
    problem: null,
  };
  const reasons = ['unknown-card', 'blocked-card', 'no-pin', 'no-home', 'no-library'] as const;
  return {
    'ask-card': { kind: 'ask-card', purpose: 'points' },
    'ask-card-report': { kind: 'ask-card', purpose: 'report' },
    'enter-pin': pin,
    'enter-pin-checking': { ...pin, isChecking: true },
    'enter-pin-wrong': { ...pin, problem: { kind: 'wrong', triesLeft: 2 } },
    'enter-pin-locked': { ...pin, problem: { kind: 'locked', until: at('14:50') } },
    ...Object.fromEntries(
      reasons.map((reason) => [
        `card-problem-${reason}`,
        { kind: 'card-problem', purpose: 'report', reason } as const,
      ]),
    ),
  };
}

function ledgerShown(language: Language) {
  const say = sayIn(language);
  return [
    { at: at('10:12'), points: 10, reason: say('看房积分 · 兰亭水岸', 'Site visit · Orchid Waterside') },
    {
      at: at('15:05', '2026-11-08'),
      points: -300,
      reason: say('兑换 · 家电清洗券', 'Redeemed · appliance cleaning'),
    },
    {
      at: at('14:02', '2026-10-24'),
      points: 20,
      reason: say('签到 · 重阳敬老茶会', 'Check-in · elders’ tea party'),
    },
    {
      at: at('11:30', '2026-09-18'),
      points: 500,
      reason: say('推荐购房 · 锦上花城', 'Referral · Jinshang Garden'),
    },
    {
      at: at('09:00', '2026-06-30'),
      points: 1_056,
      reason: say('购房积分 · 锦上花城 3-1803', 'Purchase · Jinshang Garden 3-1803'),
    },
    {
      at: at('16:20', '2026-05-01'),
      points: 20,
      reason: say('签到 · 五一亲子运动会', 'Check-in · family sports day'),
    },
  ];
}

function pointsScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const ledger = ledgerShown(language);
  const points: ScreenOf<'points'> = {
    kind: 'points',
    member: memberIn(say),
    balance: 1_286,
    asOf: at('14:28'),
    isLive: false,
    pending: [
      { at: at('14:31'), points: 20, reason: say('签到 · 秋日美食节', 'Check-in · autumn food fair') },
    ],
    ledger,
    benefit: say('生日礼遇、活动优先入场、购房 99 折', 'Birthday gift, early entry, 1 % off a home'),
    earned: 1_586,
    discount: 100,
    next: {
      name: say('钻石卡', 'Diamond'),
      missing: 3_414,
      from: 1_000,
      benefit: say('贵宾席、专属管家、购房 98 折', 'Front row, a personal host, 2 % off a home'),
      discount: 200,
    },
    expiring: [
      { at: at('15:05', '2026-12-08'), points: 40 },
      { at: at('11:30', '2027-01-18'), points: 500 },
    ],
  };
  return {
    points,
    'points-owed': owed(points, say('冲销 · 被推荐的认购已退', 'Reversed · the home was given back')),
    'points-top': {
      ...points,
      asOf: at('14:33'),
      isLive: true,
      pending: [],
      earned: 6_200,
      discount: 200,
      next: null,
      expiring: [],
      member: { name: say('李**', 'Li**'), level: say('钻石卡', 'Diamond') },
    },
    'points-none': {
      ...points,
      balance: 0,
      asOf: null,
      pending: [],
      ledger: [],
      earned: 0,
      benefit: say('会员活动优先报名，生日祝福', 'Early booking of events, a birthday greeting'),
      discount: 0,
      next: {
        name: say('银卡', 'Silver'),
        missing: 200,
        from: 0,
        benefit: say('活动茶歇券，商户九五折', 'Tea voucher at events, 5 % off in our shops'),
        discount: 0,
      },
      expiring: [],
    },
  };
}

/** An earning was taken back after it had been spent. */
function owed(points: ScreenOf<'points'>, reason: string): ScreenOf<'points'> {
  const ledger = [{ at: at('14:20'), points: -500, reason }, ...points.ledger];
  return { ...points, balance: -500, pending: [], expiring: [], ledger };
}
