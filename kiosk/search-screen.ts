// CONTRACT kiosk↔ui: the search over the whole board, what is asked and what is found. Part of screen.ts and touch.ts.
import * as v from 'valibot';

const id = v.pipe(v.string(), v.maxLength(80));
const int = v.pipe(v.number(), v.safeInteger());
const bound = v.nullable(int);
const list = v.pipe(v.array(id), v.maxLength(100));
const range = v.strictObject({ from: bound, to: bound });

export const mostSearchLetters = 40;
export const searchSorts = ['place', 'price', 'area'] as const;

/** Comes back in the screen exactly as it was asked. */
export const searchQuerySchema = v.strictObject({
  text: v.pipe(v.string(), v.maxLength(mostSearchLetters)),
  /** ids as the screen gave them; empty = all */
  states: list,
  districts: list,
  facings: list,
  bedrooms: v.pipe(v.array(int), v.maxLength(20)),
  /** price in fen, area in 0.01 m²; both ends included, null = open */
  price: range,
  area: range,
  floor: range,
  sort: v.picklist(searchSorts),
  isDescending: v.boolean(),
  /** from 0 */
  page: v.pipe(int, v.minValue(0), v.maxValue(100_000)),
});
export type SearchQuery = v.InferOutput<typeof searchQuerySchema>;

export const emptySearch: SearchQuery = {
  text: '',
  states: [],
  districts: [],
  facings: [],
  bedrooms: [],
  price: { from: null, to: null },
  area: { from: null, to: null },
  floor: { from: null, to: null },
  sort: 'place',
  isDescending: false,
  page: 0,
};

const choices = v.array(v.object({ id, name: v.string(), count: int }));
const bands = v.array(v.object({ from: bound, to: bound, count: int }));

export const searchScreen = v.object({
  kind: v.literal('search'),
  approvedAt: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
  query: searchQuerySchema,
  /** false while a new edition of the board is being made searchable: then nothing is found yet */
  isReady: v.boolean(),
  total: int,
  pages: int,
  /** one page of them; area in 0.01 m², price in fen */
  found: v.array(
    v.object({
      project: id,
      building: id,
      unit: id,
      /** project and building in words */
      place: v.string(),
      district: v.string(),
      number: v.string(),
      floor: int,
      bedrooms: int,
      area: int,
      price: int,
      state: v.object({ name: v.string(), colour: v.string(), pattern: v.string(), open: v.boolean() }),
    }),
  ),
  /** filters that there are; `count` = homes that would be left with this one alone of its kind */
  states: choices,
  districts: choices,
  facings: choices,
  bedrooms: v.array(v.object({ value: int, count: int })),
  bands: v.object({ price: bands, area: bands, floor: bands }),
});
