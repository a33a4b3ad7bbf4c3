// A board to search in: 100,000 homes under 1,500 names, and the queries that people would ask of it. From one seed.
import type { BoardQuery } from '../../kiosk/search/board-query.ts';
import type { BoardRow } from '../../sync/contract/board.ts';
import { withPinyin } from '../../sync/headquarters/sales/name-pinyin.ts';

const projects = 1_500;
const [firsts, seconds, ends] = [
  '万科 华润 保利 金地 龙湖 招商 中海 绿城 远洋 首开 融创 阳光 滨江 世茂 朗诗'.split(' '),
  '四季 翡翠 香蜜 云山 御景 天鹅 公园 和平 长安 重庆 朝阳 银湖 观澜 24城 乐山 𠮷祥'.split(' '),
  '花城 大厦 名苑 花园 华府 国际 雅居 新村 半岛 家园'.split(' '),
];
const districts = '南山 福田 罗湖 龙岗 宝安 盐田 光明 坪山 龙华 大鹏'.split(' ');
const facings = '南 北 东 西 东南 西南 东北 西北'.split(' ');
const states = ['available', 'held', 'subscribed', 'signed', 'sold', 'withheld', 'notForSale'];

/** Uniform, the same for everybody: mulberry32. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

export function searchRows(units: number): BoardRow[] {
  const below = seeded(4);
  const rows: object[] = states.map((code, order) => ({ kind: 'state', code, order }));
  for (let p = 0; p < projects; p += 1) {
    const id = `p${String(p).padStart(4, '0')}`;
    const district = oneOf(districts, below);
    rows.push({ kind: 'project', id, name: words(nameOf(p)), district: words(district) });
    for (const bedrooms of [1, 2, 3, 4]) {
      const rooms = { bedrooms, halls: bedrooms > 1 ? 2 : 1, baths: bedrooms > 2 ? 2 : 1 };
      rows.push({ kind: 'layout', id: `${id}-${bedrooms}`, project: id, ...rooms });
    }
    const count = Math.floor(((p + 1) * units) / projects) - Math.floor((p * units) / projects);
    for (const n of [1, 2]) {
      rows.push({ kind: 'building', id: `${id}b${n}`, project: id, name: words(`${n}栋`) });
    }
    for (let n = 0; n < count; n += 1) rows.push(unitOf(id, n, below));
  }
  return withPinyin(rows as BoardRow[]);
}

/** Characters, initials and pinyin of names that there are, numbers, filters, and all of them together. */
export function searchQueries(count: number, rows: readonly BoardRow[]): BoardQuery[] {
  const below = seeded(5);
  const names = rows.flatMap((row) => (row.kind === 'project' ? [row.name] : []));
  return Array.from({ length: count }, (_, n) => {
    const { zh, pinyin = '' } = oneOf(names, below);
    const syllables = pinyin.split(' ');
    const from = below(Math.max(1, syllables.length - 2));
    const start = below(Math.max(1, [...zh].length - 3));
    const letters = [...zh].slice(start, start + 3);
    const texts = [
      letters.slice(0, 2).join(''),
      letters.join(''),
      syllables
        .slice(from, from + 3)
        .map((syllable) => syllable[0])
        .join(''),
      syllables
        .slice(from, from + 2)
        .join('')
        .slice(0, -1),
      `${letters.slice(0, 2).join('')} ${oneOf(districts, below)}`,
      `${1 + below(30)}0`,
      '',
    ];
    const isFiltered = n % 2 === 1 || texts[n % texts.length] === '';
    return {
      text: texts[n % texts.length] ?? '',
      only: isFiltered
        ? {
            state: ['available', 'held'],
            bedrooms: [`${1 + below(4)}`],
            ...(n % 3 === 0 ? { facing: ['南', '东南'] } : {}),
          }
        : {},
      within: isFiltered && n % 4 === 1 ? { price: { from: 100_000_000, to: 300_000_000 } } : {},
      sort: 'place',
      isDescending: false,
      offset: 0,
      limit: 20,
    } satisfies BoardQuery;
  });
}

function nameOf(p: number): string {
  const first = firsts[p % firsts.length] ?? '';
  const second = seconds[Math.floor(p / firsts.length) % seconds.length] ?? '';
  return first + second + (ends[Math.floor(p / (firsts.length * seconds.length)) % ends.length] ?? '');
}

function unitOf(project: string, n: number, below: (n: number) => number): object {
  const [floor, column] = [1 + (n >>> 2), 1 + (n % 4)];
  const building = `${project}b${1 + (n % 2)}`;
  const number = `${floor}0${column}`;
  const bedrooms = 1 + below(4);
  const area = 3_000 + bedrooms * 2_000 + below(1_500);
  const pricePerM2 = 1_000_000 + below(3_000) * 1_000;
  return {
    kind: 'unit',
    id: `${building}-${number}`,
    project,
    building,
    floor,
    column,
    number,
    layout: `${project}-${bedrooms}`,
    state: oneOf(states, below),
    facing: { zh: oneOf(facings, below), en: '' },
    area,
    pricePerM2,
    price: Math.round((area * pricePerM2) / 100),
  };
}

function words(zh: string) {
  return { zh, en: '' };
}

function oneOf<T>(some: readonly T[], below: (n: number) => number): T {
  return some[below(some.length)] as T;
}
