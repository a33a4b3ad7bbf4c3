// Believable screens of the visitor who looks at homes.
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { emptySearch, type SearchQuery } from '../../kiosk/search-screen.ts';
import { at, type Say, sayIn } from './show-frame.ts';

const approvedAt = at('09:00');
const tower = { floors: 33, columns: 8 };

const statesIn = (say: Say): readonly Omit<ScreenOf<'board'>['legend'][number], 'count'>[] => [
  { code: 'available', name: say('可售', 'Available'), colour: '#2e7d5b', pattern: 'plain', open: true },
  { code: 'held', name: say('预留', 'Held'), colour: '#8a6a1f', pattern: 'dots', open: false },
  { code: 'subscribed', name: say('认购', 'Subscribed'), colour: '#b5642a', pattern: 'stripes', open: false },
  { code: 'signed', name: say('签约', 'Signed'), colour: '#8c3a5b', pattern: 'cross', open: false },
  { code: 'sold', name: say('已售', 'Sold'), colour: '#5a5f66', pattern: 'solid', open: false },
  { code: 'withheld', name: say('销控', 'Withheld'), colour: '#47618c', pattern: 'grid', open: false },
  { code: 'notForSale', name: say('不售', 'Not for sale'), colour: '#7a7a72', pattern: 'empty', open: false },
];
/** Layout of a floor by column: bedrooms and area in 0.01 m². */
const layouts = [
  [3, 12_860],
  [2, 8_936],
  [3, 10_512],
  [1, 5_240],
  [1, 5_240],
  [3, 10_512],
  [2, 8_936],
  [4, 14_318],
] as const;

const highlightsIn = (say: Say): string[] => [
  say('地铁 2 号线人民路站 350 米', '350 m to metro line 2, Renmin Road'),
  say('中央花园 1.2 万平方米，人车分流', 'Central garden of 12,000 m², free of cars'),
  say('市实验小学对口学区', 'In the district of the city’s model school'),
];

const adverseIn = (say: Say) => [
  {
    title: say('北侧高架道路', 'Elevated road to the north'),
    detail: say(
      '项目北侧 120 米为三环高架，高峰时段 1–12 层北向房间可能听到车辆噪声。',
      'The third ring road passes 120 m to the north; rooms facing north on floors 1–12 may hear traffic at peak times.',
    ),
    distanceM: 120,
  },
  {
    title: say('生活垃圾转运站', 'Waste transfer station'),
    detail: say(
      '东南方向 640 米，每日 5:00–7:00 作业，夏季可能有异味。',
      'To the south-east, works 5:00–7:00 daily; may smell in summer.',
    ),
    distanceM: 640,
  },
  {
    title: say('110 千伏变电站', '110 kV substation'),
    detail: say('西侧 850 米，已通过环境影响评价。', 'To the west; its environmental assessment was passed.'),
    distanceM: 850,
  },
];

const buildingsIn = (say: Say): ScreenOf<'buildings'>['buildings'] =>
  [1, 2, 3, 5].map((n, i) => ({
    id: `b${n}`,
    name: say(`${n} 号楼`, `Tower ${n}`),
    floors: i === 1 ? 28 : 33,
    open: [12, 0, 54, 20][i] ?? 0,
    total: [132, 112, 264, 132][i] ?? 132,
  }));

export function boardIn(say: Say): ScreenOf<'board'> {
  const states = statesIn(say);
  const cells = Array.from({ length: tower.floors * tower.columns }, (_, i) => {
    const floor = Math.floor(i / tower.columns) + 1;
    const column = (i % tower.columns) + 1;
    const [bedrooms, area] = layouts[column - 1] ?? layouts[0];
    // an even spread without chance: the same picture on every run
    const spread = (i * 37 + floor * 11) % 19;
    const state = states[spread < 7 ? 4 : spread < 11 ? 0 : (spread % 6) + 1];
    return {
      id: `u${floor}-${column}`,
      floor,
      column,
      number: `${floor}${String(column).padStart(2, '0')}`,
      state: state?.code ?? 'sold',
      bedrooms,
      area,
      price: area * (21_500 + floor * 120),
      facing: column < 4 ? say('南', 'South') : column < 6 ? say('东南', 'South-east') : say('北', 'North'),
    };
  });
  return {
    kind: 'board',
    approvedAt,
    project: { id: 'jinshang', name: say('锦上花城', 'Jinshang Garden') },
    building: {
      id: 'b3',
      name: say('3 号楼', 'Tower 3'),
      licence: say('蓉预售 2026-0318', 'RYS 2026-0318'),
      ...tower,
    },
    buildings: buildingsIn(say).map(({ id, name, open }) => ({ id, name, open })),
    kept: ['u32-3', 'u26-1'],
    shortlist: 3,
    legend: states.map((s) => ({ ...s, count: cells.filter((cell) => cell.state === s.code).length })),
    bedrooms: [1, 2, 3, 4],
    cells,
  };
}

/** Every home of some buildings, each floors × columns. */
export function overviewIn(
  say: Say,
  sizes: readonly (readonly [floors: number, columns: number])[],
): NonNullable<ScreenOf<'buildings'>['overview']> {
  const states = statesIn(say);
  const buildings = sizes.map(([floors, columns], n) => ({
    columns,
    lowest: 1,
    cells: Array.from({ length: floors * columns }, (_, i) => {
      const spread = (i * 37 + Math.floor(i / columns) * 11 + n * 5) % 19;
      return 'abcdefg'[spread < 7 ? 4 : spread < 11 ? 0 : (spread % 6) + 1];
    }).join(''),
  }));
  const all = buildings.map(({ cells }) => cells).join('');
  return {
    legend: states.map((s, n) => ({ ...s, count: all.split('abcdefg'[n] ?? '').length - 1 })),
    buildings,
  };
}

export function unitIn(say: Say, slip: ScreenOf<'unit'>['slip']): ScreenOf<'unit'> {
  const [available] = statesIn(say);
  if (!available) throw new Error('the gallery has no state');
  return {
    kind: 'unit',
    approvedAt,
    project: { id: 'jinshang', name: say('锦上花城', 'Jinshang Garden') },
    building: { id: 'b3', name: say('3 号楼', 'Tower 3') },
    unit: {
      id: 'u18-3',
      number: '1803',
      floor: 18,
      floors: tower.floors,
      facing: say('南', 'South'),
      facingDegrees: 180,
      area: 10_512,
      pricePerM2: 2_366_000,
      price: 248_713_900,
      state: available,
    },
    layout: {
      name: 'C2',
      bedrooms: 3,
      halls: 2,
      baths: 2,
      plan: [
        { name: say('客厅', 'Living room'), x: 330, y: 420, w: 420, h: 480 },
        { name: say('餐厅', 'Dining'), x: 330, y: 150, w: 300, h: 270 },
        { name: say('厨房', 'Kitchen'), x: 630, y: 150, w: 300, h: 270 },
        { name: say('主卧', 'Bedroom 1'), x: 750, y: 420, w: 370, h: 480 },
        { name: say('次卧', 'Bedroom 2'), x: 0, y: 540, w: 330, h: 360 },
        { name: say('书房', 'Study'), x: 0, y: 240, w: 330, h: 300 },
        { name: say('主卫', 'Bath'), x: 930, y: 150, w: 190, h: 270 },
        { name: say('次卫', 'Bath'), x: 0, y: 0, w: 330, h: 240 },
        { name: say('阳台', 'Balcony'), x: 330, y: 900, w: 420, h: 150 },
      ],
    },
    highlights: highlightsIn(say),
    adverse: adverseIn(say),
    isKept: slip === 'printed',
    kept: slip === 'printed' ? 2 : 0,
    canKeep: true,
    qr: 'https://yingbin.example/u/jinshang/b3/1803',
    slip,
  };
}

function searchIn(say: Say, query: SearchQuery): ScreenOf<'search'> {
  const states = statesIn(say);
  return {
    kind: 'search',
    approvedAt,
    query: { ...query, text: query.states.length > 0 ? 'jshc' : query.text },
    isReady: true,
    total: 128,
    pages: 7,
    found: Array.from({ length: 20 }, (_, n) => ({
      project: 'jinshang',
      building: 'b3',
      unit: `u${n}-3`,
      place: say(`锦上花城 ${1 + (n % 5)} 号楼`, `Jinshang Garden Tower ${1 + (n % 5)}`),
      district: say('锦江区', 'Jinjiang'),
      number: `${n + 2}03`,
      floor: n + 2,
      bedrooms: 3,
      area: 10_512,
      price: 226_000_000 + n * 1_250_000,
      state: states[query.states.length > 0 ? 0 : n % states.length] ?? {
        name: '',
        colour: '',
        pattern: '',
        open: true,
      },
    })),
    districts: [
      { id: '锦江区', name: say('锦江区', 'Jinjiang'), count: 86 },
      { id: '高新区', name: say('高新区', 'Gaoxin'), count: 42 },
      { id: '天府新区', name: say('天府新区', 'Tianfu'), count: 0 },
    ],
    bedrooms: [1, 2, 3, 4].map((value) => ({ value, count: value === 1 ? 0 : 40 * value })),
    states: states.map(({ code, name }, n) => ({ id: code, name, count: 96 >> n })),
    facings: [
      ['南', 'South'],
      ['东南', 'South-east'],
      ['南北', 'North and south'],
      ['西', 'West'],
    ].map(([zh = '', en = ''], n) => ({ id: zh, name: say(zh, en), count: 66 - 22 * n })),
    bands: {
      price: bandsAt([100_000_000, 200_000_000, 300_000_000, 500_000_000], 0),
      area: bandsAt([6_000, 9_000, 12_000, 14_400], 0),
      floor: bandsAt([6, 12, 18, 30], 1),
    },
  };
}

const bandsAt = (ends: readonly number[], step: number) =>
  [null, ...ends].map((end, n) => ({
    from: end === null ? null : end + step,
    to: ends[n] ?? null,
    count: 12 * n,
  }));

const projectsIn = (say: Say): ScreenOf<'projects'>['projects'] => [
  {
    id: 'jinshang',
    name: say('锦上花城', 'Jinshang Garden'),
    district: say('锦江区', 'Jinjiang'),
    highlight: say('地铁旁的中央花园社区', 'A garden community beside the metro'),
    open: 86,
    total: 528,
    adverse: 3,
    fromPrice: 112_660_000,
  },
  {
    id: 'lanting',
    name: say('兰亭水岸', 'Orchid Waterside'),
    district: say('天府新区', 'Tianfu New Area'),
    highlight: say('临湖低密洋房，首排看水', 'Low houses on the lake, front row'),
    open: 31,
    total: 216,
    adverse: 2,
    fromPrice: 286_000_000,
  },
  {
    id: 'yunqi',
    name: say('云栖里', 'Cloud Rest'),
    district: say('高新区', 'High-tech Zone'),
    highlight: say('已全部认购，敬请期待二期', 'All taken; phase two is coming'),
    open: 0,
    total: 480,
    adverse: 1,
    fromPrice: null,
  },
];

export function boardScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  return {
    projects: { kind: 'projects', approvedAt, projects: projectsIn(say) },
    'projects-none': { kind: 'projects', approvedAt: null, projects: [] },
    buildings: {
      kind: 'buildings',
      approvedAt,
      project: {
        id: 'jinshang',
        name: say('锦上花城', 'Jinshang Garden'),
        district: say('锦江区', 'Jinjiang'),
        address: say('人民东路 188 号', '188 Renmin East Road'),
        phone: '028-8620 0301',
        highlights: highlightsIn(say),
        adverse: 3,
        adverseFacts: adverseIn(say),
      },
      buildings: buildingsIn(say),
      overview: overviewIn(say, [
        [33, 4],
        [28, 4],
        [33, 8],
        [33, 4],
      ]),
    },
    search: searchIn(say, { ...emptySearch, bedrooms: [3], states: ['available'] }),
    'search-typing': searchIn(say, emptySearch),
    'search-none': { ...searchIn(say, { ...emptySearch, text: 'xyz' }), total: 0, pages: 0, found: [] },
    'search-preparing': { ...searchIn(say, emptySearch), isReady: false, total: 0, pages: 0, found: [] },
    board: boardIn(say),
    'search-more': searchIn(say, {
      ...emptySearch,
      text: '锦上',
      facings: ['南'],
      area: { from: 9_000, to: 12_000 },
      floor: { from: 13, to: 18 },
    }),
    unit: unitIn(say, 'none'),
    'unit-printing': unitIn(say, 'printing'),
    'unit-waiting': unitIn(say, 'waiting'),
    'adverse-facts': {
      kind: 'adverse-facts',
      approvedAt,
      project: { id: 'jinshang', name: say('锦上花城', 'Jinshang Garden') },
      highlights: highlightsIn(say),
      adverse: adverseIn(say),
    },
  };
}
