// What can have happened at a terminal. A fact is immutable and is told to headquarters exactly once.
import * as v from 'valibot';
import {
  cardTokenSchema,
  countSchema,
  elementIdSchema,
  epochSchema,
  eventIdSchema,
  factIdSchema,
  instantSchema,
  memberIdSchema,
  orderIdSchema,
  phraseIdSchema,
  placeIdSchema,
  portIdSchema,
  problemIdSchema,
  projectIdSchema,
  sessionIdSchema,
  terminalIdSchema,
  unitIdSchema,
} from './ids.ts';
import { orderSteps } from './orders.ts';

const code = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/));
/** Words that a person typed; bounded, so that a fact always fits a message. */
const typed = v.pipe(v.string(), v.maxLength(300));

/** Why a swiped card did not check in; each has its own screen. */
export const refusalReasons = [
  'unknown-card',
  'blocked-card',
  'already-checked-in',
  'not-on-list',
  'wrong-day',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Which slip a print job is. */
export const slipKinds = ['check-in', 'unit', 'request', 'test-page'] as const;
export type SlipKind = (typeof slipKinds)[number];

const task = v.object({
  place: placeIdSchema,
  element: elementIdSchema,
  problem: problemIdSchema,
  phrase: v.nullable(phraseIdSchema),
  text: v.nullable(typed),
  port: portIdSchema,
  /** 四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏: how the classification reads */
  label: v.object({ zh: v.pipe(v.string(), v.maxLength(400)), en: v.pipe(v.string(), v.maxLength(400)) }),
});

/** What stands around a terminal and may be out of order. */
export const deviceRoles = [
  'reader',
  'second-reader',
  'printer',
  'fallback-printer',
  'panel',
  'desktop',
] as const;
export type DeviceRole = (typeof deviceRoles)[number];

/** Why a terminal's facts have new numbers; `new-store`: where another store was, `set-aside`: because it was damaged. */
export const epochReasons = ['new-store', 'set-aside', 'older-store', 'conflict', 'asked'] as const;
export type EpochReason = (typeof epochReasons)[number];

/** One member per kind: `{kind, body}`. Add kinds, never change the meaning of one. */
export const factContentSchema = v.variant('kind', [
  v.object({ kind: v.literal('terminal-started'), body: v.object({ version: v.string() }) }),
  /**
   * facts have new numbers from here on (rules OB10, OB13); `previous`: the epoch before, `last`: the last number that
   * it is known to have given, both null when nobody knows. After `set-aside` and `new-store` its facts up to there
   * that headquarters does not have are missing.
   */
  v.object({
    kind: v.literal('epoch-begun'),
    body: v.object({
      reason: v.picklist(epochReasons),
      previous: v.nullable(epochSchema),
      last: v.nullable(countSchema),
    }),
  }),
  /** there was little room: of these kinds so many happened, and only that was kept (rule OB12) */
  v.object({
    kind: v.literal('facts-compacted'),
    body: v.object({
      facts: v.array(
        v.object({ kind: code, count: countSchema, firstAt: instantSchema, lastAt: instantSchema }),
      ),
    }),
  }),
  /** headquarters was heard, and the wall clock turned out so many milliseconds ahead of it (rules CK3, CK4) */
  v.object({
    kind: v.literal('clock-learnt'),
    body: v.object({ aheadMs: v.pipe(v.number(), v.safeInteger()) }),
  }),
  v.object({
    kind: v.literal('check-in-recorded'),
    body: v.object({
      member: memberIdSchema,
      card: cardTokenSchema,
      event: eventIdSchema,
      session: sessionIdSchema,
      /** what the screen promised; headquarters books by its own rule */
      points: countSchema,
    }),
  }),
  v.object({
    kind: v.literal('card-refused'),
    body: v.object({
      reason: v.picklist(refusalReasons),
      card: cardTokenSchema,
      member: v.nullable(memberIdSchema),
      session: v.nullable(sessionIdSchema),
    }),
  }),
  /** a known card on a day without an event for it: every swipe is an interaction */
  v.object({
    kind: v.literal('visit-recorded'),
    body: v.object({ member: memberIdSchema, card: cardTokenSchema }),
  }),
  v.object({
    kind: v.literal('pin-refused'),
    body: v.object({ member: memberIdSchema, triesLeft: countSchema }),
  }),
  v.object({
    kind: v.literal('person-proven'),
    body: v.object({ member: memberIdSchema, purpose: v.picklist(['points', 'report', 'requests']) }),
  }),
  v.object({
    kind: v.literal('unit-taken-home'),
    body: v.object({ project: projectIdSchema, unit: unitIdSchema }),
  }),
  v.object({
    kind: v.literal('request-filed'),
    body: v.object({
      /** what the person reads out on the telephone; the fact's id is the identity */
      number: v.pipe(v.string(), v.maxLength(40)),
      request: v.picklist(['repair']),
      member: memberIdSchema,
      unit: unitIdSchema,
      libraryVersion: countSchema,
      tasks: v.pipe(v.array(task), v.minLength(1), v.maxLength(20)),
      replyBy: instantSchema,
      onSiteBy: instantSchema,
    }),
  }),
  v.object({
    kind: v.literal('slip-settled'),
    body: v.object({
      job: factIdSchema,
      slip: v.picklist(slipKinds),
      copy: countSchema,
      /** `printed` may come after `unconfirmed`, with reason `late-proof`: the last one counts */
      outcome: v.picklist(['printed', 'unconfirmed', 'failed', 'expired']),
      reason: v.nullable(code),
      /** which printer had it; left out when none had */
      printer: v.optional(v.picklist(['printer', 'fallback-printer'])),
    }),
  }),
  /** a slip is to be printed again, marked as copy number `copy` */
  v.object({
    kind: v.literal('slip-copied'),
    body: v.object({ job: factIdSchema, slip: v.picklist(slipKinds), copy: countSchema }),
  }),
  v.object({ kind: v.literal('help-requested'), body: v.object({ screen: code }) }),
  v.object({ kind: v.literal('panel-tampered'), body: v.object({ open: v.boolean() }) }),
  /** somebody knew the PIN of the maintenance screen */
  v.object({ kind: v.literal('maintenance-opened'), body: v.object({}) }),
  v.object({ kind: v.literal('maintenance-refused'), body: v.object({ triesLeft: countSchema }) }),
  v.object({
    kind: v.literal('maintenance-acted'),
    body: v.object({ action: v.picklist(['test-page', 'support-picture']) }),
  }),
  v.object({
    kind: v.literal('device-changed'),
    body: v.object({ device: v.picklist(deviceRoles), state: code }),
  }),
  /** how far an order of headquarters is; `code`: why it failed */
  v.object({
    kind: v.literal('order-progressed'),
    body: v.object({ order: orderIdSchema, state: v.picklist(orderSteps), code: v.nullable(code) }),
  }),
]);
export type FactContent = v.InferOutput<typeof factContentSchema>;
export type FactKind = FactContent['kind'];

/** A fact always fits a frame, also alone and unpacked (rule OB6). */
export const maxFactBytes = 56 * 1024;

/** Which words the contents above are in. Raised when a reader of the one before would misread them (rule IN11). */
export const factSchema = 1;

/** The envelope around every content: who, in which order, when by which clock. */
export const factHeadSchema = v.object({
  id: factIdSchema,
  /** 1, 2, 3 … without a gap within one terminal and epoch */
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** wall clock of the terminal; never used for order */
  at: instantSchema,
  /** which boot of the machine, and how long into it: lets headquarters mend `at` later */
  boot: v.pipe(v.string(), v.regex(/^[\x20-\x7e]{0,40}$/)),
  monoMs: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** was `at` known to be right? */
  clock: v.picklist(['synced', 'guess']),
  /** `factSchema` of whoever wrote the content */
  schema: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});
export type FactHead = v.InferOutput<typeof factHeadSchema>;
export type Fact = FactHead & FactContent;

/**
 * What stands in a batch: the words sealed (`seal.ts`), everything else in clear; `body` opened is JSON. It may be of a
 * kind that we do not know (yet).
 */
export const wireFactSchema = v.object({
  ...factHeadSchema.entries,
  kind: code,
  body: v.pipe(v.string(), v.maxLength(maxFactBytes)),
});
export type WireFact = v.InferOutput<typeof wireFactSchema>;

/** terminal → headquarters: contiguous facts, oldest first. */
export const factBatchSchema = v.object({
  v: v.literal(1),
  terminal: terminalIdSchema,
  epoch: epochSchema,
  /** facts up to here are gone: headquarters that has less goes on without them and raises an alarm (rule IN16) */
  forgotten: countSchema,
  /** the fact before the first, or null when it is gone: another one at headquarters betrays a clone (rule IN6) */
  prev: v.nullable(factIdSchema),
  facts: v.pipe(v.array(wireFactSchema), v.minLength(1), v.maxLength(500)),
});
export type FactBatch = v.InferOutput<typeof factBatchSchema>;

/**
 * headquarters → terminal: absolute marks, so an ack may be lost, repeated or late (rules CO3, IN4).
 * `applied`: all facts up to here are committed. `safe`: and would survive the loss of that database.
 * `last`: the fact under number `applied`, null when there is none or its id could not be read. Who has another one
 * there is a clone, or was restored from an older card, and begins a new epoch (rule OB10).
 * `renew`: begin a new epoch in any case (rule IN12).
 * `visible`: the members dataset at this version or later contains the effects of `applied`.
 */
export const ackSchema = v.object({
  v: v.literal(1),
  epoch: epochSchema,
  applied: countSchema,
  safe: countSchema,
  last: v.nullable(factIdSchema),
  renew: v.boolean(),
  visible: v.object({ members: countSchema, events: countSchema, requests: countSchema }),
});
export type Ack = v.InferOutput<typeof ackSchema>;

/** terminal → headquarters, retained; the last will is the same with `online: false`. */
export const presenceSchema = v.object({
  v: v.literal(1),
  online: v.boolean(),
  version: v.pipe(v.string(), v.regex(/^[\x20-\x7e]{0,40}$/)),
  /** wall clock of the terminal when it said so; null in a last will, which is written long before */
  at: v.nullable(instantSchema),
  waiting: countSchema,
});
export type Presence = v.InferOutput<typeof presenceSchema>;
