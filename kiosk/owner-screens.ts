// CONTRACT kiosk↔ui: the screens of somebody who chooses or owns a home: shortlist, purchase, hand-over. Part of screen.ts.
import * as v from 'valibot';
import { asWritten, id, instant, int, member, slip } from './screen-parts.ts';

const day = v.pipe(v.string(), v.isoDate());
const stages = ['subscription', 'signing', 'mortgage', 'registration', 'title'] as const;
const steps = [
  'first-meeting',
  'signing',
  'building-visits',
  'moving-in',
  'greetings',
  'responsibility',
  'together',
  'four-years',
] as const;

const outcomes = ['accepted', 'accepted-with-defects', 'refused'] as const;

const keptUnit = v.object({
  id,
  project: v.string(),
  /** building and door */
  name: v.string(),
  /** 3 室 2 厅, in numbers */
  bedrooms: int,
  halls: int,
  baths: int,
  floor: int,
  area: int,
  facing: v.string(),
  pricePerM2: int,
  price: int,
  state: v.object({
    name: v.string(),
    colour: v.string(),
    pattern: v.picklist(['plain', 'dots', 'stripes', 'cross', 'solid', 'grid', 'empty']),
    open: v.boolean(),
  }),
  /** adverse facts of its project */
  adverse: int,
});
export type KeptUnit = v.InferOutput<typeof keptUnit>;

export const shortlistScreen = v.object({
  kind: v.literal('shortlist'),
  /** null = nobody has shown who they are */
  member: v.nullable(member),
  units: v.array(keptUnit),
  /** how many fit */
  most: int,
  qr: asWritten,
  slip,
});
/** Up to four side by side. */
export const compareScreen = v.object({
  kind: v.literal('compare'),
  member: v.nullable(member),
  units: v.array(keptUnit),
});

export const myHomesScreen = v.object({
  kind: v.literal('my-homes'),
  member,
  /** when what is shown was last known to be current */
  asOf: v.nullable(instant),
  /** how many homes they keep in mind */
  kept: v.optional(int),
  homes: v.array(
    v.object({
      unit: id,
      label: v.string(),
      /** null = we know of no purchase */
      purchase: v.nullable(
        v.object({
          stage: v.picklist(stages),
          reached: v.array(v.object({ stage: v.picklist(stages), on: v.nullable(day) })),
          payment: v.string(),
          total: int,
          paid: int,
          dues: v.array(v.object({ what: v.string(), amount: int, by: day, isLate: v.boolean() })),
          nextDocument: v.nullable(v.string()),
        }),
      ),
      care: v.nullable(
        v.object({
          step: v.picklist(steps),
          steps: v.array(v.picklist(steps)),
          /** `isDue`: the day has come, and nobody has noted the contact yet */
          next: v.nullable(v.object({ on: day, what: v.string(), isDue: v.optional(v.boolean()) })),
        }),
      ),
      handOver: v.nullable(
        v.object({
          day,
          isToday: v.boolean(),
          from: instant,
          to: instant,
          place: v.string(),
          number: v.nullable(v.string()),
          isSigned: v.boolean(),
          outcome: v.optional(v.nullable(v.picklist(outcomes))),
        }),
      ),
    }),
  ),
});

export const handOverScreen = v.object({
  kind: v.literal('hand-over'),
  member,
  unit: id,
  label: v.string(),
  place: v.string(),
  from: instant,
  to: instant,
  /** null = not arrived yet */
  number: v.nullable(v.string()),
  /** how many wait before; null = headquarters has not said */
  ahead: v.nullable(int),
  /** `called`: come to the desk; `missed`: was called and not there */
  turn: v.optional(v.picklist(['waiting', 'called', 'missed'])),
  asOf: v.nullable(instant),
  /** what was noted about the home today */
  defects: v.array(v.object({ number: v.string(), label: v.string(), isWaiting: v.boolean() })),
  signed: v.nullable(v.picklist(outcomes)),
  slip,
});
export const handOverSignScreen = v.object({
  kind: v.literal('hand-over-sign'),
  member,
  label: v.string(),
  defects: int,
  /** how satisfied they are with the hand-over; null = not said */
  score: v.nullable(v.picklist([1, 2, 3, 4, 5])),
});
