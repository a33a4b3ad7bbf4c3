// The slip encoder, read back by the interpreter: glyphs, columns, styles, QR codes, and hostile text.
import fc from 'fast-check';
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { encodeSlip } from '../../../device/printers/encode-slip.ts';
import { hanziLevels } from '../../../device/printers/printer-profile.ts';
import type { Slip } from '../../../device/receipt-printer.ts';
import { EscPosInterpreter } from '../../simulators/esc-pos-interpreter.ts';
import { type PaperItem, textOfPaper } from '../../simulators/paper.ts';
import { RealTimeCommands } from '../../simulators/real-time-commands.ts';
import { checkInSlip } from '../../simulators/sample-slips.ts';
import { tokensOf } from './command-grammar.ts';
import { drawnBits, full, print, rastersOf, say, small } from './corpus.ts';
import { liveCommands, slipExamples, slipProperty } from './slip-property.ts';

const textOf = (slip: Slip, profile = full) => textOfPaper(print(slip, profile).items);
const linesOf = (items: readonly PaperItem[]) =>
  items.flatMap((item) => (item.kind === 'line' ? [item] : []));

describe('encodeSlip', () => {
  it('P00 the reference slip is at most 850 bytes, ends with one cut and asks for its proof', () => {
    const { bytes, actions } = print(checkInSlip, full, 17);
    expect(bytes.length).toBeLessThanOrEqual(850);
    expect(actions.filter(({ kind }) => kind === 'cut')).toHaveLength(1);
    expect(actions.at(-1)).toEqual({ kind: 'proof', digits: '0017' });
    expect(actions.filter(({ kind }) => kind === 'unknown')).toEqual([]);
  });

  it('P12 P13 no slip prints a barcode or opens a drawer, whatever its texts say', () => {
    const hostile = [
      '\x1dk\x49\x0a{B123456789',
      '\x1dk\x04*ABC*\0',
      '\x1bp\0\x19\xfa',
      '\x10\x14\x01\0\x05',
      '{'.repeat(255),
    ];
    const slip: Slip = [...checkInSlip, ...hostile.map((text) => ({ kind: 'text' as const, text }))];
    for (const hanzi of hanziLevels) {
      const tokens = tokensOf(print(slip, { ...full, hanzi }).bytes, hanzi);
      expect(tokens.filter(({ kind }) => kind === 'unknown')).toEqual([]);
      expect(tokens.filter(({ bytes }) => /^(1d6b|1b70|1014)/.test(bytes.toString('hex')))).toEqual([]);
    }
  });

  /** The bytes of the only line, which must be drawn. */
  const drawnLine = (text: string, profile = small) => {
    const { items } = print([{ kind: 'text', text }], profile);
    expect(items.filter(({ kind }) => kind === 'line')).toEqual([]);
    return Buffer.from(rastersOf(items)[0]?.bits ?? []);
  };

  it.each(hanziLevels)('P01 prints every sign of the line as itself on a printer with %s', (hanzi) => {
    const line = '¥ ￥ € é a\u00a0b — … ℃ ①';
    const expected = '￥ ￥ € é a b — … ℃ ①';
    if (hanzi.startsWith('gb18030')) expect(say(line, { ...full, hanzi })).toBe(expected);
    else expect(drawnLine(line, { ...full, hanzi })).toEqual(drawnBits(expected));
    // without the euro it is all in the font, but where there is no Chinese at all
    const rest = say(line.replace('€', ''), { ...full, hanzi });
    if (hanzi !== 'none') expect(rest).toBe(expected.replace('€', ''));
  });

  it('P02 four-byte and GB18030-only characters print, or the line is drawn on a GBK printer, never digits', () => {
    const line = '㐀𠮷㙍䶮€';
    expect(say(line)).toBe('㐀〓㙍䶮€');
    expect(drawnLine(line)).toEqual(drawnBits('㐀〓㙍䶮€'));
    expect(drawnLine(line, { ...full, hanzi: 'gb18030-2' })).toEqual(drawnBits('㐀〓㙍䶮€'));
    expect(say('䶮€', { ...full, hanzi: 'gb18030-2' })).toBe('䶮€');
  });

  it('P03 rare characters of names print on both levels', () => {
    for (const profile of [full, small]) expect(say('堃喆囧龘', profile)).toBe('堃喆囧龘');
  });

  it('P04 an emoji, a flag, a lone surrogate is one 〓; combining marks join or vanish', () => {
    expect(say('😀👨‍👩‍👧🇨🇳\ufffd\ud800')).toBe('〓〓〓〓〓');
    expect(say('e\u0301 \u200b\ufeffx 89 m² ﬁ x\u0302')).toBe('é x 89 ㎡ fi x');
    expect(drawnLine('ñ ǆ', full)).toEqual(drawnBits('ñ ǆ'));
  });

  it('P05 private use is nobody’s glyph', () => {
    expect(say('\ue5e5\ue78d\ue81e')).toBe('〓〓〓');
  });

  it('P06 text cannot command the printer', () => {
    const hostile = '\x1b@A\x1dV\0B\x10\x14\x01\0\x05C\x10\x05\x02D\x10\x04\x01E\x9b\x7f\tF';
    const slip: Slip = [
      { kind: 'title', text: hostile },
      { kind: 'text', text: hostile },
      { kind: 'pair', label: `${hostile}\n`, value: `${hostile}\r\n` },
      { kind: 'qr', content: hostile },
    ];
    for (const profile of [full, small]) {
      const { bytes, actions } = print(slip, profile);
      expect(new RealTimeCommands().push(bytes)).toEqual([]);
      expect(actions.filter(({ kind }) => kind === 'cut')).toHaveLength(1);
      expect(actions.filter(({ kind }) => kind === 'unknown')).toEqual([]);
    }
  });

  it('P07 wide characters never straddle the end; double width halves the columns', () => {
    expect(say(`${'a'.repeat(31)}中`, small)).toBe(`${'a'.repeat(31)}\n中`);
    expect(say(`${'中'.repeat(16)}文`, small)).toBe(`${'中'.repeat(16)}\n文`);
    expect(textOf([{ kind: 'title', text: '一二三四五六七八九' }], small)).toBe('一二三四五六七八\n九');
    expect(say('１２３ＡＢＣ')).toBe('１２３ＡＢＣ');
  });

  it('P07 punctuation does not start a line and words stay whole', () => {
    expect(say(`${'中'.repeat(16)}，好`, small)).toBe(`${'中'.repeat(15)}\n中，好`);
    expect(say(`${'a'.repeat(20)} ${'b'.repeat(20)}`, small)).toBe(`${'a'.repeat(20)}\n${'b'.repeat(20)}`);
  });

  it('P07 a pair fills the line, and a long value goes on under itself', () => {
    expect(textOf([{ kind: 'pair', label: '余额', value: '1,240' }], small)).toBe(
      `余额${' '.repeat(23)}1,240`,
    );
    const long = textOf([{ kind: 'pair', label: '部位', value: '中'.repeat(20) }], small);
    expect(long).toBe(`部位 ${'中'.repeat(13)}\n     ${'中'.repeat(7)}`);
  });

  it('P08 whatever the slip says, no line is wider than the paper, no command is live, one cut', () => {
    fc.assert(slipProperty(encodeSlip), { numRuns: 1_500, examples: [...slipExamples] });
  });

  it('P09 styles end with their line: the next job starts plain even after a job that did not reset', () => {
    const interpreter = new EscPosInterpreter(full);
    interpreter.push(Buffer.from([0x1d, 0x21, 0x11, 0x1b, 0x61, 2, 0x1b, 0x45, 1, 0x1c, 0x2e]));
    const [first] = interpreter.push(encodeSlip([{ kind: 'text', text: '中a' }], full));
    expect(first).toEqual({
      kind: 'paper',
      item: {
        kind: 'line',
        align: 'left',
        isFull: false,
        runs: [{ text: '中a', isBold: false, isUnderlined: false, width: 1, height: 1 }],
      },
    });
    const { items } = print([
      { kind: 'title', text: '大' },
      { kind: 'text', text: '粗', bold: true, align: 'centre' },
      { kind: 'text', text: '平' },
    ]);
    expect(linesOf(items).map(({ align, runs }) => [align, runs[0]?.width, runs[0]?.isBold])).toEqual([
      ['centre', 2, false],
      ['centre', 1, true],
      ['left', 1, false],
    ]);
  });

  it.each([1, 7, 13, 106, 107, 263, 1_036, 1_038, 2_331, 2_953])(
    'P10 a QR code of %i bytes says exactly its content',
    (length) => {
      const content = 'x'.repeat(length);
      const { items } = print([{ kind: 'qr', content }]);
      expect(items[0]).toMatchObject({ kind: 'qr', align: 'centre', content });
    },
  );

  it.each([1_037, 1_293, 5_133])(
    'P10 a length whose own bytes would be a live command (%i) is drawn',
    (length) => {
      const { bytes, items } = print([{ kind: 'qr', content: '7'.repeat(length) }]);
      expect(items[0]).toMatchObject({ kind: 'raster', align: 'centre' });
      expect(liveCommands(bytes)).toBe(0);
    },
  );

  it('P10 7,089 digits are the largest code; what no code can hold is text; nothing is nothing', () => {
    const largest = '7'.repeat(7_089);
    expect(print([{ kind: 'qr', content: largest }]).items[0]).toMatchObject({
      kind: 'qr',
      content: largest,
    });
    // 177 modules of two dots, in two bands
    const bands = rastersOf(print([{ kind: 'qr', content: largest }], small).items);
    expect(bands.map(({ heightDots }) => heightDots)).toEqual([255, 99]);
    expect(textOf([{ kind: 'qr', content: 'y'.repeat(7_089) }])).toContain('y'.repeat(48));
    expect(print([{ kind: 'qr', content: '' }]).items.some(({ kind }) => kind === 'qr')).toBe(false);
    expect(textOf([{ kind: 'qr', content: '四季花城米兰苑' }])).toContain('[QR 四季花城米兰苑]');
  });

  it('P10 a printer without QR codes gets the same modules as a picture that fits its paper', () => {
    for (const content of ['a', 'https://club.example.cn/c/8f3k2m9q', 'z'.repeat(1_000)]) {
      const [picture] = rastersOf(print([{ kind: 'qr', content }], small).items);
      const { data, size } = encode([...Buffer.from(content)], { ecc: 'M', boostEcc: false, border: 0 });
      const dots = Math.min(6, Math.floor(384 / (size + 8)));
      expect(picture).toMatchObject({ align: 'centre', widthDots: 8 * Math.ceil((size * dots) / 8) });
      const middle = (size >> 1) * dots;
      const row = Array.from({ length: size }, (_, module) => {
        const at = middle * ((picture?.widthDots ?? 0) / 8) + ((module * dots) >> 3);
        return (((picture?.bits[at] ?? 0) >> (7 - ((module * dots) & 7))) & 1) === 1;
      });
      if (middle < (picture?.heightDots ?? 0)) expect(row).toEqual(data[size >> 1]);
    }
  });

  it('a printer without a cutter feeds to where the paper is torn', () => {
    const { actions } = print(checkInSlip, { ...small, hasCutter: false });
    expect(actions.some(({ kind }) => kind === 'cut')).toBe(false);
    expect(actions.slice(-5).map((action) => action.kind === 'paper' && action.item)).toEqual(
      Array.from({ length: 5 }, () => expect.objectContaining({ kind: 'line', runs: [] })),
    );
  });

  it('a picture stands in the middle, cut at the edge of the paper (P14: height 255, width clamped)', () => {
    const bits = Buffer.alloc(200 * 256, 0xff).toString('base64');
    for (const height of [1, 255, 256]) {
      const { items, bytes } = print([{ kind: 'picture', width: 1_600, height, bits }], small);
      const bands = rastersOf(items);
      expect(bands.reduce((sum, { heightDots }) => sum + heightDots, 0)).toBe(height);
      expect(bands.every(({ widthDots, align }) => widthDots === 384 && align === 'centre')).toBe(true);
      expect(bands.every((band) => band.bits.every((byte) => byte === 0xff))).toBe(true);
      expect(bytes.length).toBeLessThan(48 * height + 64);
    }
    expect(rastersOf(print([{ kind: 'picture', width: 0, height: 9, bits: '' }]).items)).toEqual([]);
  });

  it('a bold or large line that must be drawn is drawn so', () => {
    const darkDots = (bits: Uint8Array = new Uint8Array()) =>
      [...bits].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
    const dark = (slip: Slip) => {
      const [raster] = rastersOf(print(slip, small).items);
      return [raster?.widthDots, raster?.heightDots, raster?.align, darkDots(raster?.bits)];
    };
    const [width, height, align, plain = 0] = dark([{ kind: 'text', text: '㐀ab' }]);
    expect([width, height, align]).toEqual([48, 24, 'left']);
    const [, , , thick = 0] = dark([{ kind: 'text', text: '㐀ab', bold: true }]);
    expect(Number(thick)).toBeGreaterThan(Number(plain));
    expect(dark([{ kind: 'title', text: '㐀ab' }]).slice(0, 3)).toEqual([96, 48, 'centre']);
  });
});
