// Reads ESC/POS like a Chinese receipt printer: bytes in, paper and answers out. No port, no clock.
import type { HanziLevel } from '../../device/printers/printer-profile.ts';
import { decodeHanzi } from './hanzi-font.ts';
import { type Align, isWide, type PaperItem, type TextRun } from './paper.ts';

export type PrinterAction =
  | { readonly kind: 'paper'; readonly item: PaperItem }
  | { readonly kind: 'cut' }
  /** GS ( H: say these digits now that everything before is on paper */
  | { readonly kind: 'proof'; readonly digits: string }
  /** GS g 2: say this counter */
  | { readonly kind: 'counter'; readonly number: number }
  /** GS r */
  | { readonly kind: 'transmit' }
  /** GS a: say how you are now, and with every change; 0, also by ESC @, ends it */
  | { readonly kind: 'automatic-status'; readonly n: number }
  /** bytes that this printer does not know and skipped */
  | { readonly kind: 'unknown'; readonly bytes: string };

export interface InterpreterOptions {
  readonly columns: number;
  /** whose characters the font covers */
  readonly hanzi: HanziLevel;
  /** knows GS g; a printer that does not prints its letters */
  readonly hasCounters?: boolean;
}

type Raster = Extract<PaperItem, { kind: 'raster' }>;

/** Size and underline, apart for ASCII and Chinese as in real printers; bold is one for both. */
interface Style {
  width: number;
  height: number;
  isUnderlined: boolean;
}

/** Commands with parameters of a fixed size that change nothing here: name → parameter bytes. */
const ignored: Readonly<Record<string, number>> = {
  'ESC t': 1,
  'ESC R': 1,
  'ESC 4': 0,
  'ESC 5': 0,
  'ESC 2': 0,
  'ESC 3': 1,
  'ESC M': 1,
  'ESC SP': 1,
  'ESC p': 3,
  'ESC {': 1,
  'ESC V': 1,
  'ESC =': 1,
  'ESC T': 1,
  'ESC S': 0,
  'ESC L': 0,
  'ESC c': 2,
  'ESC r': 1,
  'ESC U': 1,
  'FS S': 2,
  'FS C': 1,
  'FS W': 1,
  'GS h': 1,
  'GS w': 1,
  'GS H': 1,
  'GS f': 1,
  'GS L': 2,
  'GS W': 2,
  'GS B': 1,
  'GS b': 1,
  'GS P': 2,
  'GS I': 1,
  'GS Z': 1,
};
const prefixes: Readonly<Record<number, string>> = { 27: 'ESC', 28: 'FS', 29: 'GS' };
/** DLE EOT, DLE ENQ, DLE DC4: already obeyed when they arrived, skipped when their turn comes. */
const realTimeLengths: Readonly<Record<number, number>> = { 4: 3, 5: 3, 20: 5 };

export class EscPosInterpreter {
  readonly #options: InterpreterOptions;
  #pending = Buffer.alloc(0);
  #actions: PrinterAction[] = [];
  #runs: TextRun[] = [];
  #columns = 0;
  #align: Align = 'left';
  #isBold = false;
  #isChinese: boolean;
  #isAutomatic = false;
  #latin: Style = plain();
  #chinese: Style = plain();
  #graphics: Pick<Raster, 'widthDots' | 'heightDots' | 'bits'> | undefined;
  #qr = { content: '', moduleDots: 3 };

  constructor(options: InterpreterOptions) {
    this.#options = options;
    this.#isChinese = options.hanzi !== 'none';
  }

  push(chunk: Uint8Array): PrinterAction[] {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    let at = 0;
    while (at < this.#pending.length) {
      const used = this.#step(this.#pending.subarray(at));
      if (used === 0) break;
      at += used;
    }
    this.#pending = this.#pending.subarray(at);
    const actions = this.#actions;
    this.#actions = [];
    return actions;
  }

  /** One character or command. @returns the bytes it took, 0 when it is not whole yet */
  #step(bytes: Buffer): number {
    const first = bytes[0] ?? 0;
    if (first === 0x10) return this.#skipRealTime(bytes);
    if (prefixes[first]) return bytes.length < 2 ? 0 : this.#command(prefixes[first], bytes);
    if (first === 0x0a) this.#endLine(false);
    else if (first === 0x09) this.#type(' '.repeat(8 - (this.#columns % 8)));
    else if (first >= 0x80 && this.#isChinese) return this.#typeHanzi(bytes);
    else if (first >= 0x80) this.#type('?');
    else if (first >= 0x20 && first < 0x7f) this.#type(String.fromCharCode(first));
    return 1;
  }

  #skipRealTime(bytes: Buffer): number {
    if (bytes.length < 3) return 0;
    const length = bytes[1] === 0x14 && bytes[2] === 8 ? 10 : (realTimeLengths[bytes[1] ?? 0] ?? 1);
    return bytes.length < length ? 0 : length;
  }

  #typeHanzi(bytes: Buffer): number {
    if (bytes.length < 2) return 0;
    const trail = bytes[1] ?? 0;
    if (this.#options.hanzi === 'gb18030' && trail >= 0x30 && trail <= 0x39) {
      if (bytes.length < 4) return 0;
      this.#type(decodeHanzi(bytes.subarray(0, 4), 'gb18030'));
      return 4;
    }
    // A lead byte without its partner prints nothing, and the next byte is on its own.
    if (trail < 0x40 || trail === 0x7f || trail === 0xff) return 1;
    this.#type(decodeHanzi(bytes.subarray(0, 2), this.#options.hanzi));
    return 2;
  }

  #type(text: string): void {
    for (const char of text) {
      const style = isWide(char) ? this.#chinese : this.#latin;
      const columns = (isWide(char) ? 2 : 1) * style.width;
      if (this.#columns + columns > this.#options.columns) this.#endLine(true);
      this.#columns += columns;
      const last = this.#runs.at(-1);
      const isSame =
        last?.isBold === this.#isBold &&
        last.isUnderlined === style.isUnderlined &&
        last.width === style.width &&
        last.height === style.height;
      if (isSame) this.#runs[this.#runs.length - 1] = { ...last, text: last.text + char };
      else this.#runs.push({ text: char, isBold: this.#isBold, ...style });
    }
  }

  #endLine(isFull: boolean): void {
    const item: PaperItem = { kind: 'line', align: this.#align, runs: this.#runs, isFull };
    this.#actions.push({ kind: 'paper', item });
    this.#dropLine();
  }

  #dropLine(): void {
    this.#runs = [];
    this.#columns = 0;
  }

  #put(item: PaperItem): void {
    if (this.#runs.length > 0) this.#endLine(false);
    this.#actions.push({ kind: 'paper', item });
  }

  #command(prefix: string, bytes: Buffer): number {
    const letter = String.fromCharCode(bytes[1] ?? 0);
    const name = `${prefix} ${letter === ' ' ? 'SP' : letter}`;
    const skipped = ignored[name];
    if (skipped !== undefined) return bytes.length < 2 + skipped ? 0 : 2 + skipped;
    switch (name) {
      case 'ESC @':
        this.#reset();
        if (this.#isAutomatic) this.#setAutomaticStatus(0);
        return 2;
      case 'FS &':
      case 'FS .':
        // A printer without Chinese knows no FS and prints the sign behind it.
        if (this.#options.hanzi === 'none') this.#type(letter);
        else this.#isChinese = name === 'FS &';
        return 2;
      case 'GS (':
      case 'FS (':
        return this.#extended(bytes);
      case 'GS 8':
        return this.#largeGraphics(bytes);
      case 'GS v':
        return this.#raster(bytes);
      case 'GS V':
        return this.#cut(bytes);
      case 'GS g':
        return this.#counter(bytes);
      case 'ESC $':
      case 'ESC \\':
        return this.#move(bytes, name === 'ESC $' ? 0 : this.#columns);
      case 'ESC *':
        return this.#columnImage(bytes);
      case 'ESC Z':
        return this.#qrOfOldPrinters(bytes);
      case 'ESC i':
      case 'ESC m':
        this.#cutNow();
        return 2;
      default:
        return bytes.length < 3 ? 0 : this.#style(name, bytes[2] ?? 0);
    }
  }

  /** Commands with one parameter. @returns their length */
  #style(name: string, n: number): number {
    switch (name) {
      case 'ESC E':
      case 'ESC G':
        this.#isBold = (n & 1) === 1;
        return 3;
      case 'ESC a':
        this.#align = (['left', 'centre', 'right'] as const)[n % 0x30] ?? 'left';
        return 3;
      case 'ESC -':
        this.#latin.isUnderlined = n % 0x30 > 0;
        return 3;
      case 'FS -':
        this.#chinese.isUnderlined = n % 0x30 > 0;
        return 3;
      case 'ESC !':
        this.#isBold = (n & 8) !== 0;
        this.#latin = { width: n & 0x20 ? 2 : 1, height: n & 0x10 ? 2 : 1, isUnderlined: (n & 0x80) !== 0 };
        return 3;
      case 'FS !':
        this.#chinese = { width: n & 4 ? 2 : 1, height: n & 8 ? 2 : 1, isUnderlined: (n & 0x80) !== 0 };
        return 3;
      case 'GS !':
        for (const style of [this.#latin, this.#chinese]) {
          style.width = ((n >> 4) & 7) + 1;
          style.height = (n & 7) + 1;
        }
        return 3;
      case 'ESC d':
        for (let line = 0; line < n; line += 1) this.#endLine(false);
        return 3;
      case 'ESC J':
        this.#put({ kind: 'feed', dots: n });
        return 3;
      case 'GS a':
        this.#setAutomaticStatus(n);
        return 3;
      case 'GS r':
        this.#actions.push({ kind: 'transmit' });
        return 3;
      default:
        this.#actions.push({ kind: 'unknown', bytes: name });
        return 2;
    }
  }

  #setAutomaticStatus(n: number): void {
    this.#isAutomatic = n !== 0;
    this.#actions.push({ kind: 'automatic-status', n });
  }

  #reset(): void {
    this.#dropLine();
    this.#align = 'left';
    this.#isBold = false;
    this.#isChinese = this.#options.hanzi !== 'none';
    this.#latin = plain();
    this.#chinese = plain();
  }

  /** GS ( letter pL pH parameters */
  #extended(bytes: Buffer): number {
    if (bytes.length < 5) return 0;
    const end = 5 + bytes.readUInt16LE(3);
    if (bytes.length < end) return 0;
    if (bytes[0] === 0x1c) return end;
    const letter = String.fromCharCode(bytes[2] ?? 0);
    const body = bytes.subarray(5, end);
    if (letter === 'L' && (body[1] === 2 || body[1] === 0x32)) this.#printGraphics();
    if (letter === 'k' && body[0] === 0x31) this.#qrCommand(body[1] ?? 0, body.subarray(2));
    if (letter === 'H' && body[0] === 0x30) {
      this.#actions.push({ kind: 'proof', digits: body.toString('latin1', 2, 6) });
    }
    return end;
  }

  /** GS 8 L p1–p4 0 p: one raster picture into the graphics buffer; GS ( L prints it. */
  #largeGraphics(bytes: Buffer): number {
    if (bytes.length < 7) return 0;
    const end = 7 + bytes.readUInt32LE(3);
    if (bytes.length < end) return 0;
    const body = bytes.subarray(7, end);
    if (body[1] === 0x70) {
      const [widthDots, heightDots] = [8 * Math.ceil(body.readUInt16LE(6) / 8), body.readUInt16LE(8)];
      this.#graphics = { widthDots, heightDots, bits: Uint8Array.from(body.subarray(10)) };
    }
    return end;
  }

  #printGraphics(): void {
    if (this.#graphics) this.#put({ kind: 'raster', align: this.#align, ...this.#graphics });
    this.#graphics = undefined;
  }

  #qrCommand(name: number, body: Buffer): void {
    if (name === 0x43) this.#qr.moduleDots = body[0] ?? 3;
    if (name === 0x50) this.#qr.content = body.toString('utf8', 1);
    if (name === 0x51 && this.#qr.content !== '') this.#put({ kind: 'qr', align: this.#align, ...this.#qr });
  }

  /** ESC Z version level size nL nH data */
  #qrOfOldPrinters(bytes: Buffer): number {
    if (bytes.length < 7) return 0;
    const end = 7 + bytes.readUInt16LE(5);
    if (bytes.length < end) return 0;
    const [moduleDots = 3, content] = [bytes[4], bytes.toString('utf8', 7, end)];
    this.#put({ kind: 'qr', align: this.#align, content, moduleDots });
    return end;
  }

  /** GS v 0 m xL xH yL yH data */
  #raster(bytes: Buffer): number {
    if (bytes.length < 8) return 0;
    const [rowBytes, rows] = [bytes.readUInt16LE(4), bytes.readUInt16LE(6)];
    const end = 8 + rowBytes * rows;
    if (bytes.length < end) return 0;
    const bits = Uint8Array.from(bytes.subarray(8, end));
    this.#put({ kind: 'raster', align: this.#align, widthDots: rowBytes * 8, heightDots: rows, bits });
    return end;
  }

  /** ESC * m nL nH data: columns of 8 or 24 dots; its place on the paper is kept, its picture is not. */
  #columnImage(bytes: Buffer): number {
    if (bytes.length < 5) return 0;
    const isTall = (bytes[2] ?? 0) >= 32;
    const end = 5 + bytes.readUInt16LE(3) * (isTall ? 3 : 1);
    if (bytes.length < end) return 0;
    this.#put({ kind: 'feed', dots: isTall ? 24 : 8 });
    return end;
  }

  /** GS g 0|2 m nL nH */
  #counter(bytes: Buffer): number {
    if (bytes.length < 6) return 0;
    if (this.#options.hasCounters) {
      if (bytes[2] === 0x32) this.#actions.push({ kind: 'counter', number: bytes.readUInt16LE(4) });
    } else {
      this.#type('g2');
      // a line of its own, so that ESC @ cannot hide what a wrong profile does
      this.#endLine(false);
    }
    return 6;
  }

  #move(bytes: Buffer, from: number): number {
    if (bytes.length < 4) return 0;
    const columns = from + Math.floor(bytes.readInt16LE(2) / 12);
    if (columns > this.#columns) this.#type(' '.repeat(columns - this.#columns));
    return 4;
  }

  #cut(bytes: Buffer): number {
    if (bytes.length < 3) return 0;
    const hasFeed = (bytes[2] ?? 0) >= 65;
    if (hasFeed && bytes.length < 4) return 0;
    if (hasFeed) this.#put({ kind: 'feed', dots: bytes[3] ?? 0 });
    this.#cutNow();
    return hasFeed ? 4 : 3;
  }

  #cutNow(): void {
    if (this.#runs.length > 0) this.#endLine(false);
    this.#actions.push({ kind: 'cut' });
  }
}

function plain(): Style {
  return { width: 1, height: 1, isUnderlined: false };
}
