// The index of the board against its oracle: the same homes, the same totals, the same counts, whatever is asked.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoardQuery, measures } from '../../../kiosk/search/board-query.ts';
import type { BoardRow } from '../../../sync/contract/board.ts';
import { boards, queries } from './board-arbitraries.ts';
import { type BruteFound, bruteSearch, eachFacet, ranges, wholeUnits } from './brute-search.ts';
import { builtIndex, rowSource } from './row-source.ts';

const everything: BoardQuery = {
  text: '',
  only: {},
  within: {},
  sort: 'place',
  isDescending: false,
  offset: 0,
  limit: 100,
};

/** What the index answers, laid out as the oracle does. */
function answersOf(rows: readonly BoardRow[]) {
  const { index } = builtIndex(rowSource(rows));
  return (query: BoardQuery): BruteFound => {
    const { total, units, counts, countsWithin } = index.search(query);
    return {
      total,
      units,
      counts: eachFacet(counts),
      within: measures.map((measure) => countsWithin(measure, ranges)),
    };
  };
}

describe('the index of the board', () => {
  it('SE1 answers as the oracle does, on any board and for any query', () => {
    fc.assert(
      fc.property(
        boards({ maxUnits: 40 }),
        fc.array(queries, { minLength: 8, maxLength: 8 }),
        (rows, asked) => {
          const units = wholeUnits(rows);
          const answer = answersOf(rows);
          for (const query of asked) expect(answer(query)).toEqual(bruteSearch(units, query));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('SE1 answers so on boards of thousands, where sets take all their forms', () => {
    fc.assert(
      fc.property(
        boards({ minUnits: 700, maxUnits: 1_000 }),
        fc.array(queries, { minLength: 20, maxLength: 20 }),
        (rows, asked) => {
          const units = wholeUnits(rows);
          const answer = answersOf(rows);
          for (const query of asked) expect(answer(query)).toEqual(bruteSearch(units, query));
        },
      ),
      { numRuns: 4 },
    );
  });
});

describe('what a visitor types', () => {
  const find = (text: string) => {
    const found = answersOf(town)({ ...everything, text });
    return [...new Set(found.units.map(({ project }) => project as string))];
  };

  it.each([
    ['四季', ['seasons']],
    ['花', ['seasons', 'harbour']],
    ['花港𠮷', ['harbour']],
    ['𠮷', ['harbour']],
    ['sjhc', ['seasons']],
    ['JH', ['seasons']],
    ['ｓｉｊｉ', ['seasons']],
    ['jihuach', ['seasons']],
    ['ijihua', []],
    ['seas', ['seasons']],
    ['easons', []],
    ["xi'an", ['harbour']],
    ['四季·花城', ['seasons']],
    [' 龙岗  四季 ', ['seasons']],
    ['龙岗 西安', []],
    ['hr24', ['seasons']],
    ['120', ['seasons', 'harbour']],
    ['H-1203', ['harbour']],
    ['nobody', []],
    ['…', ['seasons', 'harbour']],
  ])('%s finds %j', (text, projects) => {
    expect(find(text).sort()).toEqual([...projects].sort());
  });

  it('finds every one of names that are alike', () => {
    const homes = ['花', '花园', '花城', '花'].flatMap((zh, n) => [
      project(`p${n}`, ['西安', ''], ['西安', '']),
      ...building(`p${n}`, `b${n}`, [zh, '']),
      unit(`p${n}`, `b${n}`, `u${n}`, 'available', 3_000_000_000 * n),
    ]);
    const rows = [...town.filter(({ kind }) => kind === 'state'), ...homes] as BoardRow[];
    const found = answersOf(rows)({ ...everything, text: '花', sort: 'price' });
    expect(found.units.map(({ unit: id }) => id)).toEqual(['u0', 'u1', 'u2', 'u3']);
  });

  it('finds each of many homes alone, read forwards and backwards', () => {
    const many = Array.from({ length: 200 }, (_, n) => unit('seasons', 's', `x${1_000 + n}`, 'sold', n));
    const answer = answersOf([...town.filter(({ kind }) => kind !== 'unit'), ...many] as BoardRow[]);
    for (let n = 0; n < many.length; n += 1) {
      const query = { ...everything, within: { price: { from: n, to: n } }, isDescending: n % 2 === 1 };
      expect(answer(query).units.map(({ unit: id }) => id)).toEqual([`x${1_000 + n}`]);
    }
  });

  it('a filter that would leave nothing is counted as 0, and one that was chosen keeps its neighbours', () => {
    const answer = answersOf(town)({ ...everything, text: '四季', only: { state: ['sold'] } });
    expect(answer.total).toBe(1);
    expect([...answer.counts.state]).toEqual([
      ['available', 1],
      ['sold', 1],
    ]);
    expect(answer.counts.project.get('harbour')).toBe(0);
  });

  it('both ends of a range are in it, and equal prices stand as on the board', () => {
    const answer = answersOf(town);
    const within = { price: { from: 100, to: 200 } };
    const up = answer({ ...everything, within, sort: 'price' });
    expect(up.units.map(({ unit }) => unit)).toEqual(['h-1203', 's1203', 's1204']);
    const down = answer({ ...everything, within, sort: 'price', isDescending: true, offset: 1, limit: 1 });
    expect(down).toMatchObject({ total: 3, units: [{ unit: 's1203' }] });
  });
});

describe('the building of the index', () => {
  it('SE3 pauses at least every fifty homes and holds no more than it says', () => {
    const [rows = []] = fc.sample(boards({ minUnits: 900, maxUnits: 1_000 }), { numRuns: 1, seed: 7 });
    const { index, pauses } = builtIndex(rowSource(rows));
    expect(pauses).toBeGreaterThan(index.size / 50);
    expect(index.bytes).toBeLessThan(index.size * 100 + 50_000);
    expect(measures).toHaveLength(4);
  });

  it('leaves out a home whose page could not be shown', () => {
    const [first] = town.filter(({ kind }) => kind === 'unit');
    const strays = [
      { ...first, id: 'x1', state: 'unheard-of' },
      { ...first, id: 'x2', layout: 'unheard-of' },
      { ...first, id: 'x3', project: 'harbour' },
      { ...first, id: 'x4', building: 'unheard-of' },
    ] as BoardRow[];
    expect(answersOf([...town, ...strays])(everything).total).toBe(answersOf(town)(everything).total);
  });

  it('an empty board answers too', () => {
    expect(answersOf([])({ ...everything, text: '花' })).toMatchObject({ total: 0, units: [] });
  });
});

const town = [
  ...[
    ['available', '可售'],
    ['sold', '已售'],
  ].map(([code, zh], order) => ({
    kind: 'state',
    code,
    name: { zh, en: code },
    colour: '#2e7d32',
    pattern: 'plain',
    order,
    open: order === 0,
  })),
  project('seasons', ['四季花城', 'Seasons City', 'si ji hua cheng'], ['龙岗', 'Longgang', 'long gang']),
  project('harbour', ['花港𠮷', 'Flower Harbour', 'hua gang'], ['西安', "Xi'an", 'xi an']),
  ...building('seasons', 's', ['华润24城', 'Tower', 'hua run 24 cheng']),
  ...building('harbour', 'h', ['1栋', 'Block 1', '1 dong']),
  unit('seasons', 's', 's1203', 'available', 200),
  unit('seasons', 's', 's1204', 'sold', 200),
  unit('harbour', 'h', 'h-1203', 'available', 100),
  unit('harbour', 'h', 'h-1204', 'available', 99),
] as BoardRow[];

function words([zh, en, pinyin]: readonly string[]) {
  return { zh, en, pinyin };
}

function project(id: string, name: readonly string[], district: readonly string[]) {
  return {
    kind: 'project',
    id,
    name: words(name),
    district: words(district),
    address: { zh: '', en: '' },
    phone: '',
    highlights: [],
    adverse: [],
  };
}

function building(of: string, id: string, name: readonly string[]) {
  return [
    { kind: 'building', id, project: of, name: words(name), floors: 30, columns: 4, licence: '' },
    {
      kind: 'layout',
      id: `${id}-3`,
      project: of,
      name: { zh: 'A', en: 'A' },
      bedrooms: 3,
      halls: 2,
      baths: 1,
      area: 89,
      plan: [],
    },
  ];
}

function unit(of: string, home: string, id: string, state: string, price: number) {
  return {
    kind: 'unit',
    id,
    project: of,
    building: home,
    floor: 12,
    column: 3,
    number: id.slice(-4),
    layout: `${home}-3`,
    state,
    facing: { zh: '南', en: 'South' },
    area: 8_900,
    pricePerM2: 1,
    price,
  };
}
