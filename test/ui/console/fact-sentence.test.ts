// What headquarters reads about slips and devices: how each ended, where, and why.
import { expect, it } from 'vitest';
import type { FactItem } from '../../../sync/headquarters/api.ts';
import { factSentence } from '../../../ui/console/fact-sentence.ts';

const slip = { slip: 'check-in', copy: 0, reason: null };
const said = (kind: string, body: Readonly<Record<string, unknown>>) => {
  const fact = { kind, body, about: {} } as unknown as FactItem;
  return [factSentence(fact, 'zh').text, factSentence(fact, 'en').text, factSentence(fact, 'en').tone];
};

it.each([
  [{ ...slip, outcome: 'printed', printer: 'printer' }, '签到小票已打印', 'check-in slip printed', 'plain'],
  [
    { ...slip, outcome: 'printed', printer: 'fallback-printer' },
    '签到小票已打印（备用打印机）',
    'check-in slip printed (Fallback printer)',
    'plain',
  ],
  [
    { ...slip, outcome: 'unconfirmed', reason: 'printer-cut-off' },
    '签到小票可能未打完（printer-cut-off）',
    'check-in slip perhaps not complete (printer-cut-off)',
    'warn',
  ],
  [
    { ...slip, outcome: 'printed', reason: 'late-proof' },
    '签到小票已打印（打印机后来才确认）',
    'check-in slip printed (as the printer said later)',
    'plain',
  ],
  [
    { ...slip, copy: 2, outcome: 'expired', reason: 'forgotten' },
    '签到小票（补打 2）由工作人员放弃',
    'check-in slip (copy 2) given up by staff',
    'warn',
  ],
])('a slip that ended as %j', (body, ...sentence) => {
  expect(said('slip-settled', body)).toEqual(sentence);
});

it.each([
  [{ device: 'printer', state: 'printer-paper-out' }, '打印机：printer-paper-out'],
  [{ device: 'fallback-printer', state: 'ready' }, '备用打印机：正常'],
])('a device that is %j', (body, zh) => {
  expect(said('device-changed', body)[0]).toBe(zh);
});

it('a picture for support', () => {
  expect(said('maintenance-acted', { action: 'support-picture' })[0]).toBe('维护：为技术支持拍屏幕照片');
});
