// What headquarters can order a terminal to do: addressed, dated, and signed by its frame (rules OR1–OR6).
import * as v from 'valibot';
import { datasetNames } from './datasets.ts';
import { batchIdSchema, countSchema, instantSchema, orderIdSchema, terminalIdSchema } from './ids.ts';

/** Open orders of one terminal at most, on both ends. */
export const maxOpenOrders = 100;
/** How long an order may be good for. */
export const maxOrderMs = 30 * 24 * 3_600_000;
/** A terminal knows an order's id for this long after its expiry, so that a replay does nothing. */
export const orderMemoryMs = 30 * 24 * 3_600_000;

/** Short enough to be read in passing, and to fit the waiting screen. */
export const maxNotice = { zh: 60, en: 120 } as const;
/** How long a terminal shows its own name, and how long it waits for a card to try a reader with. */
export const identifyMs = 30_000;
export const testReaderMs = 60_000;
/** For how long a log may be followed, and support let in, at most. */
export const maxLogMinutes = 10;
export const maxSshMinutes = 60;
const minutes = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
/** in the middle of a visitor's session too; left out = when nobody is served */
const duringSession = v.optional(v.boolean());
const sshKey = v.pipe(
  v.string(),
  v.regex(
    /^(ssh-ed25519|ecdsa-sha2-nistp256) [A-Za-z0-9+/]{60,200}={0,2}( [A-Za-z0-9@._-]{1,60})?$/,
    'must be one public key, ssh-ed25519 or ecdsa-sha2-nistp256',
  ),
);
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
  /** its name and code in large letters, with a sound; done when that is over */
  v.strictObject({ kind: v.literal('identify'), body: v.strictObject({ duringSession }) }),
  /** looks at the machine, its devices and its line; the report is brought to the door */
  v.strictObject({ kind: v.literal('run-diagnosis'), body: v.strictObject({}) }),
  /** a picture of the screen, personal data masked before it is taken, is brought to the door */
  v.strictObject({ kind: v.literal('take-screenshot'), body: v.strictObject({ duringSession }) }),
  /** asks for a card at the screen; done when one was read, which does nothing else */
  v.strictObject({
    kind: v.literal('test-reader'),
    body: v.strictObject({ reader: v.optional(v.picklist(['reader', 'second-reader'])) }),
  }),
  /** of the whole machine; done when it is up again */
  v.strictObject({ kind: v.literal('reboot'), body: v.strictObject({ duringSession }) }),
  /** what it logs is brought to the door for so long, first what it logged before */
  v.strictObject({
    kind: v.literal('send-log'),
    body: v.strictObject({ minutes: minutes(maxLogMinutes) }),
  }),
  /** lets support in with this key alone, for so long; done when the way is open, it closes by itself */
  v.strictObject({
    kind: v.literal('open-ssh'),
    body: v.strictObject({ minutes: minutes(maxSshMinutes), key: sshKey }),
  }),
  /** a fresh key and certificate now; done when they are in use */
  v.strictObject({ kind: v.literal('rotate-certificate'), body: v.strictObject({}) }),
  /** for ever: sends what waits, then forgets key, data, claim and networks; at `done` headquarters voids its certificate */
  v.strictObject({ kind: v.literal('retire'), body: v.strictObject({ duringSession }) }),
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
    /** rises with every frame that this terminal is sent: one that comes twice, or behind a later one, is refused */
    no: countSchema,
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

/** What came of an order, in short: `{technology: 'iso14443a', bits: 32}`. What is long goes to the door. */
export const orderDetailSchema = v.pipe(
  v.record(
    v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9.-]{0,39}$/)),
    v.nullable(v.union([v.pipe(v.string(), v.maxLength(120)), v.number(), v.boolean()])),
  ),
  v.maxEntries(60),
);
export type OrderDetail = v.InferOutput<typeof orderDetailSchema>;

/** Why a frame that came as an order was not taken. */
export const orderRefusals = ['unsigned', 'forged', 'foreign', 'replayed', 'malformed', 'surplus'] as const;
export type OrderRefusal = (typeof orderRefusals)[number];

/** What a terminal tells of an order, each once and in this order; the last three end it. */
export const orderSteps = ['received', 'running', 'done', 'failed', 'expired'] as const;
export type OrderStep = (typeof orderSteps)[number];
