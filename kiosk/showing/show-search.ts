// The search in words: what is asked becomes a query of the index, what is found a page of homes.
import type { RuleContext } from '../rule-context.ts';
import { unitFacts } from '../rules/board.ts';
import type { ScreenOf } from '../screen.ts';
import type { BoardQuery, Measure, NumberRange, UnitPlace } from '../search/board-query.ts';
import type { SearchQuery } from '../search-screen.ts';

const homesPerPage = 20;

/** Where one band ends and the next begins: in fen, in 0.01 m²; a floor is in one band only. */
const priceBands = bandsAt([100_000_000, 200_000_000, 300_000_000, 500_000_000], 0);
const areaBands = bandsAt([6_000, 9_000, 12_000, 14_400], 0);
const floorBands = bandsAt([6, 12, 18, 30], 1);

export function showSearch(query: SearchQuery, context: RuleContext): ScreenOf<'search'> {
  const {
    know: { board },
    session: { language },
  } = context;
  const found = board.search(boardQuery(query));
  const names = board.districts();
  const states = found?.counts('state');
  const bands = (measure: Measure, ranges: readonly NumberRange[]) => {
    const counts = found?.countsWithin(measure, ranges) ?? [];
    return ranges.map((range, n) => ({ ...range, count: counts[n] ?? 0 }));
  };
  return {
    kind: 'search',
    approvedAt: board.approvedAt(),
    query,
    isReady: found !== undefined,
    total: found?.total ?? 0,
    pages: Math.ceil((found?.total ?? 0) / homesPerPage),
    found: found?.units.flatMap((at) => foundUnit(at, context) ?? []) ?? [],
    states: board.states().flatMap(({ code: id, name }) => {
      const count = states?.get(id);
      return count === undefined ? [] : [{ id, name: name[language], count }];
    }),
    districts: [...(found?.counts('district') ?? [])].map(([id, count]) => ({
      id,
      name: names.get(id)?.[language] ?? id,
      count,
    })),
    facings: [...(found?.counts('facing') ?? [])].map(([id, count]) => ({
      id,
      name: found?.facings.get(id)?.[language] ?? id,
      count,
    })),
    bedrooms: [...(found?.counts('bedrooms') ?? [])]
      .map(([value, count]) => ({ value: Number(value), count }))
      .sort((a, b) => a.value - b.value),
    bands: {
      price: bands('price', priceBands),
      area: bands('area', areaBands),
      floor: bands('floor', floorBands),
    },
  };
}

function boardQuery(query: SearchQuery): BoardQuery {
  const { text, states, districts, facings, bedrooms, price, area, floor, sort, isDescending, page } = query;
  return {
    text,
    only: { state: states, district: districts, facing: facings, bedrooms: bedrooms.map(String) },
    within: { price, area, floor },
    sort,
    isDescending,
    offset: page * homesPerPage,
    limit: homesPerPage,
  };
}

/** @param step from the end of one band to the beginning of the next */
function bandsAt(ends: readonly number[], step: number): readonly NumberRange[] {
  return [null, ...ends].map((end, n) => ({ from: end === null ? null : end + step, to: ends[n] ?? null }));
}

function foundUnit(at: UnitPlace, context: RuleContext): ScreenOf<'search'>['found'][number] | undefined {
  const { language } = context.session;
  const facts = unitFacts(context.know.board, at);
  if (!facts) return undefined;
  const { project, building, unit, layout, state } = facts;
  return {
    ...at,
    place: `${project.name[language]} ${building.name[language]}`,
    district: project.district[language],
    number: unit.number,
    floor: unit.floor,
    bedrooms: layout.bedrooms,
    area: unit.area,
    price: unit.price,
    state: { name: state.name[language], colour: state.colour, pattern: state.pattern, open: state.open },
  };
}
