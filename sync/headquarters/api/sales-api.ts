// CONTRACT between headquarters' API and the console: approval of the board, interest, purchases, care, hand-over.
import * as v from 'valibot';
import { adverseFactSchema, unitRowSchema } from '../../contract/board.ts';
import { countSchema, daySchema, fenSchema, instantSchema, wordsSchema } from '../../contract/ids.ts';
import { careSteps, purchaseStages } from '../../contract/owners.ts';

export { type CareStep, type PurchaseStage, purchaseStages } from '../../contract/owners.ts';

const text = v.string();
const maybeText = v.nullable(v.string());
const int = v.pipe(v.number(), v.safeInteger());
const note = v.pipe(v.string(), v.trim(), v.maxLength(300));

/** 状态 价格 折扣 更名 换退房 */
export const changeKinds = ['state', 'price', 'discount', 'rename', 'exchange'] as const;
export type ChangeKind = (typeof changeKinds)[number];

const internal = v.object({
  buyer: maybeText,
  floorPrice: v.nullable(fenSchema),
  discountLimit: v.nullable(countSchema),
});
const proposal = {
  /** accounts that had a hand in it: none of them may approve it */
  hands: v.array(text),
  note: maybeText,
  at: text,
};
const pendingUnit = v.object({
  approved: unitRowSchema,
  internal,
  kind: v.picklist(changeKinds),
  state: maybeText,
  price: v.nullable(fenSchema),
  change: v.partial(internal),
  ...proposal,
});
export type PendingUnitItem = v.InferOutput<typeof pendingUnit>;

const pendingAdverse = v.object({
  project: text,
  name: wordsSchema,
  approved: v.array(adverseFactSchema),
  adverse: v.array(adverseFactSchema),
  ...proposal,
});
export type PendingAdverseItem = v.InferOutput<typeof pendingAdverse>;

const decision = v.object({
  n: int,
  unit: maybeText,
  /** of the home or project */
  label: v.optional(wordsSchema),
  project: text,
  kind: text,
  before: v.unknown(),
  after: v.unknown(),
  hands: v.array(text),
  note: maybeText,
  proposedAt: text,
  decision: v.picklist(['approved', 'rejected']),
  decidedBy: text,
  decidedAt: text,
  reason: maybeText,
});
export type DecisionItem = v.InferOutput<typeof decision>;

const due = v.object({ what: wordsSchema, amount: fenSchema, by: daySchema });
const care = v.object({
  step: v.picklist(careSteps),
  since: daySchema,
  next: v.nullable(v.object({ on: daySchema, what: wordsSchema })),
});
const purchase = v.object({
  id: text,
  member: text,
  /** masked */
  memberName: text,
  unit: text,
  project: text,
  label: wordsSchema,
  stage: v.picklist(purchaseStages),
  reached: v.array(v.object({ stage: v.picklist(purchaseStages), on: v.nullable(daySchema) })),
  payment: wordsSchema,
  total: fenSchema,
  paid: fenSchema,
  dues: v.array(due),
  nextDocument: v.nullable(wordsSchema),
  handedOverOn: v.nullable(daySchema),
  warrantyUntil: v.nullable(daySchema),
  care: v.nullable(care),
});
export type PurchaseItem = v.InferOutput<typeof purchase>;

const rowError = v.object({
  /** line of the file, the head is 1 */
  line: int,
  column: text,
  code: v.picklist(['missing', 'wrong', 'unknown-member', 'unknown-unit', 'repeated']),
});
export type RowError = v.InferOutput<typeof rowError>;

const handOverDay = v.object({
  id: text,
  project: text,
  day: daySchema,
  from: instantSchema,
  to: instantSchema,
  place: wordsSchema,
  figures: v.object({
    invited: countSchema,
    came: countSchema,
    waiting: countSchema,
    absent: countSchema,
    signed: countSchema,
    accepted: countSchema,
    refused: countSchema,
    defects: countSchema,
    /** hundredths of a per cent; null = nobody has rated */
    satisfied: v.nullable(countSchema),
  }),
});
export type HandOverDayItem = v.InferOutput<typeof handOverDay>;

const handOverPlace = v.object({
  unit: text,
  member: text,
  name: text,
  label: wordsSchema,
  number: maybeText,
  queuedAt: maybeText,
  calledAt: maybeText,
  signedAt: maybeText,
  outcome: maybeText,
  closed: v.nullable(v.picklist(['withdrawn', 'absent'])),
  defects: countSchema,
  /** satisfaction with the hand-over, 1 … 5 */
  score: v.nullable(countSchema),
});
/** one home's hand-over: what was noted, room by room */
const handOverDefects = v.array(v.object({ number: text, label: wordsSchema, state: text }));
export type HandOverPlaceItem = v.InferOutput<typeof handOverPlace>;

export const salesAnswers = {
  /** GET /api/board/approvals: what waits for a second person */
  approvals: v.object({ units: v.array(pendingUnit), adverse: v.array(pendingAdverse) }),
  /** GET /api/board/projects: their names, for everybody who works with homes */
  projects: v.object({ projects: v.array(v.object({ id: text, name: wordsSchema })) }),
  /** GET /api/board/decisions?limit=200, newest first */
  decisions: v.object({ decisions: v.array(decision) }),
  /** GET /api/adverse-facts */
  adverse: v.object({
    projects: v.array(
      v.object({
        project: text,
        name: wordsSchema,
        adverse: v.array(adverseFactSchema),
        isPending: v.boolean(),
      }),
    ),
  }),
  /** POST /api/adverse-facts/{project} `{adverse, note?}` */
  proposed: v.object({ isPending: v.boolean() }),
  /** GET /api/interest?project=&limit=500, the most viewed first */
  interest: v.object({
    figures: v.array(
      v.object({
        project: text,
        unit: maybeText,
        /** door number and building, or the project's name */
        label: wordsSchema,
        views: countSchema,
        seconds: countSchema,
        members: countSchema,
        kept: countSchema,
      }),
    ),
  }),
  /** GET /api/members/{id}/shortlist */
  shortlist: v.object({ units: v.array(v.object({ unit: text, label: wordsSchema })) }),
  /** GET /api/members/{id}/interest: what they keep, and what they looked at after they had shown who they are */
  memberInterest: v.object({
    kept: v.array(v.object({ unit: text, label: wordsSchema })),
    looks: v.array(
      v.object({
        project: text,
        unit: maybeText,
        label: wordsSchema,
        views: countSchema,
        seconds: countSchema,
        lastAt: text,
      }),
    ),
  }),
  /** GET /api/purchases?member=&project=&stage=&after=&limit=200; `next`: for `after`, null = the last page */
  purchases: v.object({ purchases: v.array(purchase), total: countSchema, next: maybeText }),
  /** POST /api/purchases/{id}/stage, /payments and /contacts */
  purchase,
  /** POST /api/purchases/import `{csv}`: all or none */
  imported: v.object({ imported: countSchema, errors: v.array(rowError) }),
  /** GET /api/care/contacts?until= */
  contacts: v.object({ contacts: v.array(purchase) }),
  /** GET /api/hand-over */
  handOverDays: v.object({ days: v.array(handOverDay) }),
  /** GET /api/hand-over/{day}/units/{unit} */
  handOverDefects: v.object({ defects: handOverDefects }),
  /** GET /api/hand-over/{day}; POST /api/hand-over/{day}/units/{unit}/{withdraw | absent | readmit} */
  handOver: v.object({ places: v.array(handOverPlace) }),
  /** POST /api/hand-over */
  planned: v.object({ id: text }),
  /** POST /api/hand-over/{day}/call; null = nobody waits */
  called: v.object({ called: v.nullable(handOverPlace) }),
} as const;
export type SalesAnswers = { [K in keyof typeof salesAnswers]: v.InferOutput<(typeof salesAnswers)[K]> };

/** Left out = as before; null = none. */
export const unitChangeBody = v.strictObject({
  kind: v.optional(v.picklist(changeKinds)),
  state: v.optional(v.pipe(v.string(), v.maxLength(20))),
  /** total price in fen */
  price: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  buyer: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(80)))),
  floorPrice: v.optional(v.nullable(v.pipe(fenSchema, v.minValue(1)))),
  discountLimit: v.optional(v.nullable(v.pipe(countSchema, v.maxValue(10_000)))),
  note: v.optional(note),
});
const chosen = v.union([
  v.literal('all'),
  v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(20_000)),
]);
/** Of /api/board/publish and /api/board/discard. */
export const decisionBody = v.strictObject({
  units: v.optional(chosen, []),
  /** projects whose adverse facts change */
  adverse: v.optional(chosen, []),
  reason: v.optional(note),
  /** `unit/…` and `project/…` → `at` of each change as it was read; what is another by now is refused: 409 `changed-since` */
  seen: v.optional(v.record(v.pipe(v.string(), v.maxLength(60)), v.pipe(v.string(), v.maxLength(40)))),
});
export const adverseBody = v.strictObject({
  /** within 1 km, with a title in both languages */
  adverse: v.pipe(
    v.array(
      v.pipe(
        adverseFactSchema,
        v.check(
          ({ distanceM, title }) => distanceM <= 1_000 && title.zh.trim() !== '' && title.en.trim() !== '',
        ),
      ),
    ),
    v.maxLength(40),
  ),
  note: v.optional(note),
});
export const stageBody = v.strictObject({
  stage: v.picklist(purchaseStages),
  on: daySchema,
  nextDocument: v.optional(v.nullable(wordsSchema)),
});
/** `before`: the sum that was paid when it was read; another by now: 409 `changed-since` */
export const paymentBody = v.strictObject({
  amount: v.pipe(int, v.notValue(0)),
  on: daySchema,
  before: v.optional(fenSchema),
});
export const contactBody = v.strictObject({ dueOn: daySchema, note: v.optional(v.nullable(note), null) });
export const csvBody = v.strictObject({ csv: v.pipe(v.string(), v.maxLength(4_000_000)) });
export const handOverBody = v.strictObject({
  project: v.pipe(v.string(), v.maxLength(40)),
  day: daySchema,
  from: instantSchema,
  to: instantSchema,
  place: wordsSchema,
  units: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.minLength(1), v.maxLength(2_000)),
});
