// The search in words: what is asked becomes a query of the index, what is found a page of homes.
import type { RuleContext } from '../rule-context.ts';
import { unitFacts } from '../rules/board.ts';
import type { ScreenOf } from '../screen.ts';
import type { BoardQuery, FoundUnits, UnitPlace } from '../search/board-query.ts';
import type { SearchQuery } from '../search-screen.ts';

const homesPerPage = 20;

export function showSearch(query: SearchQuery, context: RuleContext): ScreenOf<'search'> {
  const {
    know: { board },
    session: { language },
  } = context;
  const found = board.search(boardQuery(query, context));
  const names = board.districts();
  return {
    kind: 'search',
    approvedAt: board.approvedAt(),
    query,
    isReady: found !== undefined,
    total: found?.total ?? 0,
    pages: Math.ceil((found?.total ?? 0) / homesPerPage),
    found: found?.units.flatMap((at) => foundUnit(at, context) ?? []) ?? [],
    districts: countsOf(found, 'district').map(([id, count]) => ({
      id,
      name: names.get(id)?.[language] ?? id,
      count,
    })),
    bedrooms: countsOf(found, 'bedrooms')
      .map(([value, count]) => ({ value: Number(value), count }))
      .sort((a, b) => a.value - b.value),
  };
}

function boardQuery(query: SearchQuery, { know: { board } }: RuleContext): BoardQuery {
  const open = board.states().filter((state) => state.open);
  return {
    text: query.text,
    only: {
      // a board without any open state has nothing to buy, and an empty list would ask for nothing
      state: query.isOpenOnly ? (open.length > 0 ? open.map(({ code }) => code) : ['']) : [],
      district: query.districts,
      bedrooms: query.bedrooms.map(String),
    },
    within: { price: query.price },
    sort: query.sort,
    isDescending: query.isDescending,
    offset: query.page * homesPerPage,
    limit: homesPerPage,
  };
}

function countsOf(found: FoundUnits | undefined, facet: 'district' | 'bedrooms'): [string, number][] {
  return [...(found?.counts(facet) ?? [])];
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
