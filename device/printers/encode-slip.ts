// Turns a slip into the ESC/POS bytes of one print job. Pure; the style of one job never reaches the next.
import type { Slip, SlipLine } from '../receipt-printer.ts';
import { ByteWriter } from './byte-writer.ts';
import { type HanziCodes, hanziCodes } from './hanzi.ts';
import { printableText } from './printable-text.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { echoRequest } from './printer-questions.ts';
import { writeQr } from './qr-code.ts';
import { columnsOf, wrapText } from './text-columns.ts';

interface Page {
  readonly writer: ByteWriter;
  readonly codes: HanziCodes;
  readonly profile: PrinterProfile;
}

/**
 * @param proofId 1 … 9999; the printer is asked to say it when the paper is out, when it can
 * @returns the whole job, from initialising to the cut
 */
export function encodeSlip(slip: Slip, profile: PrinterProfile, proofId?: number): Buffer {
  const codes = hanziCodes(profile.hanzi);
  const page: Page = { writer: new ByteWriter(codes), codes, profile };
  const { writer } = page;
  // ESC @ · ESC R 0: `$` and `\` stay what they are on printers set up for China or Japan · FS &: Chinese on
  writer.put(0x1b, 0x40, 0x1b, 0x52, 0, 0x1c, 0x26);
  for (const line of slip) writeLine(page, line);
  // GS V 66 3: feed to the cutter and cut, leaving one point uncut
  writer.put(0x1d, 0x56, 66, 3, 0x1b, 0x40);
  if (profile.completionProof === 'echo' && proofId !== undefined) {
    writer.bytes(echoRequest(proofDigits(proofId)));
  }
  return writer.finish();
}

/** The four digits that the printer echoes. */
export function proofDigits(proofId: number): string {
  return String(proofId).padStart(4, '0');
}

function writeLine(page: Page, line: SlipLine): void {
  const { writer, profile } = page;
  switch (line.kind) {
    case 'title':
      writeTitle(page, line.text);
      return;
    case 'text':
      writeText(page, line);
      return;
    case 'pair':
      writePair(page, line);
      return;
    case 'rule':
      writer.fill(0x2d, profile.columns);
      writer.put(0x0a);
      return;
    case 'space':
      writer.put(0x0a);
      return;
    case 'qr':
      writer.put(0x1b, 0x61, 1);
      // What no QR code can hold is still said.
      if (!writeQr(writer, line.content, profile)) writeText(page, { kind: 'text', text: line.content });
      writer.put(0x1b, 0x61, 0);
      return;
  }
}

/** Twice as wide and high, centred. GS ! covers Chinese characters on every model; ESC ! does not. */
function writeTitle(page: Page, text: string): void {
  const { writer, profile, codes } = page;
  writer.put(0x1b, 0x61, 1, 0x1d, 0x21, 0x11);
  for (const part of wrapText(printableText(text, codes), profile.columns >> 1)) writeOut(writer, part);
  writer.put(0x1d, 0x21, 0, 0x1b, 0x61, 0);
}

function writeText(page: Page, line: Extract<SlipLine, { kind: 'text' }>): void {
  const { writer, profile, codes } = page;
  const isCentred = line.align === 'centre';
  if (isCentred) writer.put(0x1b, 0x61, 1);
  if (line.bold) setBold(writer, true);
  for (const paragraph of line.text.split(/\r\n|\r|\n/)) {
    for (const part of wrapText(printableText(paragraph, codes), profile.columns)) writeOut(writer, part);
  }
  if (line.bold) setBold(writer, false);
  if (isCentred) writer.put(0x1b, 0x61, 0);
}

/** One line when both fit; else the value goes on under itself; a long label gets lines of its own. */
function writePair(page: Page, line: Extract<SlipLine, { kind: 'pair' }>): void {
  const { writer, profile, codes } = page;
  const label = printableText(line.label, codes);
  const value = printableText(line.value, codes);
  const labelColumns = columnsOf(label);
  const room = profile.columns - labelColumns - 1;
  if (line.bold) setBold(writer, true);
  if (columnsOf(value) <= room) {
    writer.text(label);
    writeRight(writer, value, profile.columns - labelColumns);
  } else if (room >= profile.columns >> 1) {
    writer.text(label);
    for (const [n, part] of wrapText(value, room).entries()) {
      writer.fill(0x20, n === 0 ? 1 : labelColumns + 1);
      writeOut(writer, part);
    }
  } else {
    for (const part of wrapText(label, profile.columns)) writeOut(writer, part);
    for (const part of wrapText(value, profile.columns)) writeRight(writer, part, profile.columns);
  }
  if (line.bold) setBold(writer, false);
}

function writeOut(writer: ByteWriter, text: string): void {
  writer.text(text);
  writer.put(0x0a);
}

function writeRight(writer: ByteWriter, text: string, columns: number): void {
  writer.fill(0x20, columns - columnsOf(text));
  writeOut(writer, text);
}

/** ESC E and ESC G: models differ in which of them thickens Chinese characters; both do no harm. */
function setBold(writer: ByteWriter, isBold: boolean): void {
  const n = isBold ? 1 : 0;
  writer.put(0x1b, 0x45, n, 0x1b, 0x47, n);
}
