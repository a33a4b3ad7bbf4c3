// What headquarters can order a terminal to do: addressed, dated, and signed by its frame (rules OR1–OR6).
import * as v from 'valibot';
import { datasetNames } from './datasets.ts';
import { batchIdSchema, instantSchema, orderIdSchema, terminalIdSchema } from './ids.ts';

/** Open orders of one terminal at most, on both ends. */
export const maxOpenOrders = 100;
/** How long an order may be good for. */
export const maxOrderMs = 30 * 24 * 3_600_000;
/** A terminal knows an order's id for this long after its expiry, so that a replay does nothing. */
export const orderMemoryMs = 30 * 24 * 3_600_000;

/** Short enough to be read in passing, and to fit the waiting screen. */
export const maxNotice = { zh: 60, en: 120 } as const;
const notice = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));

/** One member per kind: `{kind, body}`. Each must be safe to carry out late, and says by itself when it is done. */
export const orderContentSchema = v.variant('kind', [
  /** take these anew as a whole, whatever is there; done when they are in use */
  v.strictObject({
    kind: v.literal('take-datasets'),
    body: v.strictObject({ datasets: v.pipe(v.array(v.picklist(datasetNames)), v.minLength(1)) }),
  }),
  /** done when it is on paper */
  v.strictObject({ kind: v.literal('print-test-page'), body: v.strictObject({}) }),
  /** begun when nobody is served; done when the new run has started */
  v.strictObject({ kind: v.literal('restart-terminal'), body: v.strictObject({}) }),
  /** words on the screen that waits for people, until then by headquarters' clock; the newest notice is shown */
  v.strictObject({
    kind: v.literal('show-notice'),
    body: v.strictObject({
      words: v.strictObject({ zh: notice(maxNotice.zh), en: notice(maxNotice.en) }),
      until: instantSchema,
    }),
  }),
  /** what was shown by this batch of orders, or null for all */
  v.strictObject({
    kind: v.literal('forget-notice'),
    body: v.strictObject({ notice: v.nullable(batchIdSchema) }),
  }),
  /** everything that the terminal still has, for a headquarters that lost some; `done` arrives behind all of it */
  v.strictObject({ kind: v.literal('re-send-facts'), body: v.strictObject({}) }),
  /** number what waits anew (rule OB10) */
  v.strictObject({ kind: v.literal('begin-epoch'), body: v.strictObject({}) }),
]);
export type OrderContent = v.InferOutput<typeof orderContentSchema>;
export type OrderKind = OrderContent['kind'];
export const orderKinds: readonly OrderKind[] = orderContentSchema.options.map(
  ({ entries }) => entries.kind.literal,
);

/**
 * headquarters → terminal, again until it is told `received`. The content is parsed apart: one of a kind that this
 * terminal does not know fails with a code that headquarters sees.
 */
export const orderSchema = v.pipe(
  v.object({
    v: v.literal(1),
    id: orderIdSchema,
    /** the same for what was ordered at once of many terminals */
    batch: batchIdSchema,
    terminal: terminalIdSchema,
    /** both by headquarters' clock */
    at: instantSchema,
    expiresAt: instantSchema,
    kind: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
    body: v.unknown(),
  }),
  v.check(({ at, expiresAt }) => {
    const goodForMs = Date.parse(expiresAt) - Date.parse(at);
    return goodForMs > 0 && goodForMs <= maxOrderMs;
  }, 'expires within 30 days of being given'),
);
/** An order as it travels; its content may be of a kind that we do not know (yet). */
export type WireOrder = v.InferOutput<typeof orderSchema>;

/** What a terminal tells of an order, each once and in this order; the last three end it. */
export const orderSteps = ['received', 'running', 'done', 'failed', 'expired'] as const;
export type OrderStep = (typeof orderSteps)[number];
