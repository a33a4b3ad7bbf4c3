// CONTRACT kiosk↔ui: the screens of the visitor and the sales board. Part of screen.ts.
import * as v from 'valibot';
import { asWritten, id, instant, int, named, slip } from './screen-parts.ts';

const adverse = v.object({ title: v.string(), detail: v.string(), distanceM: int });
const state = v.object({
  code: v.string(),
  name: v.string(),
  /** `#rrggbb` */
  colour: v.string(),
  pattern: v.picklist(['plain', 'dots', 'stripes', 'cross', 'solid', 'grid', 'empty']),
  /** may a visitor buy it now? */
  open: v.boolean(),
});

export const projectsScreen = v.object({
  kind: v.literal('projects'),
  /** when headquarters approved what is shown */
  approvedAt: v.nullable(instant),
  projects: v.array(
    v.object({
      id,
      name: v.string(),
      district: v.string(),
      highlight: v.string(),
      open: int,
      total: int,
      adverse: int,
      /** lowest price of an open unit in fen */
      fromPrice: v.nullable(int),
    }),
  ),
});
export const buildingsScreen = v.object({
  kind: v.literal('buildings'),
  approvedAt: v.nullable(instant),
  project: v.object({
    id,
    name: v.string(),
    district: v.string(),
    address: v.string(),
    phone: v.string(),
    highlights: v.array(v.string()),
    adverse: int,
    /** the same, by name */
    adverseFacts: v.optional(v.array(adverse)),
  }),
  buildings: v.array(v.object({ id, name: v.string(), floors: int, open: int, total: int })),
  /** every home of the project, to be drawn small */
  overview: v.optional(
    v.object({
      legend: v.array(v.object({ ...state.entries, count: int })),
      /**
       * in the order of `buildings`; `cells`: one letter a place, lowest floor first, column 1 first on each:
       * `.` nothing, `a` the first state of the legend, `b` the second …
       */
      buildings: v.array(v.object({ columns: int, lowest: int, cells: v.string() })),
    }),
  ),
});
export const boardScreen = v.object({
  kind: v.literal('board'),
  approvedAt: v.nullable(instant),
  project: named,
  building: v.object({ id, name: v.string(), licence: v.string(), floors: int, columns: int }),
  /** all of the project, this one too; with the number of homes that can be bought */
  buildings: v.optional(v.array(v.object({ id, name: v.string(), open: int }))),
  /** homes of this building that are on the list of those to remember, and how long the list is */
  kept: v.optional(v.array(id)),
  shortlist: v.optional(int),
  /** all states with their number of units in this building, in display order */
  legend: v.array(v.object({ ...state.entries, count: int })),
  /** bedrooms that occur, ascending: the filter's choices */
  bedrooms: v.array(int),
  /** one per unit; `state` is a code of the legend; area in 0.01 m², price in fen, 0 = not known; bedrooms 0 = not known */
  cells: v.array(
    v.object({
      id,
      floor: int,
      column: int,
      number: v.string(),
      state: v.string(),
      bedrooms: int,
      area: int,
      price: int,
      /** in words */
      facing: v.optional(v.string()),
    }),
  ),
});
export const unitScreen = v.object({
  kind: v.literal('unit'),
  approvedAt: v.nullable(instant),
  project: named,
  building: named,
  unit: v.object({
    id,
    number: v.string(),
    floor: int,
    floors: int,
    facing: v.string(),
    /** clockwise from north; absent = the words tell no direction */
    facingDegrees: v.optional(int),
    area: int,
    pricePerM2: int,
    price: int,
    state,
  }),
  layout: v.object({
    name: v.string(),
    bedrooms: int,
    halls: int,
    baths: int,
    /** rooms as rectangles in centimetres */
    plan: v.array(v.object({ name: v.string(), x: int, y: int, w: int, h: int })),
  }),
  highlights: v.array(v.string()),
  adverse: v.array(adverse),
  /** is it on the list of those to remember, and how many are? */
  isKept: v.boolean(),
  kept: int,
  canKeep: v.boolean(),
  /** what the QR on screen and slip says */
  qr: asWritten,
  slip,
});
export const adverseFactsScreen = v.object({
  kind: v.literal('adverse-facts'),
  approvedAt: v.nullable(instant),
  project: named,
  highlights: v.array(v.string()),
  adverse: v.array(adverse),
});
