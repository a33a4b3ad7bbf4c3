// CONTRACT headquarters↔ui/console: what the HTTP API answers and takes, and its parsers.
// Every answer is JSON; every fault is `{error: {code, message}}` with a fitting status.
import * as v from 'valibot';
import { stateRowSchema, unitRowSchema } from '../contract/board.ts';
import { datasetNames } from '../contract/datasets.ts';
import { countSchema, fenSchema, terminalIdSchema, wordsSchema } from '../contract/ids.ts';
import { homeSchema, ledgerLineSchema } from '../contract/members.ts';
import { maxOrderMs, orderDetailSchema } from '../contract/orders.ts';
import { flowKinds, requestRowSchema } from '../contract/requests.ts';

export { datasetNames } from '../contract/datasets.ts';
export {
  type Check,
  type CheckName,
  type CheckState,
  type Diagnosis,
  diagnosisSchema,
} from '../contract/diagnosis.ts';
export {
  maxLogMinutes,
  maxNotice,
  maxOrderMs,
  maxSshMinutes,
  type OrderContent,
  type OrderDetail,
} from '../contract/orders.ts';

const text = v.string();
const maybeText = v.nullable(v.string());
const int = v.pipe(v.number(), v.safeInteger());

export const apiErrorSchema = v.object({
  /** `field`: which one of a form it is about, `levels.2.from` */
  error: v.object({ code: text, message: text, field: v.optional(text) }),
});

const factItem = v.object({
  /** the order of arrival at headquarters, 1, 2, 3 … over all terminals */
  n: countSchema,
  terminal: text,
  epoch: text,
  seq: countSchema,
  id: text,
  kind: text,
  /** as the terminal's clock told it */
  at: text,
  /** when that clock was wrong and is known now: the right time */
  mendedAt: maybeText,
  receivedAt: text,
  body: v.unknown(),
  /** the things its body names, in words fit for a shared screen; null where it names none */
  about: v.object({ member: maybeText, session: v.nullable(wordsSchema), unit: maybeText }),
});
export type FactItem = v.InferOutput<typeof factItem>;

const terminalItem = v.object({
  terminal: text,
  online: v.boolean(),
  version: text,
  waiting: countSchema,
  /** when the oldest of what waits there happened, by its clock; null = none waits */
  oldestWaitingAt: v.optional(maybeText),
  firstSeen: text,
  lastSeen: text,
  epoch: maybeText,
  applied: countSchema,
  alarm: maybeText,
  /** what stands around it, how it is and since when; `ready`, or the code of what is wrong */
  devices: v.optional(v.array(v.object({ device: text, state: text, at: text }))),
});
export type TerminalItem = v.InferOutput<typeof terminalItem>;

const memberItem = v.object({ id: text, name: text, phone: text, level: text, points: int, earned: int });
export type MemberItem = v.InferOutput<typeof memberItem>;

const memberDetail = v.object({
  ...memberItem.entries,
  ledger: v.array(v.object({ ...ledgerLineSchema.entries, fact: v.nullable(text) })),
  checkIns: v.array(v.object({ session: text, at: text, terminal: text, fact: text })),
  homes: v.array(homeSchema),
  cards: v.array(v.object({ state: text })),
});
export type MemberDetail = v.InferOutput<typeof memberDetail>;

const requestItem = v.object({
  ...requestRowSchema.entries,
  request: v.picklist(flowKinds),
  /** of its flow */
  step: text,
  /** in the owner's own words */
  text: maybeText,
  /** null = nobody whom we know */
  member: maybeText,
  /** `text`: in the owner's own words */
  tasks: v.array(v.object({ label: wordsSchema, text: maybeText, port: text })),
  /** null = told to headquarters itself */
  terminal: maybeText,
  /** masked */
  memberName: text,
  /** the home that it is about, in words; null when the member does not own it any more */
  home: v.nullable(wordsSchema),
});
export type RequestItem = v.InferOutput<typeof requestItem>;

const unitInternal = v.object({
  buyer: maybeText,
  floorPrice: v.nullable(fenSchema),
  discountLimit: v.nullable(countSchema),
});
const unitItem = v.object({
  approved: unitRowSchema,
  /** never leaves headquarters */
  internal: v.optional(unitInternal),
  pending: v.nullable(
    v.object({
      kind: text,
      state: maybeText,
      price: v.nullable(fenSchema),
      hands: v.pipe(v.array(text), v.readonly()),
      internal: v.optional(v.partial(unitInternal)),
      note: v.optional(maybeText),
      at: text,
    }),
  ),
});
export type UnitItem = v.InferOutput<typeof unitItem>;

const eventItem = v.object({
  id: text,
  name: wordsSchema,
  place: wordsSchema,
  sessions: v.array(
    v.object({
      id: text,
      name: wordsSchema,
      opensAt: text,
      endsAt: text,
      points: int,
      listed: countSchema,
      checkedIn: countSchema,
    }),
  ),
});
export type EventItem = v.InferOutput<typeof eventItem>;

const deadLetterItem = v.object({
  n: countSchema,
  terminal: text,
  epoch: maybeText,
  seq: v.nullable(countSchema),
  reason: text,
  detail: text,
  receivedAt: text,
});
export type DeadLetterItem = v.InferOutput<typeof deadLetterItem>;

/** `cancelled` and, before the terminal has a say, `expired` are headquarters' words; what a terminal tells later counts. */
export const orderStates = [
  'queued',
  'received',
  'running',
  'done',
  'failed',
  'expired',
  'cancelled',
] as const;
const orderState = v.picklist(orderStates);
export type OrderState = v.InferOutput<typeof orderState>;

/** What was ordered at once, of one terminal or many. */
const batchItem = v.object({
  batch: text,
  kind: text,
  body: v.unknown(),
  at: text,
  expiresAt: text,
  /** an account */
  orderedBy: text,
  /** how many orders are in each state */
  counts: v.record(orderState, countSchema),
});
export type BatchItem = v.InferOutput<typeof batchItem>;

const orderItem = v.object({
  id: text,
  terminal: text,
  state: orderState,
  /** why it failed */
  code: maybeText,
  /** how often it went out */
  sends: countSchema,
  sentAt: maybeText,
  receivedAt: maybeText,
  begunAt: maybeText,
  endedAt: maybeText,
  /** what came of it, in short */
  detail: v.nullable(orderDetailSchema),
  /** what the terminal brought for it: GET /api/fleet/uploads/{id} */
  upload: v.nullable(v.object({ type: text, bytes: countSchema, at: text })),
});
export type OrderItem = v.InferOutput<typeof orderItem>;

/** An order as the page of its terminal has it. */
const terminalOrder = v.object({
  ...orderItem.entries,
  batch: text,
  kind: text,
  body: v.unknown(),
  at: text,
  expiresAt: text,
  orderedBy: text,
  /** no other terminal got it: taking it back takes it from nobody else */
  isAlone: v.boolean(),
});
export type TerminalOrder = v.InferOutput<typeof terminalOrder>;

const versions = v.record(v.picklist(datasetNames), countSchema);

/** What each path answers with status 200. */
export const answers = {
  /** GET /api/facts?after=N&limit=200, oldest first; `before=N` instead gives the newest that are older */
  facts: v.object({ facts: v.array(factItem) }),
  /** GET /api/terminals */
  terminals: v.object({ terminals: v.array(terminalItem) }),
  /** GET /api/members?q=&limit=50 */
  members: v.object({ members: v.array(memberItem) }),
  /** GET /api/members/{id}: with the full name */
  member: memberDetail,
  /** GET /api/requests?state=, newest first */
  requests: v.object({ requests: v.array(requestItem) }),
  /** GET /api/board: what there is to choose from */
  board: v.object({
    states: v.array(stateRowSchema),
    projects: v.array(
      v.object({
        id: text,
        name: wordsSchema,
        buildings: v.array(v.object({ id: text, name: wordsSchema, floors: int, columns: int })),
      }),
    ),
    pending: countSchema,
  }),
  /** GET /api/board/units?project=&building=&pending=true */
  units: v.object({ units: v.array(unitItem) }),
  /** POST /api/board/units/{id} `{kind?, state?, price?, buyer?, floorPrice?, discountLimit?, note?}` */
  unit: unitItem,
  /** POST /api/board/publish and /api/board/discard `{units?, adverse?: [ids] | "all", reason?}`, POST /api/orders/{batch}/cancel `{}` */
  changed: v.object({ changed: countSchema }),
  /** GET /api/orders?limit=50, newest first */
  batches: v.object({ batches: v.array(batchItem) }),
  /** GET /api/orders/{batch} */
  batch: v.object({ batch: batchItem, orders: v.array(orderItem) }),
  /** GET /api/orders/of/{terminal}?limit=50, newest first */
  ordersOf: v.object({ orders: v.array(terminalOrder) }),
  /** POST /api/orders: at least one terminal got it */
  given: v.object({
    batch: text,
    given: countSchema,
    refused: v.array(v.object({ terminal: text, code: v.picklist(['unknown-terminal', 'too-many-orders']) })),
  }),
  /** GET /api/events */
  events: v.object({ events: v.array(eventItem) }),
  /** GET /api/dead-letters */
  deadLetters: v.object({ deadLetters: v.array(deadLetterItem) }),
  /** GET /api/health */
  health: v.object({
    /** the day on which security fixes for this product end, `2031-12-31` */
    supportEnds: v.optional(text),
    status: v.picklist(['ok', 'broker-lost']),
    startedAt: text,
    facts: countSchema,
    deadLetters: countSchema,
    versions,
    /** processes that take what terminals tell and how many of the 64 shards each has; none on SQLite, which has no need of them */
    workers: v.array(
      v.object({ worker: text, shards: countSchema, isLeader: v.boolean(), isBrokerUp: v.boolean() }),
    ),
  }),
} as const;
export type Answers = { [K in keyof typeof answers]: v.InferOutput<(typeof answers)[K]> };

/** What the POST paths take. An order's `kind` and `body` besides: see `orderContentSchema`. */
export const orderBodySchema = v.object({
  terminals: v.union([
    v.literal('all'),
    v.pipe(v.array(terminalIdSchema), v.minLength(1), v.maxLength(2_000)),
  ]),
  expiresInMs: v.pipe(v.number(), v.safeInteger(), v.minValue(1_000), v.maxValue(maxOrderMs)),
});
