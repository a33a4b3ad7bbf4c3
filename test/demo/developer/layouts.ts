// The demo developer's floor plans: rooms as rectangles in centimetres that fill their outline without overlap.
import type { Words } from '../../../sync/contract/ids.ts';

interface Room {
  readonly name: Words;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
export interface DemoLayout {
  readonly id: string;
  readonly project: string;
  readonly name: Words;
  readonly bedrooms: number;
  readonly halls: number;
  readonly baths: number;
  /** sold area in 0.01 m²: the rooms and the share of stairs and lifts */
  readonly area: number;
  readonly plan: readonly Room[];
}

const rooms = {
  living: { zh: '客厅', en: 'Living room' },
  dining: { zh: '餐厅', en: 'Dining room' },
  master: { zh: '主卧', en: 'Master bedroom' },
  second: { zh: '次卧', en: 'Bedroom 2' },
  third: { zh: '儿童房', en: "Children's room" },
  fourth: { zh: '客卧', en: 'Guest room' },
  study: { zh: '书房', en: 'Study' },
  kitchen: { zh: '厨房', en: 'Kitchen' },
  bath: { zh: '卫生间', en: 'Bathroom' },
  ensuite: { zh: '主卫', en: 'En-suite' },
  entrance: { zh: '玄关', en: 'Entrance' },
  corridor: { zh: '过道', en: 'Corridor' },
  balcony: { zh: '阳台', en: 'Balcony' },
  utility: { zh: '生活阳台', en: 'Utility balcony' },
} as const;
/** What of the sold area lies inside the flat; the rest is its share of stairs and lifts. */
const insideShare = 0.8;
type RoomName = keyof typeof rooms;

/** One strip of the plan from north to south: its depth and its rooms from west to east with their widths. */
type Strip = readonly [depth: number, ...cells: readonly (readonly [RoomName, number])[]];

export const layouts: readonly DemoLayout[] = [
  layout(
    'siji-a',
    'siji',
    'A',
    '89',
    [3, 2, 2],
    [
      [330, ['third', 280], ['bath', 190], ['kitchen', 240], ['entrance', 210]],
      [120, ['corridor', 470], ['dining', 450]],
      [300, ['second', 280], ['ensuite', 190], ['dining', 450]],
      [360, ['master', 470], ['living', 450]],
      [150, ['utility', 470], ['balcony', 450]],
    ],
  ),
  layout(
    'siji-b',
    'siji',
    'B',
    '76',
    [2, 2, 1],
    [
      [300, ['kitchen', 240], ['bath', 200], ['entrance', 360]],
      [320, ['second', 320], ['dining', 480]],
      [380, ['master', 360], ['living', 440]],
      [140, ['utility', 360], ['balcony', 440]],
    ],
  ),
  layout(
    'siji-c',
    'siji',
    'C',
    '62',
    [2, 1, 1],
    [
      [260, ['kitchen', 220], ['bath', 190], ['entrance', 270]],
      [300, ['second', 290], ['dining', 390]],
      [350, ['master', 320], ['living', 360]],
      [130, ['balcony', 680]],
    ],
  ),
  layout(
    'siji-d',
    'siji',
    'D',
    '128',
    [4, 2, 2],
    [
      [330, ['fourth', 300], ['study', 260], ['kitchen', 290], ['entrance', 250]],
      [130, ['corridor', 560], ['dining', 540]],
      [320, ['second', 300], ['bath', 260], ['dining', 540]],
      [400, ['master', 300], ['ensuite', 260], ['living', 540]],
      [160, ['utility', 560], ['balcony', 540]],
    ],
  ),
  layout(
    'yun-a',
    'yunshan',
    'A',
    '143',
    [4, 2, 2],
    [
      [340, ['fourth', 320], ['bath', 240], ['kitchen', 320], ['entrance', 320]],
      [140, ['corridor', 560], ['dining', 640]],
      [330, ['second', 320], ['ensuite', 240], ['dining', 640]],
      [420, ['master', 420], ['third', 280], ['living', 500]],
      [160, ['utility', 420], ['balcony', 780]],
    ],
  ),
  layout(
    'yun-b',
    'yunshan',
    'B',
    '105',
    [3, 2, 2],
    [
      [320, ['third', 290], ['bath', 210], ['kitchen', 260], ['entrance', 240]],
      [130, ['corridor', 500], ['dining', 500]],
      [310, ['second', 290], ['ensuite', 210], ['dining', 500]],
      [390, ['master', 500], ['living', 500]],
      [150, ['utility', 500], ['balcony', 500]],
    ],
  ),
  layout(
    'yun-c',
    'yunshan',
    'C',
    '168',
    [4, 2, 2],
    [
      [360, ['fourth', 340], ['bath', 240], ['study', 280], ['kitchen', 340], ['entrance', 200]],
      [150, ['corridor', 860], ['dining', 540]],
      [340, ['second', 340], ['ensuite', 240], ['third', 280], ['dining', 540]],
      [440, ['master', 520], ['living', 880]],
      [170, ['utility', 520], ['balcony', 880]],
    ],
  ),
  layout(
    'river-a',
    'binjiang',
    'A',
    '98',
    [3, 2, 2],
    [
      [310, ['third', 280], ['bath', 200], ['kitchen', 260], ['entrance', 220]],
      [120, ['corridor', 480], ['dining', 480]],
      [310, ['second', 280], ['ensuite', 200], ['dining', 480]],
      [380, ['master', 480], ['living', 480]],
      [160, ['balcony', 960]],
    ],
  ),
  layout(
    'river-b',
    'binjiang',
    'B',
    '73',
    [2, 2, 1],
    [
      [290, ['kitchen', 240], ['bath', 190], ['entrance', 330]],
      [310, ['second', 300], ['dining', 460]],
      [370, ['master', 340], ['living', 420]],
      [140, ['balcony', 760]],
    ],
  ),
  layout(
    'river-c',
    'binjiang',
    'C',
    '121',
    [3, 2, 2],
    [
      [330, ['study', 300], ['bath', 220], ['kitchen', 300], ['entrance', 260]],
      [130, ['corridor', 520], ['dining', 560]],
      [330, ['second', 300], ['ensuite', 220], ['dining', 560]],
      [410, ['third', 260], ['master', 320], ['living', 500]],
      [160, ['utility', 580], ['balcony', 500]],
    ],
  ),
];

function layout(
  id: string,
  project: string,
  letter: string,
  squareMetres: string,
  [bedrooms, halls, baths]: readonly [number, number, number],
  strips: readonly Strip[],
): DemoLayout {
  return {
    id,
    project,
    name: {
      zh: `${letter} 户型 ${squareMetres} 平 ${bedrooms} 房 ${halls} 厅`,
      en: `Type ${letter}, ${squareMetres} m², ${bedrooms} bedrooms`,
    },
    bedrooms,
    halls,
    baths,
    area: Number(squareMetres) * 100,
    plan: scaleTo(joinDepths(strips), Number(squareMetres) * 10_000 * insideShare),
  };
}

/** A room that continues in the next strip at the same place is one room. */
function joinDepths(strips: readonly Strip[]): Room[] {
  const plan: Room[] = [];
  let y = 0;
  for (const [depth, ...cells] of strips) {
    let x = 0;
    for (const [name, width] of cells) {
      const above = plan.findIndex(
        (room) => room.name === rooms[name] && room.x === x && room.w === width && room.y + room.h === y,
      );
      const old = plan[above];
      if (old) plan[above] = { ...old, h: old.h + depth };
      else plan.push({ name: rooms[name], x, y, w: width, h: depth });
      x += width;
    }
    y += depth;
  }
  return plan;
}

/** Scales the edges, not the rooms, so that they still meet to the centimetre. */
function scaleTo(plan: readonly Room[], cm2: number): Room[] {
  const scale = Math.sqrt(cm2 / plan.reduce((sum, { w, h }) => sum + w * h, 0));
  const at = (edge: number): number => Math.round(edge * scale);
  return plan.map(({ name, x, y, w, h }) => ({
    name,
    x: at(x),
    y: at(y),
    w: at(x + w) - at(x),
    h: at(y + h) - at(y),
  }));
}
