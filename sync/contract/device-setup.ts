// What stands around a terminal, as its config and its twin say it: readers, printers, the panel.
import * as v from 'valibot';
import { realPort } from './config-file.ts';

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

export const readerSchema = v.variant('kind', [
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

export const printerSchema = v.strictObject({
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
export const panelSchema = v.strictObject({
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
