// By what the homes of a building can be narrowed down: bands that fit them, and how many each choice would leave.
import type { ScreenOf } from '../../kiosk/screen.ts';

type Board = ScreenOf<'board'>;
export type Cell = Board['cells'][number];

export const facetNames = ['state', 'bedrooms', 'area', 'price', 'facing', 'floor'] as const;
export type FacetName = (typeof facetNames)[number];

/** One choice; bands hold both ends, area in 0.01 m², price in fen. */
export type Choice =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'band'; readonly from: number; readonly to: number };

export interface Facet {
  readonly name: FacetName;
  readonly choices: readonly Choice[];
  /** of each cell its choice, in the order of the cells; 255 = none */
  readonly of: Uint8Array;
}

/** Index of the choice of each facet; absent = all. */
export type Chosen = Readonly<Partial<Record<FacetName, number>>>;

const none = 255;
const mostBands = 5;
/** What people count in: 10 to 50 m², and half a million to ten million yuan. */
const areaSteps = [1_000, 2_000, 3_000, 5_000, 10_000, 50_000];
const priceSteps = [20, 50, 100, 200, 500, 1_000, 5_000].map((tenThousands) => tenThousands * 1_000_000);
const floorSteps = [3, 5, 10, 15, 20, 50];

export function facetsOf(board: Board): readonly Facet[] {
  const { cells, legend } = board;
  const facings = [...new Set(cells.flatMap(({ facing }) => facing ?? []))];
  const places = new Map(legend.map(({ code }, index) => [code, index]));
  return [
    facet(
      'state',
      legend.map(({ name: word }) => ({ kind: 'word', word })),
      cells,
      (cell) => places.get(cell.state),
    ),
    facet(
      'bedrooms',
      board.bedrooms.map((value) => ({ kind: 'number', value })),
      cells,
      (cell) => board.bedrooms.indexOf(cell.bedrooms),
    ),
    banded('area', cells, areaSteps, 0, ({ area }) => area),
    banded('price', cells, priceSteps, 0, ({ price }) => price),
    facet(
      'facing',
      facings.map((word) => ({ kind: 'word', word })),
      cells,
      ({ facing }) => facings.indexOf(facing ?? ''),
    ),
    banded('floor', cells, floorSteps, 1, ({ floor }) => floor),
  ];
}

/** Does the cell at this place stand in all that is chosen? */
export function isChosen(facets: readonly Facet[], chosen: Chosen, at: number, but?: FacetName): boolean {
  return facets.every(({ name, of }) => {
    const wanted = chosen[name];
    return wanted === undefined || name === but || of[at] === wanted;
  });
}

/** @returns how many cells each choice of the facet would leave, with what is chosen of the others */
export function countsOf(facets: readonly Facet[], chosen: Chosen, name: FacetName): readonly number[] {
  const facet = facets.find((each) => each.name === name);
  if (!facet) return [];
  const counts = new Array<number>(facet.choices.length).fill(0);
  facet.of.forEach((choice, at) => {
    if (choice !== none && isChosen(facets, chosen, at, name)) counts[choice] = (counts[choice] ?? 0) + 1;
  });
  return counts;
}

/** @returns how many cells stand in all that is chosen */
export function totalOf(facets: readonly Facet[], chosen: Chosen): number {
  const [first] = facets;
  return first ? first.of.reduce((sum, _, at) => sum + (isChosen(facets, chosen, at) ? 1 : 0), 0) : 0;
}

function facet(
  name: FacetName,
  choices: readonly Choice[],
  cells: readonly Cell[],
  choose: (cell: Cell) => number | undefined,
): Facet {
  const of = Uint8Array.from(cells, (cell) => {
    const choice = choose(cell);
    return choice === undefined || choice < 0 ? none : choice;
  });
  return { name, choices, of };
}

/** @param gap from the end of one band to the beginning of the next */
function banded(
  name: FacetName,
  cells: readonly Cell[],
  steps: readonly number[],
  gap: 0 | 1,
  measure: (cell: Cell) => number,
): Facet {
  // an area or a price of nothing is one that is not known
  const values = cells.map(measure).filter((value) => gap > 0 || value > 0);
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const count = (step: number): number => bandAt(most, step) - bandAt(least, step) + 1;
  const step = steps.find((each) => count(each) <= mostBands) ?? steps.at(-1) ?? 1;
  const bandAt0 = bandAt(least, step);
  function bandAt(value: number, size: number): number {
    return Math.floor((value - gap) / size);
  }
  const choices = Array.from({ length: values.length === 0 ? 0 : Math.min(count(step), none) }, (_, n) => {
    const from = (bandAt0 + n) * step + gap;
    return { kind: 'band', from, to: from + step - gap } as const;
  });
  return facet(name, choices, cells, (cell) =>
    gap > 0 || measure(cell) > 0 ? bandAt(measure(cell), step) - bandAt0 : undefined,
  );
}
