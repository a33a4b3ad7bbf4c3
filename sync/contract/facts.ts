// What can have happened at a terminal. A fact is immutable and is told to headquarters exactly once.
import * as v from 'valibot';
import { clubFacts } from './club-facts.ts';
import {
  codeSchema,
  countSchema,
  epochSchema,
  factIdSchema,
  instantSchema,
  orderIdSchema,
  terminalIdSchema,
} from './ids.ts';
import { orderDetailSchema, orderRefusals, orderSteps } from './orders.ts';
import { reportedEntries } from './reported.ts';
import { salesFacts } from './sales-facts.ts';
import { serviceFacts } from './service-facts.ts';

/** Which slip a print job is. */
export const slipKinds = [
  'check-in',
  'unit',
  'shortlist',
  'request',
  'membership',
  'hand-over-number',
  'hand-over-signed',
  'test-page',
] as const;
export type SlipKind = (typeof slipKinds)[number];

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

/** What somebody did behind the PIN of the maintenance screen; a copy of a slip has a fact of its own. */
export const maintenanceActions = [
  'test-page',
  'support-picture',
  'checks-run',
  'network-looked-at',
  'wifi-changed',
  'volume-set',
  'brightness-set',
  'diagnosis-exported',
  'program-restarted',
  'machine-restarted',
  'enrolment-begun-anew',
  'update-released',
] as const;
export type MaintenanceAction = (typeof maintenanceActions)[number];

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
        v.object({ kind: codeSchema, count: countSchema, firstAt: instantSchema, lastAt: instantSchema }),
      ),
    }),
  }),
  /** headquarters was heard, and the wall clock turned out so many milliseconds ahead of it (rules CK3, CK4) */
  v.object({
    kind: v.literal('clock-learnt'),
    body: v.object({ aheadMs: v.pipe(v.number(), v.safeInteger()) }),
  }),
  ...clubFacts,
  ...serviceFacts,
  ...salesFacts,
  v.object({
    kind: v.literal('slip-settled'),
    body: v.object({
      job: factIdSchema,
      slip: v.picklist(slipKinds),
      copy: countSchema,
      /** `printed` may come after `unconfirmed`, with reason `late-proof`: the last one counts */
      outcome: v.picklist(['printed', 'unconfirmed', 'failed', 'expired']),
      reason: v.nullable(codeSchema),
      /** which printer had it; left out when none had */
      printer: v.optional(v.picklist(['printer', 'fallback-printer'])),
    }),
  }),
  /** a slip is to be printed again, marked as copy number `copy` */
  v.object({
    kind: v.literal('slip-copied'),
    body: v.object({ job: factIdSchema, slip: v.picklist(slipKinds), copy: countSchema }),
  }),
  v.object({ kind: v.literal('help-requested'), body: v.object({ screen: codeSchema }) }),
  v.object({ kind: v.literal('panel-tampered'), body: v.object({ open: v.boolean() }) }),
  /** somebody knew the PIN of the maintenance screen */
  v.object({ kind: v.literal('maintenance-opened'), body: v.object({}) }),
  v.object({ kind: v.literal('maintenance-refused'), body: v.object({ triesLeft: countSchema }) }),
  v.object({
    kind: v.literal('maintenance-acted'),
    body: v.object({ action: v.picklist(maintenanceActions) }),
  }),
  v.object({
    kind: v.literal('device-changed'),
    body: v.object({ device: v.picklist(deviceRoles), state: codeSchema }),
  }),
  /** how far it is with what headquarters wants it to be */
  v.object({ kind: v.literal('twin-reported'), body: v.object(reportedEntries) }),
  /** how far an order of headquarters is; `code`: why it failed; `detail`: what came of it */
  v.object({
    kind: v.literal('order-progressed'),
    body: v.object({
      order: orderIdSchema,
      state: v.picklist(orderSteps),
      code: v.nullable(codeSchema),
      detail: v.optional(orderDetailSchema),
    }),
  }),
  /** something came as an order and is none for this terminal, now: once an hour for each reason */
  v.object({ kind: v.literal('order-refused'), body: v.object({ reason: v.picklist(orderRefusals) }) }),
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
  kind: codeSchema,
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
  /** when the oldest of these happened, by the terminal's clock; left out or null = none waits */
  oldest: v.optional(v.nullable(instantSchema)),
  /** how often somebody else came under its name and ended its line, since headquarters was last heard; left out = never */
  takenOver: v.optional(countSchema),
  /** of the board and of this start, in a birth: two of either under one name are two machines */
  serial: v.optional(v.pipe(v.string(), v.maxLength(80))),
  boot: v.optional(v.pipe(v.string(), v.maxLength(80))),
  /** serial number (hex) of the certificate that this line was opened with: earlier ones are of no more use */
  certificate: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{1,40}$/))),
});
export type Presence = v.InferOutput<typeof presenceSchema>;
