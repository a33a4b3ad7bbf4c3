// CONTRACT with provisioning: the file that says what this terminal is, and its parser.
// Everything that waits, queues or buffers has its limit here.
import * as v from 'valibot';

const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1–40 letters, digits, - or _'));
const path = v.pipe(v.string(), v.minLength(1));
const address = v.pipe(
  v.string(),
  v.regex(
    /^(tcp:\/\/[^/\s:]+:\d{1,5}|serial:\/[^\s?]+(\?baud=\d{3,7})?)$/,
    'must be tcp://host:port or serial:/dev/…?baud=9600',
  ),
  v.check(hasRealPort, 'must have a port from 1 to 65535'),
);
const ms = (preset: number, least = 1) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(86_400_000)), preset);
const count = (preset: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)), preset);

const configSchema = v.strictObject({
  v: v.literal(1),
  tenant: name,
  /** this terminal's name in topics, logs and at headquarters */
  terminal: name,
  /** what its request numbers start with: `H01` */
  code: v.pipe(v.string(), v.regex(/^[A-Z0-9]{2,6}$/, 'must be 2–6 capital letters or digits')),
  site: v.strictObject({
    name: v.strictObject({ zh: v.string(), en: v.string() }),
    /** the project whose events check in here; null = all */
    project: v.nullable(name),
    timeZone: v.optional(
      v.pipe(v.string(), v.check(isTimeZone, 'must be an IANA time zone such as Asia/Shanghai')),
      'Asia/Shanghai',
    ),
    helpPhone: v.string(),
  }),
  /** where the terminal keeps its database, settings and run-time files; relative to this file */
  dataDir: path,
  screen: v.strictObject({ port }),
  broker: v.strictObject({
    url: v.pipe(
      v.string(),
      v.regex(/^mqtts?:\/\/[^\s/:]+:\d{1,5}$/, 'must be mqtt://host:port or mqtts://host:port'),
      v.check(hasRealPort, 'must have a port from 1 to 65535'),
    ),
    username: v.optional(v.string()),
    /** file with the password, mode 0600 */
    passwordFile: v.optional(path),
    keepAliveMs: ms(30_000, 1_000),
    connectTimeoutMs: ms(10_000, 100),
  }),
  /** fleet key for card tokens and PINs: 32 bytes as 64 hex digits, mode 0600 */
  fleetKeyFile: path,
  reader: v.nullable(v.strictObject({ kind: v.literal('rdm6300'), at: address })),
  printer: v.nullable(
    v.strictObject({
      kind: v.literal('esc-pos'),
      at: address,
      columns: v.optional(v.picklist([32, 42, 48]), 48),
      hanzi: v.optional(v.picklist(['gbk', 'gb18030']), 'gb18030'),
      hasNativeQr: v.optional(v.boolean(), true),
      /** does it echo GS ( H when the paper is out? */
      hasCompletionProof: v.optional(v.boolean(), true),
      /** does it tell lines and cuts (GS g 2)? It must echo too; one that does not would print the question */
      hasCounters: v.optional(v.boolean(), false),
    }),
  ),
  panel: v.nullable(
    v.strictObject({
      kind: v.literal('firmata'),
      at: address,
      pins: v.strictObject({ presence: count(2), help: count(3), tamper: count(4) }),
    }),
  ),
  limits: v.optional(
    v.strictObject({
      /** same card within this is one swipe */
      repeatedSwipeMs: ms(3_000),
      /** a card must be away this long before it counts again */
      cardAbsenceMs: ms(400),
      ackTimeoutMs: ms(10_000, 100),
      reconnectMinMs: ms(1_000),
      reconnectMaxMs: ms(60_000),
      deviceRetryMinMs: ms(250),
      deviceRetryMaxMs: ms(5_000),
      printerAnswerMs: ms(2_000),
      slipExpiryMs: ms(600_000),
      waitingSlips: count(50),
      factsPerBatch: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), 200),
      batchesInFlight: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)), 4),
      screenSockets: count(8),
      touchesPerSecond: count(20),
      wrongPins: count(5),
      pinLockMs: ms(900_000),
    }),
    {},
  ),
});

export type Config = v.InferOutput<typeof configSchema>;

/** A config that cannot be used: one sentence that names the key and says what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: 'config-unreadable' | 'config-not-json' | 'config-wrong';
  constructor(code: ConfigError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * @param text the file's content
 * @param file its name, for the error's sentence
 * @throws ConfigError config-not-json | config-wrong
 */
export function parseConfig(text: string, file: string): Config {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(
      'config-not-json',
      `${file} is not JSON: ${(cause as Error).message}. Mend it and start again.`,
      { cause },
    );
  }
  const result = v.safeParse(configSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const key = v.getDotPath(issue) ?? 'the whole file';
  throw new ConfigError('config-wrong', `${file}: ${key} ${sentence(issue)}. Change it and start again.`);
}

function sentence(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'is not a key that this version knows';
  if (issue.received === 'undefined') return 'is missing';
  if (issue.type === 'regex' || issue.type === 'check') return issue.message;
  return `must be ${issue.expected ?? 'different'}, not ${issue.received}`;
}

/** Also true of an address without a port, such as a serial line. */
function hasRealPort(address: string): boolean {
  const port = /^[a-z]+:\/\/.*:(\d+)$/.exec(address)?.[1];
  return port === undefined || (Number(port) > 0 && Number(port) < 65_536);
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
