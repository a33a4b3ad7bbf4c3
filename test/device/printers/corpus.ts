// The characters that a slip must get right, and the paper that shows whether it did.
import { encodeSlip } from '../../../device/printers/encode-slip.ts';
import { glyphRow } from '../../../device/printers/glyphs.ts';
import type { PrinterProfile } from '../../../device/printers/printer-profile.ts';
import type { SlipEncoder } from '../../../device/printers/slip-encoder.ts';
import type { Slip } from '../../../device/receipt-printer.ts';
import { EscPosInterpreter, type PrinterAction } from '../../simulators/esc-pos-interpreter.ts';
import { decodeHanzi, noGlyph } from '../../simulators/hanzi-font.ts';
import { type PaperItem, textOfPaper } from '../../simulators/paper.ts';

export const full: PrinterProfile = {
  columns: 48,
  dots: 576,
  hanzi: 'gb18030',
  hasNativeQr: true,
  hasCutter: true,
  status: 'dle-eot',
  completionProof: 'echo',
  hasCounters: false,
};
export const small: PrinterProfile = {
  ...full,
  columns: 32,
  dots: 384,
  hanzi: 'gbk',
  hasNativeQr: false,
  completionProof: 'none',
};

export interface Printout {
  readonly bytes: Buffer;
  readonly actions: readonly PrinterAction[];
  readonly items: readonly PaperItem[];
}

/** Encodes a slip and prints it on a simulated printer of the same kind. */
export function print(
  slip: Slip,
  profile: PrinterProfile = full,
  proofId?: number,
  encode: SlipEncoder = encodeSlip,
): Printout {
  const bytes = encode(slip, profile, proofId);
  const actions = new EscPosInterpreter(profile).push(bytes);
  const items = actions.flatMap((action) => (action.kind === 'paper' ? [action.item] : []));
  return { bytes, actions, items };
}

export function say(text: string, profile: PrinterProfile = full, encode?: SlipEncoder): string {
  return textOfPaper(print([{ kind: 'text', text }], profile, undefined, encode).items);
}

export type Raster = Extract<PaperItem, { kind: 'raster' }>;

export function rastersOf(items: readonly PaperItem[]): Raster[] {
  return items.flatMap((item) => (item.kind === 'raster' ? [item] : []));
}

/** Characters of GB2312, of GBK's Han block, and of names; one UTF-16 unit each. */
export const corpus = {
  gb2312: gb2312(),
  gbk: gbkHan(),
  names: [...'㐀㙍䶮堃喆囧龘㛃㬊䥽淼垚犇骉'],
} as const;

function gb2312(): string[] {
  const chars: string[] = [];
  for (let code = 0xa1a1; code <= 0xf7fe; code += 1) {
    const char = decodeHanzi(Buffer.of(code >> 8, code & 0xff), 'gb2312');
    if (char !== noGlyph) chars.push(char);
  }
  return chars;
}

function gbkHan(): string[] {
  return Array.from({ length: 20_902 }, (_, n) => String.fromCharCode(0x4e00 + n));
}

/** The bytes of 24 dot rows, as a line must come out of the head: 12 dots an ASCII character, 24 the others. */
export function drawnBits(text: string): Buffer {
  const rows = Array.from({ length: 24 }, (_, y) => {
    let dots = '';
    for (const char of text) {
      const row = pixelsOf(y).reduce((all, pixels) => all | glyphRow(char.charCodeAt(0), pixels), 0);
      dots += widened(row).slice(0, char > '\x7f' ? 24 : 12);
    }
    return dots.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)) ?? [];
  });
  return Buffer.from(rows.flat());
}

const known = new Map<number, string>();

/** 16 pixels as 24 dots, `0` and `1`. */
function widened(row: number): string {
  const found = known.get(row);
  if (found !== undefined) return found;
  let dots = '';
  for (let x = 0; x < 24; x += 1) dots += pixelsOf(x).some((pixel) => row & (0x8000 >> pixel)) ? '1' : '0';
  known.set(row, dots);
  return dots;
}

/** The pixels that reach a dot: dot 3k only pixel 2k, 3k + 1 both, 3k + 2 only 2k + 1. */
function pixelsOf(dot: number): number[] {
  const even = 2 * Math.floor(dot / 3);
  return dot % 3 === 0 ? [even] : dot % 3 === 1 ? [even, even + 1] : [even + 1];
}
