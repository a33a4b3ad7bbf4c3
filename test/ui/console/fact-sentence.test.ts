// What headquarters reads about slips and devices: how each ended, where, and why.
import { expect, it } from 'vitest';
import { factContentSchema } from '../../../sync/contract/facts.ts';
import { orderRefusals } from '../../../sync/contract/orders.ts';
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
    '签到小票可能未打完（请看一眼打印机的线；出纸口若有小票，请交给客人）',
    'check-in slip perhaps not complete (Check the printer’s cable; if a slip is out, hand it over)',
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
  [{ device: 'printer', state: 'printer-paper-out' }, '打印机：请换一卷打印纸', 'warn'],
  [{ device: 'fallback-printer', state: 'ready' }, '备用打印机：正常', 'plain'],
  // a newer terminal may know what this page does not
  [{ device: 'reader', state: 'reader-bewitched' }, '读卡器：reader-bewitched', 'plain'],
])('a device that is %j', (body, zh, tone) => {
  const [text, , heard] = said('device-changed', body);
  expect([text, heard]).toEqual([zh, tone]);
});

it.each([
  [
    { aheadMs: 90_000 },
    '终端时钟快了 90 秒，已按总部校正',
    'The terminal’s clock was 90 s ahead and is put right',
  ],
  [
    { aheadMs: -7_200_000 },
    '终端时钟慢了 2 小时，已按总部校正',
    'The terminal’s clock was 2 h behind and is put right',
  ],
])('a clock that was %j', (body, ...sentence) => {
  expect(said('clock-learnt', body)).toEqual([...sentence, 'warn']);
});

it('facts that only a count was kept of', () => {
  const facts = [{ count: 40 }, { count: 2 }];
  expect(said('facts-compacted', { facts })).toEqual([
    '存储空间紧张：42 条设备记录只保留了数目',
    'Little room: of 42 device records only the number was kept',
    'warn',
  ]);
});

it('a picture for support', () => {
  expect(said('maintenance-acted', { action: 'support-picture' })[0]).toBe('维护：为技术支持拍屏幕照片');
});

it.each(factContentSchema.options.map(({ entries }) => entries.kind.literal))(
  '%s is told in a sentence, not by its code',
  (kind) => {
    const [zh, en] = said(kind, { device: 'reader', state: 'ready', slip: 'unit', outcome: 'printed' });
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toBe(kind);
  },
);

it.each([
  ['survey-answered', {}, '一位客人 答了问卷', 'A guest answered a survey'],
  ['hand-over-signed', { outcome: 'refused' }, '一位客人 收房 ：拒收', 'A guest, : refused it'],
  [
    'join-refused',
    { reason: 'no-consent' },
    '入会未成：没有同意入会须知',
    'Nobody joined: the terms were not agreed to',
  ],
  ['interest-noted', { seconds: 40 }, '有人看了项目 40 秒', 'Somebody looked at a project for 40 s'],
])('%s with %j', (kind, body, ...sentence) => {
  expect(said(kind, body).slice(0, 2)).toEqual(sentence);
});

it.each(orderRefusals)('S16 an order that was refused as %s is told in words', (reason) => {
  const [zh, en, tone] = said('order-refused', { reason });
  expect([`${zh}${en}`.includes(reason), tone]).toEqual([false, 'warn']);
});
