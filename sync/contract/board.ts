// Rows of dataset `board`: the approved sales board, and nothing that is not approved.
// Keys: `project/{project}` · `state/{code}` · `building/{project}/{building}` · `layout/{project}/{layout}` · `unit/{building}/{unit}`
import * as v from 'valibot';
import {
  areaSchema,
  buildingIdSchema,
  countSchema,
  fenSchema,
  layoutIdSchema,
  projectIdSchema,
  unitIdSchema,
  wordsSchema,
} from './ids.ts';

/**
 * How a name sounds: toneless lower-case syllables, words and numbers with one space between them, `v` for ü:
 * `si ji hua cheng`, `hua run 24 cheng`. Headquarters writes it, so that no terminal needs a dictionary.
 */
const pinyinSchema = v.pipe(v.string(), v.maxLength(400), v.regex(/^[a-z0-9]+( [a-z0-9]+)*$/));
/** A name that people search for; without `pinyin` by its characters only. */
const searchedNameSchema = v.object({ ...wordsSchema.entries, pinyin: v.optional(pinyinSchema) });
export type SearchedName = v.InferOutput<typeof searchedNameSchema>;

/** What a sales state is called and how it looks: never colour alone, so each has a pattern too. */
export const stateRowSchema = v.object({
  kind: v.literal('state'),
  code: v.pipe(v.string(), v.regex(/^[A-Za-z]{1,20}$/)),
  name: wordsSchema,
  /** `#rrggbb` */
  colour: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/)),
  pattern: v.picklist(['plain', 'dots', 'stripes', 'cross', 'solid', 'grid', 'empty']),
  order: countSchema,
  /** may a visitor buy it now? */
  open: v.boolean(),
});

export const adverseFactSchema = v.object({
  title: wordsSchema,
  detail: wordsSchema,
  distanceM: countSchema,
});

export const projectRowSchema = v.object({
  kind: v.literal('project'),
  id: projectIdSchema,
  name: searchedNameSchema,
  district: searchedNameSchema,
  address: wordsSchema,
  phone: v.string(),
  /** selling points, one sentence each */
  highlights: v.array(wordsSchema),
  /** 不利因素公示: within 1 km, in the same weight as the highlights */
  adverse: v.array(adverseFactSchema),
});

export const buildingRowSchema = v.object({
  kind: v.literal('building'),
  id: buildingIdSchema,
  project: projectIdSchema,
  name: searchedNameSchema,
  floors: v.pipe(countSchema, v.minValue(1), v.maxValue(200)),
  /** units on a floor, at most; a unit's `column` is 1 … columns */
  columns: v.pipe(countSchema, v.minValue(1), v.maxValue(60)),
  /** 预售许可证 */
  licence: v.string(),
});

/** A floor plan as data: rooms as rectangles in centimetres from the top left corner. */
export const layoutRowSchema = v.object({
  kind: v.literal('layout'),
  id: layoutIdSchema,
  project: projectIdSchema,
  name: wordsSchema,
  bedrooms: countSchema,
  halls: countSchema,
  baths: countSchema,
  area: areaSchema,
  plan: v.array(
    v.object({
      name: wordsSchema,
      x: countSchema,
      y: countSchema,
      w: countSchema,
      h: countSchema,
    }),
  ),
});

export const unitRowSchema = v.object({
  kind: v.literal('unit'),
  id: unitIdSchema,
  project: projectIdSchema,
  building: buildingIdSchema,
  floor: v.pipe(v.number(), v.safeInteger()),
  column: v.pipe(countSchema, v.minValue(1)),
  /** door number: 1203 */
  number: v.string(),
  layout: layoutIdSchema,
  state: v.string(),
  facing: wordsSchema,
  area: areaSchema,
  pricePerM2: fenSchema,
  price: fenSchema,
});

export const boardRowSchema = v.variant('kind', [
  stateRowSchema,
  projectRowSchema,
  buildingRowSchema,
  layoutRowSchema,
  unitRowSchema,
]);
export type StateRow = v.InferOutput<typeof stateRowSchema>;
export type ProjectRow = v.InferOutput<typeof projectRowSchema>;
export type BuildingRow = v.InferOutput<typeof buildingRowSchema>;
export type LayoutRow = v.InferOutput<typeof layoutRowSchema>;
export type UnitRow = v.InferOutput<typeof unitRowSchema>;
export type BoardRow = v.InferOutput<typeof boardRowSchema>;

/** The one place that spells the keys of this dataset. */
export const boardKeys = {
  states: 'state/',
  projects: 'project/',
  project: (id: string): string => `project/${id}`,
  buildings: (project: string): string => `building/${project}/`,
  building: (project: string, id: string): string => `building/${project}/${id}`,
  layouts: (project: string): string => `layout/${project}/`,
  layout: (project: string, id: string): string => `layout/${project}/${id}`,
  units: (building: string): string => `unit/${building}/`,
  unit: (building: string, id: string): string => `unit/${building}/${id}`,
} as const;

export function boardKeyOf(row: BoardRow): string {
  switch (row.kind) {
    case 'state':
      return `state/${row.code}`;
    case 'project':
      return boardKeys.project(row.id);
    case 'building':
      return boardKeys.building(row.project, row.id);
    case 'layout':
      return boardKeys.layout(row.project, row.id);
    case 'unit':
      return boardKeys.unit(row.building, row.id);
  }
}
