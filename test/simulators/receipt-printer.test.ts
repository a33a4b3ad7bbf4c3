// The simulated printer against the command reference: it must be as strict and as treacherous as a real one.
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { EscPosInterpreter } from './esc-pos-interpreter.ts';
import { type PaperItem, textOfPaper } from './paper.ts';
import { drawPaper } from './paper-image.ts';
import { RealTimeCommands } from './real-time-commands.ts';

const read = (hanzi: 'gbk' | 'gb18030', ...bytes: readonly number[]) =>
  new EscPosInterpreter({ columns: 32, hanzi }).push(Uint8Array.from(bytes));
const textOf = (actions: ReturnType<typeof read>) =>
  textOfPaper(actions.flatMap((action) => (action.kind === 'paper' ? [action.item] : [])));
const ascii = (text: string) => [...Buffer.from(text, 'latin1')];

describe('EscPosInterpreter', () => {
  it('prints the digits of a four-byte code on a GBK printer, as real ones do', () => {
    expect(textOf(read('gbk', 0x81, 0x30, 0x84, 0x36, 0x0a))).toBe('06');
    expect(textOf(read('gb18030', 0x81, 0x39, 0xee, 0x39, 0x0a))).toBe('㐀');
  });

  it('shows an empty box for a code that the font does not cover', () => {
    expect(textOf(read('gbk', 0xfe, 0x9f, 0xa2, 0xe3, 0xce, 0xd2, 0x0a))).toBe('\uFFFD\uFFFD我');
    expect(textOf(read('gb18030', 0xfe, 0x9f, 0x0a))).toBe('䶮');
  });

  it('breaks a line that is too wide by itself, and says so', () => {
    const actions = read('gbk', ...ascii('x'.repeat(33)), 0x0a);
    expect(actions).toMatchObject([
      { kind: 'paper', item: { isFull: true } },
      { kind: 'paper', item: { isFull: false } },
    ]);
  });

  it('ESC ! does not enlarge Chinese, GS ! does', () => {
    const [line] = read('gbk', 0x1b, 0x21, 0x30, 0x61, 0xce, 0xd2, 0x1d, 0x21, 0x11, 0xce, 0xd2, 0x0a);
    expect(line).toMatchObject({
      item: {
        runs: [
          { text: 'a', width: 2 },
          { text: '我', width: 1 },
          { text: '我', width: 2 },
        ],
      },
    });
  });

  it('takes commands in pieces of any size', () => {
    const bytes = [0x1b, 0x61, 1, 0xce, 0xd2, 0x0a, 0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, ...ascii('0042')];
    const interpreter = new EscPosInterpreter({ columns: 32, hanzi: 'gbk' });
    const actions = bytes.flatMap((byte) => interpreter.push(Uint8Array.of(byte)));
    expect(actions).toEqual(read('gbk', ...bytes));
    expect(actions.at(-1)).toEqual({ kind: 'proof', digits: '0042' });
  });
});

describe('RealTimeCommands', () => {
  it('P11 obeys commands inside a picture, also across chunks', () => {
    const commands = new RealTimeCommands();
    const picture = [0x1d, 0x76, 0x30, 0, 3, 0, 1, 0, 0x10];
    expect(commands.push(Uint8Array.from(picture))).toEqual([]);
    expect(commands.push(Uint8Array.of(4, 1))).toEqual([{ kind: 'status', n: 1 }]);
    expect(commands.push(Uint8Array.of(0x10, 5, 2))).toEqual([{ kind: 'clear' }]);
  });
});

describe('drawPaper', () => {
  it('is as wide as the paper, dark where the glyph is, and transparent beyond the torn edge', () => {
    const run = { text: '中', isBold: false, isUnderlined: false, width: 1, height: 1 };
    const items: PaperItem[] = [{ kind: 'line', align: 'left', runs: [run], isFull: false }];
    const png = PNG.sync.read(drawPaper(items, 48));
    expect(png.width).toBe(576 + 48);
    const pixel = (x: number, y: number) => [...png.data.subarray(4 * (y * png.width + x)).subarray(0, 4)];
    expect(pixel(0, 0)[3]).toBe(0);
    expect(pixel(300, 100)[0]).toBeGreaterThan(200);
    // the vertical stroke in the middle of 中
    const dark = Array.from({ length: 24 }, (_, y) => pixel(24 + 10, 40 + y)[0] ?? 255).filter((v) => v < 90);
    expect(dark.length).toBeGreaterThan(16);
  });
});
