// Random boards and random queries that have a chance to meet: few letters, few values, every oddity.
import fc from 'fast-check';
import { type BoardQuery, facets, measures } from '../../../kiosk/search/board-query.ts';
import type { BoardRow } from '../../../sync/contract/board.ts';

/** Two of them beyond the basic plane, with the same first half; full width, signs, case, one that folds to two. */
const letters = [...'四季花城𠮷𠮶aAbＢzé1２4·- 　İ'];
const syllables = ['si', 'ji', 'hua', 'cheng', 'xi', 'an', 'a', '24', '1'];
const codes = ['b', 'B', '1', '2', '12', '０', '-', '_'];

const nameText = fc.array(fc.constantFrom(...letters), { maxLength: 5 }).map((some) => some.join(''));
const pinyin = fc
  .array(fc.constantFrom(...syllables), { minLength: 1, maxLength: 4 })
  .map((some) => some.join(' '));
const name = fc.record({ zh: nameText, en: nameText, pinyin: fc.option(pinyin, { nil: undefined }) });
const code = fc.array(fc.constantFrom(...codes), { minLength: 1, maxLength: 3 }).map((some) => some.join(''));
const states = ['available', 'sold', 'held'];
const facings = ['南', '北', '东南'];

const unitSeed = fc.record({
  project: fc.nat(3),
  building: fc.nat(2),
  number: code,
  layout: fc.nat(3),
  state: fc.constantFrom(...states, 'unheard-of'),
  facing: fc.constantFrom(...facings),
  floor: fc.integer({ min: -2, max: 4 }),
  area: fc.nat(5),
  price: fc.constantFrom(0, 1, 2, 40_000, 3_000_000_000, Number.MAX_SAFE_INTEGER),
  pricePerM2: fc.constantFrom(0, 100_000, 200_000),
});

export function boards(size: {
  readonly minUnits?: number;
  readonly maxUnits: number;
}): fc.Arbitrary<BoardRow[]> {
  const units = { minLength: size.minUnits ?? 0, maxLength: size.maxUnits, size: 'max' } as const;
  return fc
    .record({
      projects: fc.array(fc.record({ name, district: name }), {
        maxLength: 3,
        minLength: size.minUnits ? 3 : 0,
      }),
      buildings: fc.array(name, { minLength: 9, maxLength: 9 }),
      layouts: fc.array(fc.record({ bedrooms: fc.nat(2), halls: fc.nat(1), baths: fc.nat(1) }), {
        minLength: 3,
        maxLength: 3,
      }),
      units: fc.array(unitSeed, units),
    })
    .map((seed) => rowsOf(seed) as BoardRow[]);
}

interface BoardSeed {
  readonly projects: readonly { readonly name: object; readonly district: object }[];
  readonly buildings: readonly object[];
  readonly layouts: readonly object[];
  readonly units: readonly (object & {
    readonly project: number;
    readonly building: number;
    readonly number: string;
    readonly layout: number;
    readonly facing: string;
  })[];
}

function rowsOf({ projects, buildings, layouts, units }: BoardSeed): object[] {
  return [
    ...states.map((each) => ({ kind: 'state', code: each })),
    ...projects.flatMap((project, p) => [
      { kind: 'project', id: `p${p}`, ...project },
      ...layouts.map((layout, l) => ({ kind: 'layout', id: `l${l}`, project: `p${p}`, ...layout })),
      ...[0, 1, 2].map((b) => ({
        kind: 'building',
        id: `b${p}${b}`,
        project: `p${p}`,
        name: buildings[p * 3 + b],
      })),
    ]),
    // a building of one project may hold homes that call themselves another's
    ...units.map((unit, u) => ({
      kind: 'unit',
      ...unit,
      id: `${unit.number.replaceAll(/[^\w-]/g, '')}u${u}`,
      project: `p${unit.project}`,
      building: `b${u % 13 === 0 ? 0 : unit.project}${unit.building}`,
      layout: `l${unit.layout}`,
      facing: { zh: unit.facing, en: '' },
    })),
  ];
}

const values: Readonly<Record<string, readonly string[]>> = {
  project: ['p0', 'p1', 'p2'],
  building: ['b00', 'b01', 'b10', 'b22'],
  layout: ['l0', 'l1', 'l2'],
  state: states,
  facing: facings,
};
const only = fc.record(
  Object.fromEntries(
    facets.map((facet) => [
      facet,
      fc.array(fc.constantFrom(...(values[facet] ?? ['0', '1', '2']), 'unheard-of'), { maxLength: 2 }),
    ]),
  ),
  { requiredKeys: [] },
);
const bound = fc.option(fc.constantFrom(-1, 0, 1, 2, 3, 40_000, 3_000_000_000), { nil: null });
const within = fc.record(
  Object.fromEntries(measures.map((measure) => [measure, fc.record({ from: bound, to: bound })])),
  { requiredKeys: [] },
);
const halfPair = fc.constantFrom('\ud842', '\udfb7');
const typed = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...letters), { maxLength: 3 }).map((some) => some.join('')),
  },
  { weight: 3, arbitrary: pinyin.map((text) => text.replaceAll(' ', '').slice(0, 5)) },
  { weight: 2, arbitrary: fc.constantFrom('s', 'sj', 'jh', 'hc', 'x24', '24c', "xi'an", 'JIHUA', '　四 季') },
  { weight: 2, arbitrary: code },
  { weight: 1, arbitrary: halfPair },
);
export const queries: fc.Arbitrary<BoardQuery> = fc.record({
  text: fc.tuple(typed, typed).map((two) => two.join(' ')),
  only,
  within,
  sort: fc.constantFrom('place' as const, ...measures),
  isDescending: fc.boolean(),
  offset: fc.constantFrom(0, 0, 1, 5, 1_000),
  limit: fc.constantFrom(0, 1, 20),
});
