// What people are told about devices: every code has all of it, in plain words, and only whom it concerns is told.
import { describe, expect, it } from 'vitest';
import { deviceErrorCodes } from '../../device/device-error.ts';
import { deviceFault } from '../../kiosk/fault-table.ts';
import type { DeviceCondition } from '../../kiosk/knowledge.ts';
import { printerStatus } from '../../kiosk/showing/show-devices.ts';
import { troublesOf } from '../../kiosk/troubles.ts';

/** Words that nobody in a hall should have to know. */
const jargon =
  /\b(USB|udev|GPIO|Firmata|ESC|MQTT|TCP|IP|port|driver|firmware|config|byte|code|timeout|null)\b|串口|驱动|端口|固件|配置|字节|代码|超时|协议/i;

const all = deviceErrorCodes.map((code) => ({ code, fault: deviceFault(code) }));

describe('the fault table', () => {
  it('has at least 30 codes, none twice, each with a cause, what staff do and what the visitor is told', () => {
    expect(new Set(deviceErrorCodes).size).toBe(deviceErrorCodes.length);
    expect(deviceErrorCodes.length).toBeGreaterThanOrEqual(30);
    for (const { code, fault } of all) {
      expect(fault, code).toBeDefined();
      expect(typeof fault?.clearsItself, code).toBe('boolean');
      for (const text of [fault?.cause, fault?.staff.en, fault?.visitor.en])
        expect(text, code).toMatch(/^[A-Z][^\n]+\.$/);
      for (const text of [fault?.staff.zh, fault?.visitor.zh]) expect(text, code).toMatch(/^[^a-z\n]+。$/);
    }
  });

  it('speaks to staff and visitors without jargon, in one or two short sentences', () => {
    for (const { code, fault } of all) {
      const words = [fault?.staff, fault?.visitor].flatMap((each) => [each?.zh ?? '', each?.en ?? '']);
      expect(
        words.filter((text) => jargon.test(text)),
        code,
      ).toEqual([]);
      for (const text of words) {
        expect(text.split(/[.。](?=.)/).length, text).toBeLessThanOrEqual(2);
        expect(text.length, text).toBeLessThanOrEqual(110);
      }
    }
  });

  it('says of every reader and printer that is out what still works', () => {
    for (const { code, fault } of all)
      if (/^(reader|printer)-/.test(code)) expect(fault?.visitor.zh, code).toMatch(/照常|再刷一次/);
  });

  it('knows no other codes', () => {
    expect(deviceFault('toString')).toBeUndefined();
    expect(deviceFault('sync-link-lost')).toBeUndefined();
  });
});

const condition = (device: DeviceCondition['device'], change: Partial<DeviceCondition> = {}) => ({
  device,
  state: 'ready',
  code: null,
  isOut: false,
  ...change,
});
const out = (device: DeviceCondition['device'], code: DeviceCondition['code']) =>
  condition(device, { state: code ?? '', code, isOut: true });

describe('who is told', () => {
  it('visitor and staff when the only reader is out', () => {
    expect(troublesOf([out('reader', 'reader-unplugged')], 'zh')).toEqual([
      {
        device: 'reader',
        code: 'reader-unplugged',
        isOut: true,
        visitor: '现在不能刷卡。看房照常；签到、积分和报修请到服务台。',
        staff: '请把读卡器的线插好。',
      },
    ]);
  });

  it('staff alone when another device does the same work', () => {
    const readers = [out('reader', 'reader-unplugged'), condition('second-reader')];
    expect(troublesOf(readers, 'en')).toMatchObject([{ visitor: null, staff: expect.any(String) }]);
    const printers = [out('printer', 'printer-paper-out'), condition('fallback-printer')];
    expect(troublesOf(printers, 'en')).toMatchObject([{ visitor: null }]);
  });

  it('the visitor again when a stand-in is not configured, or out too', () => {
    const none = condition('second-reader', { state: 'none' });
    expect(troublesOf([out('reader', 'reader-unplugged'), none], 'en')[0]?.visitor).not.toBeNull();
    const both = [out('printer', 'printer-paper-out'), out('fallback-printer', 'printer-unplugged')];
    expect(troublesOf(both, 'en').map(({ visitor }) => visitor !== null)).toEqual([true, true]);
  });

  it('staff alone of paper that is nearly used up and of the panel; nobody of the desktop', () => {
    const troubles = troublesOf(
      [
        condition('printer', { state: 'paper-low', code: 'printer-paper-low' }),
        out('panel', 'panel-unplugged'),
        out('desktop', 'desktop-unavailable'),
      ],
      'zh',
    );
    expect(troubles.map(({ device, visitor }) => [device, visitor])).toEqual([
      ['printer', null],
      ['panel', null],
    ]);
  });

  it.each([
    ['reader', '现在不能刷卡。'],
    ['printer', '现在不能打印小票。'],
  ] as const)('the visitor of what a %s with wrong settings keeps from them', (device, begins) => {
    for (const code of ['device-address-bad', 'device-driver-missing'] as const)
      expect(troublesOf([out(device, code)], 'zh')[0]?.visitor).toMatch(new RegExp(`^${begins}`));
  });

  it('the visitor of cards alone when neither card nor paper works', () => {
    const both = [out('reader', 'reader-unplugged'), out('printer', 'printer-paper-out')];
    expect(troublesOf(both, 'zh').map(({ visitor }) => visitor !== null)).toEqual([true, false]);
  });
});

describe('what the screen says of slips', () => {
  const low = condition('printer', { state: 'paper-low', code: 'printer-paper-low' });
  const fallback = condition('fallback-printer');
  it.each([
    ['no printer at all', [condition('printer', { state: 'none' })], 'absent'],
    ['one that is connecting', [condition('printer', { state: 'opening' })], 'ready'],
    ['paper is nearly used up', [low], 'paper-low'],
    ['paper is used up', [out('printer', 'printer-paper-out')], 'paper-out'],
    ['the cover is open', [out('printer', 'printer-cover-open')], 'cover-open'],
    ['it is unplugged: it is there, only not now', [out('printer', 'printer-unplugged')], 'fault'],
    ['the fallback prints instead', [out('printer', 'printer-unplugged'), fallback], 'ready'],
    [
      'the fallback is out too',
      [out('printer', 'printer-paper-out'), out('fallback-printer', 'printer-hot')],
      'paper-out',
    ],
  ] as const)('%s', (_, devices, status) => {
    expect(printerStatus(devices)).toBe(status);
  });
});
