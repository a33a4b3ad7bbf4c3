// The reference check-in slip in the words of each peer's own interface, as close to ours as it allows.
import { columnsOf } from '../../device/printers/text-columns.ts';
import type { Slip, SlipLine } from '../../device/receipt-printer.ts';
import type { PeerName } from './peers.ts';

export const slipPeers = [
  'escpos',
  'node-thermal-printer',
  'receiptline',
  '@point-of-sale/receipt-printer-encoder',
] as const satisfies readonly PeerName[];
export type SlipPeer = (typeof slipPeers)[number];

/** Encodes the slip once. */
export type SlipEncoder = () => Uint8Array;

const columns = 48;

/** @param module what the peer exports */
export function slipEncoderOf(peer: SlipPeer, module: unknown, slip: Slip): SlipEncoder {
  switch (peer) {
    case 'escpos':
      return escpos(module as Escpos, slip);
    case 'node-thermal-printer':
      return thermal(module as Thermal, slip);
    case 'receiptline':
      return receiptline(module as ReceiptLine, slip);
    case '@point-of-sale/receipt-printer-encoder':
      return pointOfSale(module as { readonly default?: PosEncoderClass } & PosEncoderClass, slip);
  }
}

/** Their own left-right columns count UTF-16 units, so the pair is spaced for them. */
function spaced({ label, value }: Extract<SlipLine, { kind: 'pair' }>): string {
  return `${label}${' '.repeat(columns - columnsOf(label) - columnsOf(value))}${value}`;
}

interface EscposPrinter {
  align(at: string): this;
  size(width: number, height: number): this;
  style(style: string): this;
  text(text: string): this;
  drawLine(): this;
  qrcode(content: string, version: number, level: string, size: number): this;
  cut(isPartial: boolean): this;
  control(name: string): this;
  hardware(name: string): this;
  flush(): this;
}
interface Escpos {
  readonly Printer: new (adapter: object, options: { readonly encoding: string }) => EscposPrinter;
}

function escpos({ Printer }: Escpos, slip: Slip): SlipEncoder {
  let bytes: Uint8Array = new Uint8Array();
  const adapter = {
    write: (data: Uint8Array) => {
      bytes = data;
    },
  };
  return () => {
    const printer = new Printer(adapter, { encoding: 'GB18030' });
    printer.hardware('INIT');
    for (const line of slip) escposLine(printer, line);
    printer.cut(true).flush();
    return bytes;
  };
}

function escposLine(printer: EscposPrinter, line: SlipLine): void {
  switch (line.kind) {
    case 'title':
      printer.align('CT').size(2, 2).text(line.text).size(1, 1).align('LT');
      return;
    case 'text':
      printer
        .align(line.align === 'centre' ? 'CT' : 'LT')
        .text(line.text)
        .align('LT');
      return;
    case 'pair':
      if (line.bold) printer.style('B').text(spaced(line)).style('NORMAL');
      else printer.text(spaced(line));
      return;
    case 'rule':
      printer.drawLine();
      return;
    case 'space':
      printer.text('');
      return;
    // nobody's picture is measured here
    case 'picture':
      return;
    case 'qr':
      printer.align('CT').qrcode(line.content, 4, 'm', 6).align('LT');
      return;
  }
}

interface ThermalPrinter {
  clear(): void;
  alignCenter(): void;
  alignLeft(): void;
  setTextQuadArea(): void;
  setTextNormal(): void;
  println(text: string): void;
  bold(isBold: boolean): void;
  drawLine(): void;
  newLine(): void;
  printQR(content: string, settings: object): void;
  cut(): void;
  getBuffer(): Uint8Array;
}
interface Thermal {
  readonly ThermalPrinter: new (options: object) => ThermalPrinter;
  readonly CharacterSet: { readonly CHINA: string };
}

function thermal({ ThermalPrinter, CharacterSet }: Thermal, slip: Slip): SlipEncoder {
  const printer = new ThermalPrinter({
    type: 'epson',
    width: columns,
    interface: 'tcp://127.0.0.1:9100',
    characterSet: CharacterSet.CHINA,
  });
  return () => {
    printer.clear();
    for (const line of slip) thermalLine(printer, line);
    printer.cut();
    return printer.getBuffer();
  };
}

function thermalLine(printer: ThermalPrinter, line: SlipLine): void {
  switch (line.kind) {
    case 'title':
      printer.alignCenter();
      printer.setTextQuadArea();
      printer.println(line.text);
      printer.setTextNormal();
      printer.alignLeft();
      return;
    case 'text':
      if (line.align === 'centre') printer.alignCenter();
      printer.println(line.text);
      printer.alignLeft();
      return;
    case 'pair':
      if (line.bold) printer.bold(true);
      printer.println(spaced(line));
      if (line.bold) printer.bold(false);
      return;
    case 'rule':
      printer.drawLine();
      return;
    case 'space':
      printer.newLine();
      return;
    // nobody's picture is measured here
    case 'picture':
      return;
    case 'qr':
      printer.alignCenter();
      printer.printQR(line.content, { cellSize: 6, correction: 'M', model: 2 });
      printer.alignLeft();
      return;
  }
}

interface ReceiptLine {
  transform(document: string, printer: object): string;
}

function receiptline({ transform }: ReceiptLine, slip: Slip): SlipEncoder {
  const document = slip.map(receiptlineMarkup).join('\n');
  const printer = { cpl: columns, encoding: 'gb18030', command: 'escpos', cutting: true, spacing: false };
  return () => Buffer.from(transform(document, printer), 'latin1');
}

function receiptlineMarkup(line: SlipLine): string {
  switch (line.kind) {
    case 'title':
      return `^^^${line.text}`;
    case 'text':
      return line.align === 'centre' ? line.text : `|${line.text}`;
    case 'pair':
      // `*` is bold in this markup; `\\` escapes it.
      return `|${[line.label, line.value].map((part) => (line.bold ? `"${part}` : part.replaceAll('*', '\\x2a'))).join(' | ')}|`;
    case 'rule':
      return '-';
    case 'space':
    case 'picture':
      return '';
    case 'qr':
      return `{code:${line.content};option:qrcode,6,m}`;
  }
}

interface PosEncoder {
  initialize(): this;
  codepage(page: string): this;
  align(at: string): this;
  size(width: number, height: number): this;
  bold(isBold: boolean): this;
  line(text: string): this;
  rule(): this;
  newline(): this;
  qrcode(content: string, options: object): this;
  cut(): this;
  encode(): Uint8Array;
}
type PosEncoderClass = new (options: object) => PosEncoder;

function pointOfSale(
  module: { readonly default?: PosEncoderClass } & PosEncoderClass,
  slip: Slip,
): SlipEncoder {
  const Encoder = module.default ?? module;
  return () => {
    const encoder = new Encoder({ language: 'esc-pos', columns });
    encoder.initialize().codepage('auto');
    for (const line of slip) pointOfSaleLine(encoder, line);
    return encoder.cut().encode();
  };
}

function pointOfSaleLine(encoder: PosEncoder, line: SlipLine): void {
  switch (line.kind) {
    case 'title':
      encoder.align('center').size(2, 2).line(line.text).size(1, 1).align('left');
      return;
    case 'text':
      encoder
        .align(line.align === 'centre' ? 'center' : 'left')
        .line(line.text)
        .align('left');
      return;
    case 'pair':
      encoder
        .bold(line.bold === true)
        .line(spaced(line))
        .bold(false);
      return;
    case 'rule':
      encoder.rule();
      return;
    case 'space':
      encoder.newline();
      return;
    // nobody's picture is measured here
    case 'picture':
      return;
    case 'qr':
      encoder.align('center').qrcode(line.content, { size: 6, errorlevel: 'm' }).align('left');
      return;
  }
}
