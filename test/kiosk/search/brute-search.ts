// The oracle of the search: the meaning of a query spelled out over plain rows, home by home, with nothing clever.
import {
  type BoardQuery,
  type Facet,
  facets,
  type Measure,
  measures,
  type NumberRange,
  type UnitPlace,
} from '../../../kiosk/search/board-query.ts';
import {
  type BoardRow,
  type BuildingRow,
  boardKeyOf,
  type LayoutRow,
  type ProjectRow,
  type SearchedName,
  type UnitRow,
} from '../../../sync/contract/board.ts';

/** A home with all that its page needs. */
export interface WholeUnit {
  readonly unit: UnitRow;
  readonly project: ProjectRow;
  readonly building: BuildingRow;
  readonly layout: LayoutRow;
}

export interface BruteFound {
  readonly total: number;
  readonly units: readonly UnitPlace[];
  readonly counts: Readonly<Record<Facet, ReadonlyMap<string, number>>>;
  /** of `ranges` in each measure */
  readonly within: readonly (readonly number[])[];
}

/** Some of any size, that do and do not overlap. */
export const ranges: readonly NumberRange[] = [
  { from: null, to: null },
  { from: null, to: 3 },
  { from: 3, to: 200 },
  { from: 150, to: 10_000 },
  { from: 10_001, to: null },
];

/** In the order of the board. */
export function wholeUnits(rows: readonly BoardRow[]): WholeUnit[] {
  const sorted = rows.toSorted((a, b) => (boardKeyOf(a) < boardKeyOf(b) ? -1 : 1));
  const of = <K extends BoardRow['kind']>(kind: K) =>
    sorted.filter((row): row is Extract<BoardRow, { kind: K }> => row.kind === kind);
  const states = new Set(of('state').map(({ code }) => code));
  const layouts = new Map(of('layout').map((row) => [`${row.project}/${row.id}`, row]));
  const unitsOf = groupsOf(of('unit'), ({ building }) => building);
  const buildingsOf = groupsOf(of('building'), ({ project }) => project);
  return of('project').flatMap((project) =>
    (buildingsOf.get(project.id) ?? []).flatMap((building) =>
      (unitsOf.get(building.id) ?? []).flatMap((unit) => {
        const layout = layouts.get(`${project.id}/${unit.layout}`);
        const isWhole = layout && unit.project === project.id && states.has(unit.state);
        return isWhole ? [{ unit, project, building, layout }] : [];
      }),
    ),
  );
}

export function bruteSearch(units: readonly WholeUnit[], query: BoardQuery): BruteFound {
  const hits = units.filter((each) => isHit(each, query, null));
  const sorted =
    query.sort === 'place'
      ? hits
      : hits.toSorted((a, b) => measureOf(a, query.sort as Measure) - measureOf(b, query.sort as Measure));
  const page = (query.isDescending ? sorted.toReversed() : sorted).slice(
    query.offset,
    query.offset + query.limit,
  );
  return {
    total: hits.length,
    units: page.map(({ project, building, unit }) => ({
      project: project.id,
      building: building.id,
      unit: unit.id,
    })),
    counts: eachFacet((facet) => countsOf(units, query, facet)),
    within: measures.map((measure) => {
      const others = units.filter((each) => isHit(each, query, measure));
      return ranges.map((range) => others.filter((each) => isWithin(measureOf(each, measure), range)).length);
    }),
  };
}

export function eachFacet<T>(of: (facet: Facet) => T): Record<Facet, T> {
  return Object.fromEntries(facets.map((facet) => [facet, of(facet)])) as Record<Facet, T>;
}

export function groupsOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** Total and page only: what a peer has to answer too. */
export function isHit(each: WholeUnit, query: BoardQuery, except: Facet | Measure | null): boolean {
  return (
    termsOf(query.text).every((term) => isTermOf(term, each)) &&
    facets.every((facet) => {
      const wanted = query.only[facet];
      return facet === except || !wanted || wanted.length === 0 || wanted.includes(facetOf(each, facet));
    }) &&
    measures.every((measure) => {
      const range = query.within[measure];
      return measure === except || !range || isWithin(measureOf(each, measure), range);
    })
  );
}

function isWithin(value: number, { from, to }: NumberRange): boolean {
  return (from === null || value >= from) && (to === null || value <= to);
}

function countsOf(units: readonly WholeUnit[], query: BoardQuery, facet: Facet): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of units) {
    const value = facetOf(each, facet);
    counts.set(value, (counts.get(value) ?? 0) + (isHit(each, query, facet) ? 1 : 0));
  }
  return counts;
}

export function facetOf({ unit, project, building, layout }: WholeUnit, facet: Facet): string {
  switch (facet) {
    case 'district':
      return project.district.zh;
    case 'project':
      return project.id;
    case 'building':
      return building.id;
    case 'layout':
      return layout.id;
    case 'state':
      return unit.state;
    case 'facing':
      return unit.facing.zh;
    default:
      return String(layout[facet]);
  }
}

function measureOf({ unit }: WholeUnit, measure: Measure): number {
  return unit[measure];
}

function isTermOf(term: string, { unit, project, building }: WholeUnit): boolean {
  if ([project.district, project.name, building.name].some((name) => isNamed(term, name))) return true;
  return /[0-9]/.test(term) && [unit.number, unit.id].some((code) => fold(code).startsWith(term));
}

function isNamed(term: string, name: SearchedName): boolean {
  const { parts, ends } = readingsOf(name);
  return parts.some((part) => part.includes(term)) || ends.some((end) => end.startsWith(term));
}

/** Folded once for each name: a bench asks for a hundred thousand homes hundreds of times. */
const readings = new WeakMap<SearchedName, { readonly parts: string[]; readonly ends: string[] }>();

function readingsOf(name: SearchedName) {
  let found = readings.get(name);
  if (!found) {
    const syllables = wordsIn(name.pinyin ?? '');
    const initials = syllables.map((s) => (s[0] && s[0] >= '0' && s[0] <= '9' ? s : [...s][0])).join('');
    const ends = [syllables, wordsIn(name.en)].flatMap((words) =>
      words.map((_, from) => words.slice(from).join('')),
    );
    found = { parts: [fold(name.zh), initials], ends };
    readings.set(name, found);
  }
  return found;
}

function termsOf(text: string): string[] {
  return text
    .split(/\s+/)
    .map(fold)
    .filter((term) => term.length > 0);
}

function fold(text: string): string {
  return wordsIn(text).join('');
}

/** Runs of letters and digits, code point by code point. */
function wordsIn(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (const letter of text.normalize('NFKC').toLowerCase()) {
    if (/[\p{L}\p{N}]/u.test(letter)) {
      word += letter;
    } else if (word !== '') {
      words.push(word);
      word = '';
    }
  }
  return word === '' ? words : [...words, word];
}
