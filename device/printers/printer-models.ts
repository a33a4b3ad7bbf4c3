// The printers that are known by name, and what each can do.
import type { PrinterProfile } from './printer-profile.ts';

export interface PrinterModel extends PrinterProfile {
  /** as it stands on the housing */
  readonly title: string;
  /** the ids that it says of itself on USB; cheap ones share theirs, and many makers change them */
  readonly usb?: readonly { readonly vendor: number; readonly product: number }[];
}

/** 80 mm paper, 203 dots an inch. Maker's manuals of the GB18030 models; 180 dpi heads have 42 columns. */
const epson = {
  columns: 48,
  dots: 576,
  hanzi: 'gb18030',
  hasNativeQr: true,
  hasCutter: true,
  status: 'dle-eot',
  completionProof: 'echo',
  hasCounters: true,
} as const satisfies PrinterProfile;

/** Knows GS r, but neither GS ( H nor counters; its Chinese font is sure of GBK only, whatever the box says. */
const clone80 = { ...epson, hanzi: 'gbk', completionProof: 'transmit', hasCounters: false } as const;
const clone58 = { ...clone80, columns: 32, dots: 384, hasCutter: false } as const;
/** The oldest boards: GB2312, no QR codes, and no answers that could be trusted. */
const simple58 = {
  ...clone58,
  hanzi: 'gb2312',
  hasNativeQr: false,
  status: 'none',
  completionProof: 'none',
} as const;

/** Columns and dots: receipt-print-hq/escpos-printer-db (CC BY 4.0) and the makers' manuals. */
export const printerModels: Readonly<Record<string, PrinterModel>> = {
  'generic-80mm': { ...epson, title: 'ESC/POS 80 mm', hasCounters: false },
  'generic-58mm': { ...epson, title: 'ESC/POS 58 mm', columns: 32, dots: 384, hasCounters: false },
  'epson-tm-t88v': {
    ...epson,
    title: 'Epson TM-T88V',
    columns: 42,
    dots: 512,
    usb: [{ vendor: 0x04b8, product: 0x0202 }],
  },
  'epson-tm-t88vi': { ...epson, title: 'Epson TM-T88VI', columns: 42, dots: 512 },
  'epson-tm-t70ii-ch': { ...epson, title: 'Epson TM-T70II (Chinese)' },
  'epson-tm-t82iii': { ...epson, title: 'Epson TM-T82III' },
  'epson-tm-m30iii': { ...epson, title: 'Epson TM-m30III' },
  // sold without a Chinese font: every Chinese line is drawn
  'epson-tm-t20ii': {
    ...epson,
    title: 'Epson TM-T20II',
    hanzi: 'none',
    usb: [{ vendor: 0x04b8, product: 0x0e15 }],
  },
  'bixolon-srp-350iii': { ...clone80, title: 'Bixolon SRP-350III', columns: 42, dots: 512, hanzi: 'gb2312' },
  'citizen-ct-s651': { ...clone80, title: 'Citizen CT-S651', hanzi: 'gb18030-2' },
  'seiko-rp-f10': { ...clone80, title: 'Seiko RP-F10', hanzi: 'gb18030-2', status: 'automatic' },
  'xprinter-xp-n160ii': {
    ...clone80,
    title: 'Xprinter XP-N160II',
    usb: [{ vendor: 0x1fc9, product: 0x2016 }],
  },
  'xprinter-xp-80c': { ...clone80, title: 'Xprinter XP-80C', usb: [{ vendor: 0x0483, product: 0x5743 }] },
  'xprinter-xp-58iih': { ...clone58, title: 'Xprinter XP-58IIH' },
  'gprinter-gp-l80160': { ...clone80, title: 'Gprinter GP-L80160', hanzi: 'gb18030-2' },
  'rongta-rp326': { ...clone80, title: 'Rongta RP326', usb: [{ vendor: 0x0fe6, product: 0x811e }] },
  'rongta-rp332': { ...clone80, title: 'Rongta RP332', columns: 42, dots: 576 },
  'kefar-kr-306': { ...clone80, title: 'Kefar KR-306' },
  'munbyn-itpp047': { ...clone80, title: 'Munbyn ITPP047', columns: 42, dots: 512, status: 'gs-r' },
  'yhdaa-yhd-8390': { ...clone80, title: 'YHDAA YHD-8390' },
  'zjiang-pos-5890': {
    ...simple58,
    title: 'Zjiang POS-5890',
    usb: [{ vendor: 0x0416, product: 0x5011 }],
  },
  'zjiang-zj-5870': { ...simple58, title: 'Zjiang ZJ-5870', status: 'gs-r', completionProof: 'transmit' },
  'netum-nt-5890k': { ...simple58, title: 'Netum NT-5890K' },
};
