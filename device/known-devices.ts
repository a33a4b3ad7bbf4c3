// The hardware that is known by its USB ids: what it is, and which setting fits it.
// Printers whose model table says their ids come from there. Every other id was seen in usb.ids, a maker's manual, or several public reports of the device at work; what was not is not here.
import { printerModels } from './printers/printer-models.ts';

/** What a device is good for at a terminal. */
export type DeviceUse =
  | {
      readonly kind: 'reader';
      /** `kind` of the reader's settings */
      readonly reader: 'magtek' | 'id-tech' | 'keyboard' | 'keyboard-stripe';
    }
  /** `model`: of `printer-models.ts`; null where the same id sells in several widths */
  | { readonly kind: 'printer'; readonly model: string | null }
  | { readonly kind: 'panel' }
  /** a serial line for whatever hangs behind it */
  | { readonly kind: 'serial-adapter' }
  /** `smart-card`: only a PC/SC service can read it · `no-esc-pos`: a printer of another language */
  | { readonly kind: 'unsupported'; readonly why: 'smart-card' | 'no-esc-pos' };

export interface KnownDevice {
  /** four lower-case hex digits each */
  readonly vendor: string;
  readonly product: string;
  readonly name: string;
  readonly use: DeviceUse;
  /** quite other things carry the same id: a hint, never a reason to take a device away from the desktop */
  readonly isShared: boolean;
}

const magtek: DeviceUse = { kind: 'reader', reader: 'magtek' };
const idTech: DeviceUse = { kind: 'reader', reader: 'id-tech' };
const typesNumbers: DeviceUse = { kind: 'reader', reader: 'keyboard' };
const typesTracks: DeviceUse = { kind: 'reader', reader: 'keyboard-stripe' };
const printer80: DeviceUse = { kind: 'printer', model: 'generic-80mm' };
const printer58: DeviceUse = { kind: 'printer', model: 'generic-58mm' };
const printer: DeviceUse = { kind: 'printer', model: null };
const panel: DeviceUse = { kind: 'panel' };
const serial: DeviceUse = { kind: 'serial-adapter' };
const smartCard: DeviceUse = { kind: 'unsupported', why: 'smart-card' };
const noEscPos: DeviceUse = { kind: 'unsupported', why: 'no-esc-pos' };

type Row = readonly [id: string, name: string, use: DeviceUse, sharing?: 'shared'];

const rows: readonly Row[] = [
  ['0801:0001', 'MagTek Mini Swipe, keyboard emulation', typesTracks],
  ['0801:0002', 'MagTek SureSwipe', magtek],
  ['0801:0003', 'MagTek insertion reader', magtek],
  ['0801:0011', 'MagTek Mini Swipe', magtek],
  ['0acd:2010', 'ID TECH SecureMag', idTech],
  ['0acd:2030', 'ID TECH SecureMag / ValueMag, keyboard emulation', typesTracks],
  ['08ff:0009', 'Sycreader 125 kHz / 13.56 MHz', typesNumbers],
  ['0c27:3bfa', 'RF IDeas pcProx', typesNumbers],
  // never assigned to anybody: 免驱 proximity readers and MSR100-like stripe readers both use it
  ['ffff:0035', '免驱 USB card reader', typesNumbers, 'shared'],
  // V-USB's id for any keyboard; ordinary keyboards have it, too
  ['16c0:27db', '免驱 USB card reader (V-USB keyboard)', typesNumbers, 'shared'],
  // thermometers and Morse keys have it, too
  ['413d:2107', '免驱 USB card reader', typesNumbers, 'shared'],
  ['072f:2200', 'ACS ACR122U', smartCard],
  ['072f:223b', 'ACS ACR1252', smartCard],
  ['04e6:5591', 'SCM SCL3711', smartCard],

  ['04b8:0202', 'Epson TM with UB-U interface (TM-T70, TM-T88IV …)', printer80],
  ['04b8:0e03', 'Epson TM-T20', printer80],
  ['04b8:0e15', 'Epson TM-T20II / TM-T88V', printer80],
  ['04b8:0e28', 'Epson TM-T20III / TM-T88VI', printer80],
  ['0416:5011', 'POS58 (Zjiang, Rongta …)', printer58],
  ['0483:5743', 'Xprinter / Rongta RP58 / Black Copper', printer],
  ['0fe6:811e', 'Xprinter XP-T80A / Goojprt PT-210 / Cashino KP-300', printer],
  ['28e9:0289', 'GEZHI micro-printer / EM5820', printer58],
  ['28e9:5812', 'kiosk receipt printer (GD32)', printer80],
  ['1fc9:2016', 'Printer-80 (Xprinter, 3nStar, Unyka …)', printer80],
  ['6868:0500', 'Gainscha 佳博', printer],
  ['6868:0200', 'Gainscha 佳博 / Rongta', printer],
  ['1504:0006', 'Bixolon SRP-350', printer80],
  ['1504:001f', 'Bixolon SRP-350II', printer80],
  ['1d90:2060', 'Citizen CT-S310II', printer80],
  ['1d90:20f0', 'Citizen CT-E351', printer80],
  ['067b:2305', 'Prolific USB-to-parallel adapter', printer],
  ['0519:0003', 'Star TSP100', noEscPos],

  ['2341:0001', 'Arduino Uno', panel],
  ['2341:0043', 'Arduino Uno R3', panel],
  ['2a03:0043', 'Arduino Uno R3 (arduino.org)', panel],
  ['2341:0010', 'Arduino Mega 2560', panel],
  ['2341:0042', 'Arduino Mega 2560 R3', panel],
  ['2341:8036', 'Arduino Leonardo', panel],
  ['2e8a:000a', 'Raspberry Pi Pico', panel],

  // an Arduino Nano clone, an RDM6300 on an adapter and a serial printer all look like this
  ['1a86:7523', 'CH340 serial adapter', serial],
  ['1a86:5523', 'CH341 serial adapter', serial],
  ['10c4:ea60', 'CP210x serial adapter', serial],
  ['0403:6001', 'FTDI FT232 serial adapter', serial],
  ['0403:6015', 'FTDI FT-X serial adapter', serial],
  ['067b:2303', 'Prolific PL2303 serial adapter', serial],
];

/** As the table of models says it; its first model with these ids. */
const models: readonly Row[] = Object.entries(printerModels).flatMap(([model, { title, usb = [] }]) =>
  usb.map(
    ({ vendor, product }): Row => [`${hex(vendor)}:${hex(product)}`, title, { kind: 'printer', model }],
  ),
);

const byId = new Map<string, KnownDevice>();
for (const [id, name, use, sharing] of [...rows, ...models]) {
  const [vendor = '', product = ''] = id.split(':');
  // the rows know under how many names an id is sold, the models which profile fits best
  const known = byId.get(id);
  byId.set(id, known ? { ...known, use } : { vendor, product, name, use, isShared: sharing === 'shared' });
}

export const knownDevices: readonly KnownDevice[] = [...byId.values()];

/** Null for a device that is not in the table, and for one without USB ids. */
export function knownDevice(ids: {
  readonly vendor: string | null;
  readonly product: string | null;
}): KnownDevice | null {
  return byId.get(`${ids.vendor}:${ids.product}`) ?? null;
}

function hex(id: number): string {
  return id.toString(16).padStart(4, '0');
}
