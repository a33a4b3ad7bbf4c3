// Believable screens of somebody who chooses or owns a home.
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { careSteps } from '../../sync/contract/owners.ts';
import { at, memberIn, type Say, sayIn } from './show-frame.ts';

type Home = ScreenOf<'my-homes'>['homes'][number];
type HandOver = ScreenOf<'hand-over'>;

export function ownerScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const member = memberIn(say);
  const units = keptIn(say);
  const homes = (some: readonly Home[]): ScreenOf<'my-homes'> => ({
    kind: 'my-homes',
    member,
    asOf: at('14:32'),
    homes: [...some],
  });
  const shortlist: ScreenOf<'shortlist'> = {
    kind: 'shortlist',
    member: null,
    units,
    most: 20,
    qr: say('我收藏的房源 锦上花城 3栋 1803 89.05㎡ ￥2685000', 'My list: Tower 3 1803'),
    slip: 'none',
  };
  return {
    shortlist,
    'shortlist-mine': { ...shortlist, member, slip: 'printed' },
    'shortlist-none': { ...shortlist, units: [] },
    compare: { kind: 'compare', member: null, units },
    'my-homes': homes([homeIn(say)]),
    'my-homes-hand-over': homes([{ ...homeIn(say), handOver: invitedIn(say) }]),
    'my-homes-kept': { ...homes([homeIn(say)]), kept: 3 },
    'my-homes-none': homes([]),
    ...handOverShows(say),
    'hand-over-sign': {
      kind: 'hand-over-sign',
      member,
      label: homeIn(say).label,
      defects: 2,
      score: null,
    },
    'hand-over-sign-rated': {
      kind: 'hand-over-sign',
      member,
      label: homeIn(say).label,
      defects: 0,
      score: 5,
    },
  };
}

function keptIn(say: Say): ScreenOf<'shortlist'>['units'] {
  const one = (n: number, price: number, isOpen: boolean) => ({
    id: `u${n}`,
    project: say('锦上花城', 'Jinshang Garden'),
    name: say(`3 栋 ${n}`, `Tower 3 ${n}`),
    bedrooms: 3,
    halls: 2,
    baths: 2,
    floor: Math.floor(n / 100),
    area: 8_905,
    facing: say('南北通透', 'South and north'),
    pricePerM2: Math.round((price * 100) / 8_905),
    price,
    state: isOpen
      ? { name: say('可售', 'Available'), colour: '#2e7d5b', pattern: 'plain' as const, open: true }
      : { name: say('认购', 'Reserved'), colour: '#b4741e', pattern: 'stripes' as const, open: false },
    adverse: 2,
  });
  return [
    one(1803, 268_500_000, true),
    one(1102, 251_200_000, true),
    one(2601, 289_900_000, false),
    one(905, 246_000_000, true),
  ];
}

function homeIn(say: Say): Home {
  return {
    unit: 'milan-301',
    label: say('四季花城米兰苑301', 'Four Seasons, Milan Court 301'),
    purchase: {
      stage: 'mortgage',
      reached: [
        { stage: 'subscription', on: '2026-09-05' },
        { stage: 'signing', on: '2026-09-21' },
        { stage: 'mortgage', on: '2026-10-18' },
        { stage: 'registration', on: null },
        { stage: 'title', on: null },
      ],
      payment: say('按揭（首付三成）', 'Mortgage (30 % down)'),
      total: 268_500_000,
      paid: 80_550_000,
      dues: [
        { what: say('二期款', 'Second instalment'), amount: 26_850_000, by: '2026-11-10', isLate: true },
        {
          what: say('维修基金与契税', 'Repair fund and deed tax'),
          amount: 3_680_000,
          by: '2027-02-24',
          isLate: false,
        },
      ],
      nextDocument: say('收入证明与银行流水', 'Proof of income and bank statements'),
    },
    care: {
      step: 'building-visits',
      steps: [...careSteps],
      next: { on: '2026-11-28', what: say('工地开放日与工程进度通报', 'A visit to the site') },
    },
    handOver: null,
  };
}

function invitedIn(say: Say): NonNullable<Home['handOver']> {
  return {
    day: '2026-11-21',
    isToday: true,
    from: at('08:30'),
    to: at('18:00'),
    place: say('四季花城会所一楼交付大厅', 'Hand-over hall, ground floor of the clubhouse'),
    number: null,
    isSigned: false,
  };
}

function handOverShows(say: Say): Record<string, Screen> {
  const { place, from, to } = invitedIn(say);
  const arrived: HandOver = {
    kind: 'hand-over',
    member: memberIn(say),
    unit: 'milan-301',
    label: homeIn(say).label,
    place,
    from,
    to,
    number: 'H01-012',
    ahead: 3,
    asOf: at('14:32'),
    defects: [
      {
        number: 'H01-482917',
        label: say(
          '四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏',
          'Milan 301 – Bathroom – Ceiling – Leak',
        ),
        isWaiting: false,
      },
      {
        number: 'H01-102938',
        label: say('四季花城米兰苑301-主卧-墙面-开裂', 'Milan 301 – Bedroom – Wall – Crack'),
        isWaiting: true,
      },
    ],
    signed: null,
    slip: 'printed',
  };
  return {
    'hand-over': { ...arrived, number: null, ahead: null, defects: [], slip: 'none' },
    'hand-over-arrived': arrived,
    'hand-over-next': { ...arrived, ahead: 0, defects: [], slip: 'none' },
    'hand-over-called': { ...arrived, ahead: 0, turn: 'called' },
    'hand-over-missed': { ...arrived, ahead: 0, turn: 'missed', defects: [] },
    'hand-over-signed': { ...arrived, signed: 'accepted-with-defects' },
  };
}
