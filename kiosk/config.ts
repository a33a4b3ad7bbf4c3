// CONTRACT with provisioning: the file that says what this terminal is, and its parser.
// Everything that waits, queues or buffers has its limit here.
import * as v from 'valibot';
import {
  brokerUrls,
  ms,
  path,
  port,
  readConfigText,
  realPort,
  timeZone,
} from '../sync/contract/config-file.ts';

const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1–40 letters, digits, - or _'));
/** bytes in a row: a serial line or a network port */
const line = v.pipe(
  v.string(),
  v.regex(
    /^(tcp:\/\/[^/\s:]+:\d{1,5}|serial:\/[^\s?]+(\?baud=\d{3,7})?)$/,
    'must be tcp://host:port or serial:/dev/…?baud=9600',
  ),
  realPort,
);
/** HID reports: a USB device by its ids (and serial number), or one that another machine passes on */
const hid = v.pipe(
  v.string(),
  v.regex(
    /^(hid:[0-9a-f]{4}:[0-9a-f]{4}(:[^\s:]{1,64})?|hid\+tcp:\/\/[^/\s:]+:\d{1,5})$/,
    'must be hid:vvvv:pppp, hid:vvvv:pppp:serial or hid+tcp://host:port',
  ),
  realPort,
);
/** a printer: a line, or USB by its ids (and serial number), or the node itself */
const printerAddress = v.pipe(
  v.string(),
  v.regex(
    /^(tcp:\/\/[^/\s:]+:\d{1,5}|serial:\/[^\s?]+(\?baud=\d{3,7}(&flow=(xonxoff|rtscts))?)?|usb:[0-9a-f]{4}:[0-9a-f]{4}(:[^\s:]{1,64})?|usb:\/dev\/[^\s]+)$/,
    'must be tcp://host:port, serial:/dev/…?baud=9600 (and &flow=xonxoff or &flow=rtscts), usb:vvvv:pppp, usb:vvvv:pppp:serial or usb:/dev/usb/lp0',
  ),
  realPort,
);
/** 32 bytes */
const key = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64'));
const bytes = (preset: number, least = 0) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(68_719_476_736)), preset);
const count = (preset: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)), preset);

/** what the digits mean that a reader types: hex or decimal groups of the low bits */
const typedFormat = v.picklist(['10H', '8H10D', '6H8D', '2H4H', '4H4H', '10D']);
const proximity = v.picklist(['em4100', 'iso14443']);
const typedCard = {
  technology: v.optional(proximity, 'em4100'),
  format: v.optional(typedFormat, '8H10D'),
  /** `reversed`: this reader says the lowest byte first */
  byteOrder: v.optional(v.picklist(['straight', 'reversed']), 'straight'),
};
/** `token`: a bank card may be a member's card; its number is still never kept or shown */
const paymentCards = v.optional(v.picklist(['refuse', 'token']), 'refuse');

const readerSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('rdm6300'), at: line }),
  v.strictObject({ kind: v.literal('pn532'), at: line }),
  v.strictObject({ kind: v.literal('wiegand'), at: line, technology: v.optional(proximity, 'em4100') }),
  v.strictObject({ kind: v.literal('magtek'), at: hid, paymentCards }),
  v.strictObject({ kind: v.literal('id-tech'), at: hid, paymentCards }),
  v.strictObject({ kind: v.literal('hid-pos'), at: hid, paymentCards }),
  /** types like a keyboard, read below the keyboard's layout */
  v.strictObject({ kind: v.literal('keyboard'), at: hid, ...typedCard }),
  /** a magnetic stripe reader that types its tracks like a keyboard */
  v.strictObject({ kind: v.literal('keyboard-stripe'), at: hid, paymentCards }),
  /** types into the browser: the last resort where nothing below can be opened */
  v.strictObject({
    kind: v.literal('wedge'),
    ...typedCard,
    /** keys further apart than this are a person's, until the reader's own pace is learnt */
    maxGapMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(200)), 60),
  }),
]);
export type ReaderConfig = v.InferOutput<typeof readerSchema>;

/** the table of known printers, by the name of each */
export const printerModelNames = [
  'generic-80mm',
  'generic-58mm',
  'epson-tm-t88v',
  'epson-tm-t88vi',
  'epson-tm-t70ii-ch',
  'epson-tm-t82iii',
  'epson-tm-m30iii',
  'epson-tm-t20ii',
  'bixolon-srp-350iii',
  'citizen-ct-s651',
  'seiko-rp-f10',
  'xprinter-xp-n160ii',
  'xprinter-xp-80c',
  'xprinter-xp-58iih',
  'gprinter-gp-l80160',
  'rongta-rp326',
  'rongta-rp332',
  'kefar-kr-306',
  'munbyn-itpp047',
  'yhdaa-yhd-8390',
  'zjiang-pos-5890',
  'zjiang-zj-5870',
  'netum-nt-5890k',
] as const;

const printerSchema = v.strictObject({
  kind: v.literal('esc-pos'),
  at: printerAddress,
  /** a name of the table of known printers; what is said below wins over it */
  model: v.optional(v.picklist(printerModelNames), 'generic-80mm'),
  encoder: v.optional(v.picklist(['yingbin', 'escpos']), 'yingbin'),
  columns: v.optional(v.picklist([32, 42, 48])),
  hanzi: v.optional(v.picklist(['none', 'gb2312', 'gbk', 'gb18030-2', 'gb18030'])),
  hasNativeQr: v.optional(v.boolean()),
  hasCutter: v.optional(v.boolean()),
  /** what proves that a job is on paper: the echo of GS ( H, the answer to GS r behind the job, or nothing */
  completionProof: v.optional(v.picklist(['echo', 'transmit', 'none'])),
  /** does it tell lines and cuts (GS g 2)? It must echo too; one that does not would print the question */
  hasCounters: v.optional(v.boolean()),
  /** what ends a cutter error: DLE ENQ 1, the slip goes on, or DLE ENQ 2, it is forgotten; not said = neither */
  cutterRecovery: v.optional(v.picklist(['resume', 'clear'])),
});
export type PrinterConfig = v.InferOutput<typeof printerSchema>;

const pin = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(127));
const contact = (preset: { pin: number; active: 'high' | 'low' }) =>
  v.optional(
    v.nullable(v.strictObject({ pin, active: v.optional(v.picklist(['high', 'low']), preset.active) })),
    preset,
  );
const panelSchema = v.strictObject({
  kind: v.literal('firmata'),
  at: line,
  /** null = not there; a low-active contact gets the board's pull-up */
  pins: v.optional(
    v.strictObject({
      presence: contact({ pin: 2, active: 'high' }),
      help: contact({ pin: 3, active: 'low' }),
      /** closed while the housing is, so that a cut wire reads as open */
      tamper: contact({ pin: 4, active: 'high' }),
      /** three pins that can dim */
      light: v.optional(v.nullable(v.strictObject({ red: pin, green: pin, blue: pin })), {
        red: 9,
        green: 10,
        blue: 11,
      }),
      buzzer: v.optional(v.nullable(pin), 6),
    }),
    {},
  ),
});
export type PanelConfig = v.InferOutput<typeof panelSchema>;

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
    timeZone,
    helpPhone: v.string(),
  }),
  /** where the terminal keeps its database, settings and run-time files; relative to this file */
  dataDir: path,
  /** folder that is looked at for site bundles, a mounted USB stick for example; left out = none is */
  bundles: v.optional(path),
  screen: v.strictObject({
    port,
    /** left out = its size is not known, and what is shown is sized by its pixels */
    display: v.optional(
      v.nullable(
        v.strictObject({
          /** of the picture as it stands, not of the housing */
          widthMm: v.pipe(v.number(), v.minValue(100), v.maxValue(3_000)),
          /** the picture's lower edge above the floor */
          bottomMm: v.pipe(v.number(), v.minValue(0), v.maxValue(2_000)),
        }),
      ),
      null,
    ),
  }),
  broker: v.strictObject({
    url: brokerUrls,
    username: v.optional(v.string()),
    /** file with the password, mode 0600 */
    passwordFile: v.optional(path),
    keepAliveMs: ms(30_000, 1_000),
    connectTimeoutMs: ms(10_000, 100),
  }),
  /** the public keys of this fleet's headquarters, as it says them in its log when it is ready */
  headquarters: v.strictObject({
    /** facts are sealed to it: nobody else can read what waits here (X25519) */
    sealKey: key,
    /** what headquarters says is signed with its other half (Ed25519) */
    signKey: key,
  }),
  /** fleet key for card tokens and PINs: 32 bytes as 64 hex digits, mode 0600 */
  fleetKeyFile: path,
  /** how many low bits of a proximity card's identity the whole fleet goes by; the same at headquarters */
  cardWidth: v.optional(v.picklist(['all', 32, 24]), 'all'),
  reader: v.nullable(readerSchema),
  secondReader: v.optional(v.nullable(readerSchema), null),
  printer: v.nullable(printerSchema),
  /** takes the slips while `printer` cannot print */
  fallbackPrinter: v.optional(v.nullable(printerSchema), null),
  panel: v.nullable(panelSchema),
  /** screenshots for support, pointer parking, waking the display; needs a graphical session */
  desktop: v.optional(v.boolean(), true),
  maintenance: v.optional(
    v.strictObject({
      /** file with the PIN that opens the maintenance screen, 4–8 digits, mode 0600; without it the screen stays shut */
      pinFile: v.optional(path),
    }),
    {},
  ),
  limits: v.optional(
    v.strictObject({
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
  const read = readConfigText(configSchema, text, file);
  switch (read.kind) {
    case 'read':
      return read.config;
    case 'not-json':
      throw new ConfigError('config-not-json', read.msg, { cause: read.cause });
    case 'wrong':
      throw new ConfigError('config-wrong', read.msg);
  }
}
