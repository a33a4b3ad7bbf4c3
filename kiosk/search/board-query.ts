// What can be asked of the board, and what is answered: the meaning of a search.
import type { BuildingId, ProjectId, UnitId, Words } from '../../sync/contract/ids.ts';

/** What homes are told apart by; `facing` in Chinese, numbers of rooms as digits, the others as codes and ids. */
export const facets = [
  'district',
  'project',
  'building',
  'layout',
  'state',
  'bedrooms',
  'halls',
  'baths',
  'facing',
] as const;
export type Facet = (typeof facets)[number];

/** `area` in 0.01 m², `price` and `pricePerM2` in fen. */
export const measures = ['area', 'price', 'pricePerM2', 'floor'] as const;
export type Measure = (typeof measures)[number];

/** Both ends are included; null = open. */
export interface NumberRange {
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * A home is found when every term of `text`, every facet of `only` and every range of `within` holds for it.
 *
 * A home is on the board when all that its page needs is: project, building of that project, layout, state.
 */
export interface BoardQuery {
  /**
   * Terms between white space; case, full width and signs do not matter. A term holds for a home when
   * - the Chinese name of its district, project or building has it as a part, of one character or more;
   * - the pinyin or the English of one of them, from some syllable or word on, starts with it: `jihuach` for 四季花城;
   * - the initials of the pinyin have it as a part: `sjhc`, `jh`; numbers in names stand whole: `hr24c`;
   * - it has a digit, and the door number or the code of the home starts with it.
   */
  readonly text: string;
  /** one of the values; an empty list asks for nothing */
  readonly only: { readonly [F in Facet]?: readonly string[] | undefined };
  readonly within: { readonly [M in Measure]?: NumberRange | undefined };
  /** `place`: projects, buildings and homes in the order of the dataset, which also decides between equal ones */
  readonly sort: 'place' | Measure;
  /** the very same order, read backwards */
  readonly isDescending: boolean;
  /** of all that is found, from the how-maniest on, and how many */
  readonly offset: number;
  readonly limit: number;
}

export interface UnitPlace {
  readonly project: ProjectId;
  readonly building: BuildingId;
  readonly unit: UnitId;
}

export interface FoundUnits {
  /** all that is found, on this page or not */
  readonly total: number;
  readonly units: readonly UnitPlace[];
  /**
   * How many homes each value of a facet would leave if it alone were asked for in this facet, everything else as it is.
   * Every value that occurs on the board is there, so a 0 is a choice to be taken away.
   */
  counts(facet: Facet): ReadonlyMap<string, number>;
  /** The same of ranges: how many homes each would leave if it alone were asked for in this measure. */
  countsWithin(measure: Measure, ranges: readonly NumberRange[]): number[];
  /** what the values of facet `facing` are called */
  readonly facings: ReadonlyMap<string, Words>;
}
