// The second slip encoder: the npm package `escpos` builds the text, everything that it gets wrong goes past it.
import { createRequire } from 'node:module';
import type { Slip } from '../receipt-printer.ts';
import { ByteWriter } from './byte-writer.ts';
import { type HanziCodes, hanziCodes } from './hanzi.ts';
import { jobEnd, jobStart, proofQuestion } from './job-frame.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { SlipEncoder } from './slip-encoder.ts';
import { layOutSlip, type SlipBlock, type TextStyle } from './slip-layout.ts';

/** The part of `escpos` 2.5.2 that may be used; the package brings no types. */
interface EscposPrinter {
  align(at: 'LT' | 'CT'): this;
  style(style: 'B' | 'NORMAL'): this;
  size(width: 1 | 2, height: 1 | 2): this;
  pureText(text: string): this;
  newLine(): this;
  print(bytes: Buffer): this;
  flush(): this;
}
type EscposPrinterClass = new (adapter: object, options: { readonly encoding: string }) => EscposPrinter;

let loaded: EscposPrinterClass | undefined;

/**
 * Loads the package with the first slip: 100 ms. Its own columns, QR codes, pictures and cutting are never used
 * (it counts UTF-16 units, forgets lengths, knows no Chinese mode); nor are its USB, serial and network adapters.
 */
export const encodeSlipWithEscpos: SlipEncoder = (slip: Slip, profile: PrinterProfile, proofId?: number) => {
  // Its index would load all the adapters, too.
  loaded ??= createRequire(import.meta.url)('escpos/printer.js') as EscposPrinterClass;
  let job = Buffer.alloc(0);
  const adapter = {
    write: (bytes: Uint8Array) => {
      job = Buffer.from(bytes);
    },
  };
  const printer = new loaded(adapter, { encoding: 'GB18030' });
  const codes = hanziCodes(profile.hanzi);
  printer.print(Buffer.from(jobStart(profile)));
  let now: TextStyle = { isCentred: false, isBold: false, isLarge: false };
  for (const block of layOutSlip(slip, profile)) {
    if (block.style !== now) changeStyle(printer, block.style);
    now = block.style;
    writeBlock(printer, block, codes);
  }
  printer.print(Buffer.from(jobEnd(profile)));
  printer.print(Buffer.from(proofQuestion(profile, proofId))).flush();
  return job;
};

function changeStyle(printer: EscposPrinter, { isCentred, isBold, isLarge }: TextStyle): void {
  const scale = isLarge ? 2 : 1;
  // Its size is ESC !, which leaves Chinese as it is on many models and takes bold back: GS ! and ESC G beside it.
  printer
    .align(isCentred ? 'CT' : 'LT')
    .size(scale, scale)
    .print(Buffer.of(0x1d, 0x21, isLarge ? 0x11 : 0))
    .style(isBold ? 'B' : 'NORMAL')
    .print(Buffer.of(0x1b, 0x47, isBold ? 1 : 0));
}

function writeBlock(printer: EscposPrinter, block: SlipBlock, codes: HanziCodes): void {
  if (block.kind === 'commands') printer.print(Buffer.from(block.bytes));
  else if (isKnownAlike(block.left) && isKnownAlike(block.right)) {
    printer.pureText(block.left + ' '.repeat(block.gap) + block.right).newLine();
  } else {
    const writer = new ByteWriter(codes);
    writer.line(block.left, block.gap, block.right);
    printer.print(writer.finish());
  }
}

/** iconv's table and Node's differ in places that GB18030 moved between its editions; Han and ASCII are the same. */
function isKnownAlike(text: string): boolean {
  return /^[ -~\u3001-\u3017\u4e00-\u9fa5\uff01-\uff5e]*$/.test(text);
}
