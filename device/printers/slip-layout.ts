// Lays a slip out: words to lines that fit the paper, codes and pictures to finished commands. Pure.
import type { Slip, SlipLine } from '../receipt-printer.ts';
import { drawLine } from './drawn-line.ts';
import { type HanziCodes, hanziCodes } from './hanzi.ts';
import { isInFont, substitute } from './printable-text.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { encodeQr } from './qr-code.ts';
import { encodeRaster } from './raster.ts';
import { columnsOf, wrapText } from './text-columns.ts';

export interface TextStyle {
  readonly isCentred: boolean;
  readonly isBold: boolean;
  /** twice as wide and high */
  readonly isLarge: boolean;
}

/** What stands on the paper below what came before. */
export type SlipBlock =
  /** one line that fits and whose every character is in the printer's font: `left`, then `gap` spaces, then `right` */
  | {
      readonly kind: 'line';
      readonly left: string;
      readonly gap: number;
      readonly right: string;
      readonly style: TextStyle;
    }
  /** commands that print and feed by themselves */
  | { readonly kind: 'commands'; readonly bytes: Uint8Array; readonly style: TextStyle };

const plain: TextStyle = { isCentred: false, isBold: false, isLarge: false };
const bold: TextStyle = { ...plain, isBold: true };
const centred: TextStyle = { ...plain, isCentred: true };
const centredBold: TextStyle = { ...centred, isBold: true };
const title: TextStyle = { ...centred, isLarge: true };

/** What a printer feeds for a line beyond the height of its characters. */
const leadingDots = 6;
const dashes = '-'.repeat(48);

export function layOutSlip(slip: Slip, profile: PrinterProfile): SlipBlock[] {
  const page = new Page(profile);
  for (const line of slip) page.put(line);
  return page.blocks;
}

class Page {
  readonly blocks: SlipBlock[] = [];
  readonly #profile: PrinterProfile;
  readonly #columns: number;
  readonly #codes: HanziCodes;
  /** was there anything so far that the printer's font lacks? */
  #mayDraw = false;

  constructor(profile: PrinterProfile) {
    this.#profile = profile;
    this.#columns = profile.columns;
    this.#codes = hanziCodes(profile.hanzi);
  }

  put(line: SlipLine): void {
    switch (line.kind) {
      case 'title':
        this.#wrapped(this.#words(line.text), this.#columns >> 1, title);
        return;
      case 'text':
        this.#text(line);
        return;
      case 'pair':
        this.#pair(line);
        return;
      case 'rule':
        this.#line(dashes.slice(0, this.#columns), plain);
        return;
      case 'space':
        this.#line('', plain);
        return;
      case 'qr': {
        const bytes = encodeQr(line.content, this.#profile);
        // What no QR code can hold is still said.
        if (bytes) this.#commands(bytes, centred);
        else this.#text({ kind: 'text', text: line.content });
        return;
      }
      case 'picture': {
        const picture = { ...line, bits: Buffer.from(line.bits, 'base64') };
        this.#commands(encodeRaster(picture, this.#profile), centred);
      }
    }
  }

  #text({ text, align, bold: isBold }: Extract<SlipLine, { kind: 'text' }>): void {
    const style = align === 'centre' ? (isBold ? centredBold : centred) : isBold ? bold : plain;
    if (isInFont(text, this.#codes)) this.#wrapped(text, this.#columns, style);
    else {
      for (const paragraph of text.split(/\r\n|\r|\n/)) {
        this.#wrapped(this.#words(paragraph), this.#columns, style);
      }
    }
  }

  /** One line when both fit; else the value goes on under itself; a long label gets lines of its own. */
  #pair(line: Extract<SlipLine, { kind: 'pair' }>): void {
    const columns = this.#columns;
    const style = line.bold ? bold : plain;
    const label = this.#words(line.label);
    const value = this.#words(line.value);
    const labelColumns = columnsOf(label);
    const room = columns - labelColumns - 1;
    const valueColumns = columnsOf(value);
    if (valueColumns <= room) {
      this.#line(label, style, columns - labelColumns - valueColumns, value);
    } else if (room >= columns >> 1) {
      for (const [n, part] of wrapText(value, room).entries()) {
        if (n === 0) this.#line(label, style, 1, part);
        else this.#line('', style, labelColumns + 1, part);
      }
    } else {
      this.#wrapped(label, columns, style);
      for (const part of wrapText(value, columns)) {
        this.#line('', style, columns - columnsOf(part), part);
      }
    }
  }

  #words(text: string): string {
    if (isInFont(text, this.#codes)) return text;
    this.#mayDraw = true;
    return substitute(text, this.#codes);
  }

  #wrapped(text: string, columns: number, style: TextStyle): void {
    if (columnsOf(text) <= columns) this.#line(text, style);
    else for (const part of wrapText(text, columns)) this.#line(part, style);
  }

  /** A line with one character that the font lacks is drawn whole, so that its columns stay where they are. */
  #line(left: string, style: TextStyle, gap = 0, right = ''): void {
    if (this.#mayDraw && !(isInFont(left, this.#codes) && isInFont(right, this.#codes))) {
      this.#drawn(left + ' '.repeat(gap) + right, style);
    } else this.blocks.push({ kind: 'line', left, gap, right, style });
  }

  #drawn(text: string, style: TextStyle): void {
    const scale = style.isLarge ? 2 : 1;
    const raster = encodeRaster(drawLine(text, { isBold: style.isBold, scale }), this.#profile);
    // ESC J: the rest of the line
    const feed = Uint8Array.of(0x1b, 0x4a, leadingDots);
    this.#commands(Buffer.concat([raster, feed]), style.isCentred ? centred : plain);
  }

  #commands(bytes: Uint8Array, style: TextStyle): void {
    this.blocks.push({ kind: 'commands', bytes, style });
  }
}
