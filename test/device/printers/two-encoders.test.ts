// Our slip encoder and the one on `escpos` put the same on paper; what each alone must hold, both hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSlip } from '../../../device/printers/encode-slip.ts';
import { encodeSlipWithEscpos } from '../../../device/printers/escpos-encoder.ts';
import { hanziCodes } from '../../../device/printers/hanzi.ts';
import { isInFont } from '../../../device/printers/printable-text.ts';
import { printerModels } from '../../../device/printers/printer-models.ts';
import { hanziLevels, type PrinterProfile } from '../../../device/printers/printer-profile.ts';
import { slipEncoderOf } from '../../../device/printers/slip-encoder-of.ts';
import type { Slip } from '../../../device/receipt-printer.ts';
import { checkInSlip } from '../../simulators/sample-slips.ts';
import { tokensOf } from './command-grammar.ts';
import { corpus, full, print, say } from './corpus.ts';
import { anyProfile, anySlip, slipExamples, slipProperty } from './slip-property.ts';

const slips: readonly Slip[] = [
  checkInSlip,
  [
    { kind: 'title', text: '报修受理 Repair 受理单' },
    { kind: 'pair', label: '部位', value: '客厅窗户漏水，请尽快上门处理；业主白天在家', bold: true },
    {
      kind: 'text',
      text: '¥ ￥ € é a\u00a0b — … ℃ ① 㐀𠮷㙍䶮 堃喆囧龘 😀👨‍👩‍👧 \ue5e5',
      bold: true,
      align: 'centre',
    },
    { kind: 'space' },
    { kind: 'qr', content: '四季花城 R-2026-0173' },
    { kind: 'picture', width: 24, height: 3, bits: 'EAQBEAUCEBQI' },
    { kind: 'rule' },
    { kind: 'text', text: '\x1b@\x1dV\0\x10\x14\x01\0\x05\x10\x05\x02\n\r\t{B' },
  ],
];

const paperOf = (slip: Slip, profile: PrinterProfile, encode = encodeSlip) =>
  print(slip, profile, 42, encode).actions.filter(({ kind }) => kind !== 'unknown');

describe('two encoders', () => {
  it('the config names them', () => {
    expect(slipEncoderOf('yingbin')).toBe(encodeSlip);
    expect(slipEncoderOf('escpos')).toBe(encodeSlipWithEscpos);
  });

  it.each(Object.entries(printerModels))('the same paper on %s', (_, model) => {
    for (const slip of slips) {
      expect(paperOf(slip, model, encodeSlipWithEscpos)).toEqual(paperOf(slip, model));
      const bytes = encodeSlipWithEscpos(slip, model, 42);
      expect(tokensOf(bytes, model.hanzi).filter(({ kind }) => kind === 'unknown')).toEqual([]);
    }
  });

  it('the same paper for any slip on any printer', () => {
    fc.assert(
      fc.property(anySlip, anyProfile, (slip, profile) => {
        expect(paperOf(slip, profile, encodeSlipWithEscpos)).toEqual(paperOf(slip, profile));
      }),
      { numRuns: 250, examples: [...slipExamples] },
    );
  });

  it('P06 P08 P11 whatever the slip says, the second encoder is as safe', () => {
    fc.assert(slipProperty(encodeSlipWithEscpos), { numRuns: 400, examples: [...slipExamples] });
  });

  it.each(hanziLevels)('P03 the second encoder passes the corpus on a printer with %s', (hanzi) => {
    const profile = { ...full, hanzi };
    const chars = [...new Set([...corpus.gb2312, ...corpus.gbk, ...corpus.names])].join('');
    const lines = (chars.match(/.{1,24}/g) ?? []).join('\n');
    expect(say(lines, profile, encodeSlipWithEscpos)).toBe(say(lines, profile));
  });

  it('every sign that the second encoder leaves to iconv has the same bytes there', () => {
    const signs = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter(
      (char) =>
        /[\u3001-\u3017\u4e00-\u9fa5\uff01-\uff5e]/.test(char) && isInFont(char, hanziCodes('gb18030-2')),
    );
    const slip: Slip = [{ kind: 'text', text: signs.join('') }];
    const [ours, theirs] = [encodeSlip, encodeSlipWithEscpos].map(
      (encode) => print(slip, full, 1, encode).items,
    );
    expect(signs.length).toBeGreaterThan(21_000);
    expect(theirs).toEqual(ours);
  });
});
