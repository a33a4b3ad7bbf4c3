// The demo developer's events: one open today all day, one tomorrow, one past, one next week, with their lists.
import type { DeveloperFile } from '../../../sync/headquarters/developer-file.ts';

type Rosters = DeveloperFile['rosters'];
type Words = NonNullable<Rosters[number]['treatment']>;

/** The site whose events these are: the demo terminal stands here. */
export const demoProject = 'siji';
/** What the id of the session that is open today starts with; the local day follows. */
export const todaySessionPrefix = 'open-day-';
export const tomorrowSessionPrefix = 'kites-';

/** The one member on no list of these days, and the one who is listed for tomorrow only. */
export const notListedIndex = 8;
export const tomorrowOnlyIndex = 9;

const dayMs = 86_400_000;
/** China has one zone and no summer time. */
const zoneMs = 8 * 3_600_000;

interface Plan {
  readonly id: string;
  readonly name: Words;
  readonly place: Words;
  readonly project: string | null;
  readonly session: Words;
  /** from today */
  readonly day: number;
  readonly fromHour: number;
  readonly toHour: number;
  readonly points: number;
  readonly isListed: (index: number) => boolean;
  /** what else the session says: places, sign-up, treatments */
  readonly more?: Partial<DeveloperFile['sessions'][number]>;
}

const plans: readonly Plan[] = [
  {
    id: 'open-day',
    name: { zh: '四季花城业主开放日', en: 'Four Seasons owners’ open day' },
    place: { zh: '四季花城会所', en: 'Four Seasons clubhouse' },
    project: demoProject,
    session: { zh: '全天场', en: 'All day' },
    day: 0,
    fromHour: 0,
    toHour: 24,
    points: 20,
    isListed: (index) => index !== notListedIndex && index !== tomorrowOnlyIndex && index % 11 !== 10,
  },
  {
    id: 'kites',
    name: { zh: '亲子风筝节', en: 'Family kite festival' },
    place: { zh: '四季花城中央草坪', en: 'Four Seasons central lawn' },
    project: demoProject,
    session: { zh: '上午场', en: 'Morning' },
    day: 1,
    fromHour: 9,
    toHour: 12,
    points: 20,
    isListed: (index) => index === tomorrowOnlyIndex || (index % 3 === 1 && index !== notListedIndex),
  },
  {
    id: 'harvest',
    name: { zh: '邻里长桌宴', en: 'Neighbours’ long table' },
    place: { zh: '四季花城商业街', en: 'Four Seasons shopping street' },
    project: demoProject,
    session: { zh: '晚宴', en: 'Dinner' },
    day: -8,
    fromHour: 17,
    toHour: 21,
    points: 20,
    isListed: (index) => index % 4 === 0,
  },
  {
    id: 'concert',
    name: { zh: '云山露天音乐会', en: 'Cloudhill open-air concert' },
    place: { zh: '云山观邸半山平台', en: 'Cloudhill terrace' },
    project: null,
    session: { zh: '首演', en: 'First night' },
    day: 7,
    fromHour: 19,
    toHour: 22,
    points: 30,
    isListed: (index) => index % 5 === 2,
    more: {
      signUp: true,
      quota: 106,
      treatments: {
        gold: { zh: '前排座位', en: 'Front seats' },
        diamond: { zh: '贵宾席 · 专属管家', en: 'Front row and a personal host' },
      },
    },
  },
];

export function makeProgramme(
  today: Date,
  members: DeveloperFile['members'],
): Pick<DeveloperFile, 'events' | 'sessions' | 'rosters'> {
  const midnight = Math.floor((today.getTime() + zoneMs) / dayMs) * dayMs - zoneMs;
  const sessionOf = (plan: Plan): string => {
    const local = new Date(midnight + plan.day * dayMs + zoneMs).toISOString().slice(0, 10);
    return `${plan.id}-${local.replaceAll('-', '')}`;
  };
  const instant = (plan: Plan, hour: number): string =>
    new Date(midnight + plan.day * dayMs + hour * 3_600_000).toISOString();
  // who begins late in the evening still has an open day after midnight
  const isLate = today.getTime() - midnight >= 22 * 3_600_000;
  const endOf = (plan: Plan): string =>
    instant(plan, plan.day === 0 && isLate ? plan.toHour + 8 : plan.toHour);
  return {
    events: plans.map(({ id, name, place, project }) => ({ kind: 'event', id, name, place, project })),
    sessions: plans.map((plan) => ({
      kind: 'session',
      id: sessionOf(plan),
      event: plan.id,
      name: plan.session,
      opensAt: instant(plan, plan.fromHour),
      endsAt: endOf(plan),
      points: plan.points,
      ...plan.more,
    })),
    rosters: plans.flatMap((plan) =>
      members.flatMap((member, index) =>
        plan.isListed(index)
          ? [{ session: sessionOf(plan), member: member.id, treatment: treatmentOf(member) }]
          : [],
      ),
    ),
  };
}

/** What the house does for its best members: the list is drawn up from the points they have. */
function treatmentOf({ ledger }: DeveloperFile['members'][number]): Words | null {
  const points = ledger.reduce((sum, entry) => sum + Math.max(0, entry.points), 0);
  if (points >= 5_000) return { zh: '贵宾席 · 专属管家 · 伴手礼', en: 'Front row, personal host and a gift' };
  if (points >= 1_000) return { zh: '前排座位 · 伴手礼', en: 'Front seats and a gift' };
  if (points >= 200) return { zh: '茶歇券一张', en: 'A voucher for tea' };
  return null;
}
