// The demo's believable property developer, the same for the same seed and day.
import type { DeveloperFile } from '../../sync/headquarters/developer-file.ts';
import { maskName } from '../../sync/headquarters/mask.ts';
import { shippedLibrary, shippedPlaces } from '../../sync/headquarters/service/library/shipped-library.ts';
import { layouts } from './developer/layouts.ts';
import { makeMembers } from './developer/people.ts';
import {
  makeProgramme,
  notListedIndex,
  todaySessionPrefix,
  tomorrowOnlyIndex,
} from './developer/programme.ts';
import { type DemoBuilding, type DemoProject, projects, states } from './developer/projects.ts';
import { makeRandom, type Random } from './developer/random.ts';
import { makeSales } from './developer/sales.ts';

type BoardRows = DeveloperFile['board'];
type Unit = Extract<BoardRows[number], { kind: 'unit' }>;

const levels: DeveloperFile['levels'] = [
  {
    kind: 'level',
    code: 'basic',
    name: { zh: '普卡', en: 'Basic' },
    from: 0,
    benefit: { zh: '会员活动优先报名，生日祝福', en: 'Early booking of events, a birthday greeting' },
  },
  {
    kind: 'level',
    code: 'silver',
    name: { zh: '银卡', en: 'Silver' },
    from: 200,
    benefit: { zh: '活动茶歇券，商户九五折', en: 'Tea voucher at events, 5 % off in our shops' },
  },
  {
    kind: 'level',
    code: 'gold',
    name: { zh: '金卡', en: 'Gold' },
    from: 1_000,
    benefit: {
      zh: '活动前排座位，伴手礼，购房九九折',
      en: 'Front seats and a gift at events, 1 % off a home',
    },
    discount: 100,
  },
  {
    kind: 'level',
    code: 'diamond',
    name: { zh: '钻石卡', en: 'Diamond' },
    from: 5_000,
    benefit: { zh: '贵宾席，专属管家，购房九八折', en: 'Front row, a personal host, 2 % off a home' },
    discount: 200,
  },
];

const firstEdition = {
  kind: 'edition',
  number: 1,
  note: { zh: '演示分类库', en: 'Demo library' },
} as const;

/** @param today any instant of the local day (Asia/Shanghai) on which the demo runs */
export function makeDeveloper(seed: number, today: Date): DeveloperFile {
  const random = makeRandom(seed);
  const units = projects.flatMap((project) =>
    project.buildings.flatMap((building) => makeUnits(random, project, building)),
  );
  const sold = units.filter(({ state }) => state === 'sold');
  // 四季花城米兰苑301 belongs to the first member: the library's example is about it
  const homes = [
    ...sold.filter(({ id }) => id === 'milan-301'),
    ...sold.filter(({ id }) => id !== 'milan-301'),
  ];
  const members = makeMembers(random, today, homes, homeLabel);
  return {
    v: 1,
    regions: [
      {
        id: 'shenzhen',
        name: { zh: '深圳公司', en: 'Shenzhen' },
        projects: projects.slice(0, 2).map(({ id }) => id),
      },
      {
        id: 'regional',
        name: { zh: '区域公司', en: 'Regional' },
        projects: projects.slice(2).map(({ id }) => id),
      },
    ],
    board: [
      ...states.map((state, order) => ({ kind: 'state' as const, ...state, order })),
      ...projects.map(({ basePricePerM2: _price, buildings: _buildings, ...project }) => ({
        kind: 'project' as const,
        ...project,
        highlights: [...project.highlights],
        adverse: [...project.adverse],
      })),
      ...projects.flatMap((project) =>
        project.buildings.map(({ id, name, floors, columns }, index) => ({
          kind: 'building' as const,
          id,
          project: project.id,
          name,
          floors,
          columns,
          licence: `深房许字(${today.getUTCFullYear() - 1})${project.district.zh.slice(0, 2)}${String(index + 11).padStart(3, '0')}号`,
        })),
      ),
      ...layouts.map((layout) => ({ kind: 'layout' as const, ...layout, plan: [...layout.plan] })),
      ...units,
    ],
    library: [...shippedLibrary(), ...projects.flatMap(({ id }) => shippedPlaces(id)), firstEdition],
    levels,
    members,
    staff: [
      {
        name: '刘敏',
        project: null,
        cards: [
          { technology: 'em4100', number: staffPlastic.number },
          { technology: 'iso14443', number: staffPlastic.uid },
          { technology: 'magstripe', number: staffPlastic.stripe },
        ],
      },
    ],
    ...makeProgramme(today, members),
    sales: makeSales(today, units, members),
  };
}

/** A card of the lab's deck. */
export interface DemoCard {
  /** for URLs */
  readonly name: string;
  /** for people: whose it is, masked, and what a swipe will do */
  readonly label: { readonly zh: string; readonly en: string };
  /** EM4100, 10 upper-case hex digits */
  readonly number: string;
  /** ISO 14443, 8 upper-case hex digits */
  readonly uid: string;
  /** 12 digits of the club's own */
  readonly stripe: string;
  /** `active` cards check in today; the others say why not */
  readonly state:
    | 'active'
    | 'blocked'
    | 'lost'
    | 'expired'
    | 'not-on-list'
    | 'wrong-day'
    | 'unknown'
    | 'staff';
  readonly pin: string | null;
  /** null for a card that nobody has */
  readonly member: string | null;
  /** as the terminal shows it */
  readonly maskedName: string | null;
}

/** What a swipe will do, written on the card besides the masked name. */
const remarks = {
  active: { zh: '今日名单', en: 'on the list today' },
  blocked: { zh: '已停用', en: 'blocked card' },
  lost: { zh: '已挂失', en: 'reported lost' },
  expired: { zh: '已过期', en: 'expired' },
  'not-on-list': { zh: '不在名单', en: 'not on the list' },
  'wrong-day': { zh: '明天的场次', en: "tomorrow's session" },
  unknown: { zh: '不认识的卡', en: 'a card nobody knows' },
  staff: { zh: '员工卡', en: 'a staff card' },
} as const;

/** Of the site's own people: opens the staff view, and vouches for who joins. */
const staffPlastic = { number: '0A5AFF0001', uid: '045AFF01', stripe: '888877777777' } as const;

const nobody = { pin: null, member: null, maskedName: null } as const;

/** First three active members of today's list, then one of each refusal, then more active ones. */
export function demoCards(file: DeveloperFile): DemoCard[] {
  const today = file.sessions.find(({ id }) => id.startsWith(todaySessionPrefix))?.id;
  const listed = new Set(file.rosters.filter(({ session }) => session === today).map(({ member }) => member));
  const withCard = file.members.flatMap((member) => {
    const [card] = member.cards;
    return card ? [{ member, card }] : [];
  });
  const deckCard = (
    name: string,
    state: DemoCard['state'],
    found: (typeof withCard)[number] | undefined,
  ): DemoCard => {
    if (!found) throw new Error(`the developer has no ${name} card`);
    const { member, card } = found;
    const { id, pin = null } = member;
    const maskedName = maskName(member.name);
    const numberOf = (technology: string) =>
      member.cards.find((each) => each.technology === technology)?.number ?? '';
    const numbers = { number: card.number, uid: numberOf('iso14443'), stripe: numberOf('magstripe') };
    const label = { zh: `${maskedName} · ${remarks[state].zh}`, en: `${maskedName} · ${remarks[state].en}` };
    return { name, label, ...numbers, state, pin, member: id, maskedName };
  };
  const active = withCard.filter(({ member, card }) => card.state === 'active' && listed.has(member.id));
  const slugs = ['wang-fang', 'li-xiaoming', 'chen-yutong'];
  const byState = (state: string) => withCard.find(({ card }) => card.state === state);
  return [
    ...slugs.map((slug, index) => deckCard(slug, 'active', active[index])),
    deckCard('blocked', 'blocked', byState('blocked')),
    deckCard('lost', 'lost', byState('lost')),
    deckCard('expired', 'expired', byState('expired')),
    deckCard('not-on-list', 'not-on-list', withCard[notListedIndex]),
    deckCard('wrong-day', 'wrong-day', withCard[tomorrowOnlyIndex]),
    {
      name: 'unknown',
      label: remarks.unknown,
      number: '01DEADBEEF',
      uid: '04ADBEEF',
      stripe: '888899999999',
      state: 'unknown',
      ...nobody,
    },
    {
      name: 'staff',
      label: remarks.staff,
      ...staffPlastic,
      state: 'staff',
      ...nobody,
    },
    ...active.slice(3, 27).map((found) => deckCard(found.member.id, 'active', found)),
  ];
}

function makeUnits(random: Random, project: DemoProject, building: DemoBuilding): Unit[] {
  const { id, floors, columns, progress } = building;
  return Array.from({ length: floors * columns }, (_, index): Unit => {
    const floor = Math.floor(index / columns) + 1;
    const column = (index % columns) + 1;
    const number = `${floor}${String(column).padStart(2, '0')}`;
    const layout = layouts.find((one) => one.id === building.layouts[(column - 1) % building.layouts.length]);
    if (!layout) throw new Error(`building ${id} names a layout that is not there`);
    const isCorner = column === 1 || column === columns;
    // higher is dearer by 0.35 % a floor, the fourth is not loved, a corner catches more sun
    const factor = (1 + floor * 0.0035) * (floor % 10 === 4 ? 0.985 : 1) * (isCorner ? 1.03 : 1);
    const price = Math.round((project.basePricePerM2 * factor * layout.area) / 100 / 1_000_00) * 1_000_00;
    return {
      kind: 'unit',
      id: `${id}-${number}`,
      project: project.id,
      building: id,
      floor,
      column,
      number,
      layout: layout.id,
      state: `${id}-${number}` === 'milan-301' ? 'sold' : stateOf(random, progress, floor),
      facing: isCorner ? { zh: '南北通透', en: 'South and north' } : { zh: '朝南', en: 'South' },
      area: layout.area,
      pricePerM2: Math.round((price * 100) / layout.area),
      price,
    };
  });
}

function stateOf(random: Random, progress: number, floor: number): string {
  if (floor === 1)
    return random.weighted([
      ['notForSale', 3],
      ['withheld', 1],
      ['available', 2],
    ]);
  if (random.next() < progress)
    return random.weighted([
      ['sold', 62],
      ['signed', 24],
      ['subscribed', 14],
    ]);
  return random.weighted([
    ['available', 76],
    ['held', 12],
    ['withheld', 12],
  ]);
}

function homeLabel(unit: Unit): { zh: string; en: string } {
  const project = projects.find(({ id }) => id === unit.project);
  const building = project?.buildings.find(({ id }) => id === unit.building);
  return {
    zh: `${project?.name.zh ?? ''}${building?.name.zh ?? ''}${unit.number}`,
    en: `${project?.name.en ?? ''}, ${building?.name.en ?? ''} ${unit.number}`,
  };
}
