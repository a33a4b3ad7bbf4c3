// The slip encoder, read back by the interpreter: glyphs, columns, styles, QR codes, and hostile text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSlip } from '../../../device/printers/encode-slip.ts';
import type { PrinterProfile } from '../../../device/printers/printer-profile.ts';
import type { Slip, SlipLine } from '../../../device/receipt-printer.ts';
import { EscPosInterpreter } from '../../simulators/esc-pos-interpreter.ts';
import { noGlyph } from '../../simulators/hanzi-font.ts';
import { columnsOfRun, type PaperItem, textOfPaper } from '../../simulators/paper.ts';
import { RealTimeCommands } from '../../simulators/real-time-commands.ts';
import { checkInSlip } from '../../simulators/sample-slips.ts';

const full: PrinterProfile = {
  columns: 48,
  dots: 576,
  hasCutter: true,
  status: 'dle-eot',
  hanzi: 'gb18030',
  hasNativeQr: true,
  completionProof: 'echo',
  hasCounters: false,
};
const plain: PrinterProfile = {
  columns: 32,
  dots: 384,
  hasCutter: true,
  status: 'dle-eot',
  hanzi: 'gbk',
  hasNativeQr: false,
  completionProof: 'none',
  hasCounters: false,
};

const read = (slip: Slip, profile = full, proofId?: number) => {
  const bytes = encodeSlip(slip, profile, proofId);
  const actions = new EscPosInterpreter(profile).push(bytes);
  const items = actions.flatMap((action) => (action.kind === 'paper' ? [action.item] : []));
  return { bytes, actions, items };
};
const textOf = (slip: Slip, profile = full) => textOfPaper(read(slip, profile).items);
const say = (text: string, profile = full) => textOf([{ kind: 'text', text }], profile);
const linesOf = (items: readonly PaperItem[]) =>
  items.flatMap((item) => (item.kind === 'line' ? [item] : []));

describe('encodeSlip', () => {
  it('P00 the reference slip is at most 850 bytes, ends with one cut and asks for its proof', () => {
    const { bytes, actions } = read(checkInSlip, full, 17);
    expect(bytes.length).toBeLessThanOrEqual(850);
    expect(actions.filter(({ kind }) => kind === 'cut')).toHaveLength(1);
    expect(actions.at(-1)).toEqual({ kind: 'proof', digits: '0017' });
    expect(actions.filter(({ kind }) => kind === 'unknown')).toEqual([]);
  });

  it('P01 prints every sign of the line, substituted where the font has none', () => {
    const line = '¥ ￥ € é a\u00a0b — … ℃ ①';
    expect(say(line)).toBe('￥ ￥ € é a b — … ℃ ①');
    expect(say(line, plain)).toBe('￥ ￥ 〓 é a b — … ℃ ①');
  });

  it('P02 four-byte and GB18030-only characters print, or are one 〓 on a GBK printer, never digits', () => {
    expect(say('㐀𠮷㙍䶮€')).toBe('㐀〓㙍䶮€');
    expect(say('㐀𠮷㙍䶮€', plain)).toBe('〓〓〓〓〓');
  });

  it('P03 rare characters of names print on both levels', () => {
    for (const profile of [full, plain]) expect(say('堃喆囧龘', profile)).toBe('堃喆囧龘');
  });

  it('P04 an emoji, a flag, a lone surrogate is one 〓; combining marks join or vanish', () => {
    expect(say('😀👨‍👩‍👧🇨🇳\ufffd\ud800')).toBe('〓〓〓〓〓');
    expect(say('e\u0301 ñ \u200b\ufeffx 89 m²')).toBe('é n x 89 ㎡');
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
    for (const profile of [full, plain]) {
      const { bytes, actions } = read(slip, profile);
      expect(new RealTimeCommands().push(bytes)).toEqual([]);
      expect(actions.filter(({ kind }) => kind === 'cut')).toHaveLength(1);
      expect(actions.filter(({ kind }) => kind === 'unknown')).toEqual([]);
    }
  });

  it('P07 wide characters never straddle the end; double width halves the columns', () => {
    expect(say(`${'a'.repeat(31)}中`, plain)).toBe(`${'a'.repeat(31)}\n中`);
    expect(say(`${'中'.repeat(16)}文`, plain)).toBe(`${'中'.repeat(16)}\n文`);
    expect(textOf([{ kind: 'title', text: '一二三四五六七八九' }], plain)).toBe('一二三四五六七八\n九');
    expect(say('１２３ＡＢＣ')).toBe('１２３ＡＢＣ');
  });

  it('P07 punctuation does not start a line and words stay whole', () => {
    expect(say(`${'中'.repeat(16)}，好`, plain)).toBe(`${'中'.repeat(15)}\n中，好`);
    expect(say(`${'a'.repeat(20)} ${'b'.repeat(20)}`, plain)).toBe(`${'a'.repeat(20)}\n${'b'.repeat(20)}`);
  });

  it('P07 a pair fills the line, and a long value goes on under itself', () => {
    expect(textOf([{ kind: 'pair', label: '余额', value: '1,240' }], plain)).toBe(
      `余额${' '.repeat(23)}1,240`,
    );
    const long = textOf([{ kind: 'pair', label: '部位', value: '中'.repeat(20) }], plain);
    expect(long).toBe(`部位 ${'中'.repeat(13)}\n     ${'中'.repeat(7)}`);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(fc.constantFrom('中', '，', '（', 'a', '1', ' ', '-', '.', '😀', '\n'), { maxLength: 80 })
      .map((parts) => parts.join('')),
  );
  const anyLine: fc.Arbitrary<SlipLine> = fc.oneof(
    fc.record({ kind: fc.constant('title' as const), text: anyText }),
    fc.record({ kind: fc.constant('text' as const), text: anyText, bold: fc.boolean() }),
    fc.record({ kind: fc.constant('pair' as const), label: anyText, value: anyText }),
    fc.record({ kind: fc.constant('qr' as const), content: anyText }),
  );
  const anyProfile = fc.record({
    columns: fc.constantFrom(32 as const, 42 as const, 48 as const),
    dots: fc.constant<number>(384),
    hanzi: fc.constantFrom('gbk' as const, 'gb18030' as const),
    hasNativeQr: fc.boolean(),
    hasCutter: fc.boolean(),
    status: fc.constantFrom('dle-eot' as const, 'automatic' as const, 'gs-r' as const, 'none' as const),
    completionProof: fc.constantFrom('echo' as const, 'transmit' as const, 'none' as const),
    hasCounters: fc.boolean(),
  });

  it('P08 whatever the slip says, no line is wider than the paper, no command is live, one cut', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 4 }), anyProfile, (slip, profile) => {
        const { bytes, actions, items } = read(slip, profile, 1);
        for (const { runs, isFull } of linesOf(items)) {
          expect(isFull).toBe(false);
          expect(runs.reduce((sum, run) => sum + columnsOfRun(run), 0)).toBeLessThanOrEqual(profile.columns);
          expect(runs.map(({ text }) => text).join('')).not.toContain(noGlyph);
        }
        expect(new RealTimeCommands().push(bytes)).toEqual([]);
        expect(actions.filter(({ kind }) => kind === 'cut')).toHaveLength(1);
        expect(actions.filter(({ kind }) => kind === 'unknown')).toEqual([]);
      }),
      // a slip that says □ itself: once taken for a missing glyph
      {
        numRuns: 1_000,
        examples: [[[{ kind: 'title', text: '□' }], { ...full, columns: 32, dots: 384, hanzi: 'gbk' }]],
      },
    );
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
    const { items } = read([
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

  it.each([1, 7, 13, 106, 107, 1_037, 2_331])(
    'P10 a QR code of %i bytes says exactly its content',
    (length) => {
      const content = 'x'.repeat(length);
      const { items } = read([{ kind: 'qr', content }]);
      expect(items[0]).toMatchObject({ kind: 'qr', align: 'centre', content });
    },
  );

  it('P10 Chinese content is counted in UTF-8 bytes; too long or empty content is text', () => {
    expect(textOf([{ kind: 'qr', content: '四季花城米兰苑' }])).toContain('[QR 四季花城米兰苑]');
    expect(textOf([{ kind: 'qr', content: 'y'.repeat(7_089) }])).toContain('y'.repeat(48));
    expect(read([{ kind: 'qr', content: '' }]).items.some(({ kind }) => kind === 'qr')).toBe(false);
  });

  it('P11 a printer without QR codes gets a picture that fits its paper', () => {
    for (const content of ['a', 'https://club.example.cn/c/8f3k2m9q', 'z'.repeat(1_000)]) {
      const { items } = read([{ kind: 'qr', content }], plain);
      const picture = items.find(({ kind }) => kind === 'raster');
      expect(picture).toMatchObject({ align: 'centre' });
      expect(picture?.kind === 'raster' && picture.widthDots <= 384).toBe(true);
    }
  });

  it('covers all of GB2312’s first level and GBK: each character comes back as itself', () => {
    const decoder = new TextDecoder('gbk');
    const han: string[] = [];
    for (let lead = 0x81; lead <= 0xfd; lead += 1) {
      for (let trail = 0x40; trail <= 0xfe; trail += 1) {
        const char = decoder.decode(Uint8Array.of(lead, trail));
        if (/^[\u4e00-\u9fa5]$/.test(char)) han.push(char);
      }
    }
    expect(han).toHaveLength(20_902);
    const printed = say(han.join(''), plain).replaceAll('\n', '');
    expect(printed).toBe(han.join(''));
  });
});
