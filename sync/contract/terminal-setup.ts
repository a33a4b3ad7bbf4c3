// How a terminal is set up, group by group: the same words in its config file, its settings file and its twin.
import * as v from 'valibot';
import { brokerUrls, ms, timeZone } from './config-file.ts';
import { panelSchema, printerSchema, readerSchema } from './device-setup.ts';

const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1–40 letters, digits, - or _'));
const bytes = (preset: number, least = 0) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(68_719_476_736)), preset);
const count = (preset: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)), preset);
const seconds = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

export const siteSetup = v.strictObject({
  name: v.strictObject({ zh: v.string(), en: v.string() }),
  /** the project whose events check in here; null = all */
  project: v.nullable(name),
  timeZone,
  helpPhone: v.string(),
});

/** The panel as it is built in; null = its size is not known, and what is shown is sized by its pixels. */
export const displaySetup = v.nullable(
  v.strictObject({
    /** of the picture as it stands, not of the housing */
    widthMm: v.pipe(v.number(), v.minValue(100), v.maxValue(3_000)),
    /** the picture's lower edge above the floor */
    bottomMm: v.pipe(v.number(), v.minValue(0), v.maxValue(2_000)),
  }),
);

export const brokerSetup = v.strictObject({
  url: brokerUrls,
  keepAliveMs: ms(30_000, 1_000),
  connectTimeoutMs: ms(10_000, 100),
});

/** What stands around the terminal. */
export const devicesSetup = v.strictObject({
  reader: v.nullable(readerSchema),
  secondReader: v.optional(v.nullable(readerSchema), null),
  printer: v.nullable(printerSchema),
  /** takes the slips while `printer` cannot print */
  fallbackPrinter: v.optional(v.nullable(printerSchema), null),
  panel: v.nullable(panelSchema),
  /** screenshots for support, pointer parking, waking the display; needs a graphical session */
  desktop: v.optional(v.boolean(), true),
});

/** Everything that waits, queues or buffers at a terminal has its limit here. */
export const limitsSetup = v.strictObject({
  /** same card within this is one swipe */
  repeatedSwipeMs: ms(3_000),
  /** a card must be away this long before it counts again */
  cardAbsenceMs: ms(400),
  ackTimeoutMs: ms(10_000, 100),
  reconnectMinMs: ms(1_000),
  reconnectMaxMs: ms(300_000),
  /** how long to leave the broker to another device that has this terminal's name */
  takenOverPauseMs: ms(300_000),
  deviceRetryMinMs: ms(250),
  deviceRetryMaxMs: ms(5_000),
  printerAnswerMs: ms(2_000),
  /** how long the first printer may be unable before its waiting slips go to the fallback */
  fallbackAfterMs: ms(10_000),
  slipExpiryMs: ms(600_000),
  waitingSlips: count(50),
  /** how much may wait for headquarters; what else the disk holds does not count */
  storeBytes: bytes(268_435_456, 1_048_576),
  /** what headquarters has, but might lose, is kept for so many days of serving, and so many bytes */
  ringDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(366)), 7),
  ringBytes: bytes(67_108_864),
  /** a larger site bundle is refused unread */
  bundleBytes: bytes(1_073_741_824, 1_024),
  /** how often the folder `bundles` is looked at */
  bundleLookMs: ms(30_000, 100),
  /** of serving, that what was done here is held after headquarters has it; longer than any survey is open */
  ownRowsDays: count(400),
  factsPerBatch: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), 500),
  batchesInFlight: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)), 4),
  screenSockets: count(8),
  touchesPerSecond: count(20),
  wrongPins: count(5),
  pinLockMs: ms(900_000),
  /** how long a person waits for headquarters before this terminal answers by itself */
  questionMs: ms(1_500, 100),
});

const timeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM'));
/** By the site's own wall clock; a span that ends before it begins goes over midnight. */
export const hoursSetup = v.strictObject({ from: timeOfDay, to: timeOfDay });

/** How a session is shown and heard before anybody chose; what is left out is as anywhere. */
const mannerSetup = v.strictObject({
  text: v.exactOptional(v.picklist(['normal', 'large'])),
  contrast: v.exactOptional(v.picklist(['normal', 'high'])),
  reach: v.exactOptional(v.picklist(['full', 'low'])),
  volume: v.exactOptional(v.picklist([0, 1, 2, 3])),
  isSpoken: v.exactOptional(v.boolean()),
});

const percent = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));

/** The few settings that IT may also edit by hand on the terminal. */
export const settingsSetup = v.strictObject({
  /** the language a session starts in */
  language: v.picklist(['zh', 'en']),
  /** idle time before "are you still there?" */
  idleSeconds: seconds(10, 3600),
  /** how long that question stands; WCAG 2.2.1 asks for 20 at least */
  idleWarningSeconds: seconds(20, 600),
  /** when the site is open; null = always. The terminal serves at any hour, but says so */
  openHours: v.optional(v.nullable(hoursSetup), null),
  /** when the waiting screen is dark; null = never */
  nightHours: v.optional(v.nullable(hoursSetup), { from: '22:00', to: '06:30' }),
  manner: v.optional(mannerSetup, {}),
  /** how loud staff and visitors may make it */
  loudest: v.optional(v.picklist([0, 1, 2, 3]), 3),
  /** how bright staff may make the display, in percent */
  brightness: v.optional(
    v.pipe(
      v.strictObject({ least: percent, most: percent }),
      v.check(({ least, most }) => least <= most, 'must have least not above most'),
    ),
    { least: 20, most: 100 },
  ),
  /** nothing sounds that nobody asked for; null = none */
  silentHours: v.optional(v.nullable(hoursSetup), null),
  /** last lines of every slip */
  slipFooter: v.strictObject({
    zh: v.pipe(v.string(), v.maxLength(120)),
    en: v.pipe(v.string(), v.maxLength(120)),
  }),
});
