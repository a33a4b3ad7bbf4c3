// How terminals stand: one state for each, what calls for somebody, the worst on top; and how settings are written and read.
import { describe, expect, it } from 'vitest';
import type { DeviceItem } from '../../../sync/headquarters/api/device-api.ts';
import type { TwinItem } from '../../../sync/headquarters/api/twin-api.ts';
import type { TerminalItem } from '../../../sync/headquarters/api.ts';
import { csvTerminals } from '../../../ui/console/fleet/csv-terminals.ts';
import { pathWord } from '../../../ui/console/fleet/path-words.ts';
import { setUpState } from '../../../ui/console/fleet/set-up-state.ts';
import {
  editablePaths,
  isSameValue,
  readSetting,
  settingText,
} from '../../../ui/console/fleet/setting-text.ts';
import { certificateDays, fleetRows } from '../../../ui/console/fleet/terminal-row.ts';

const nowMs = Date.parse('2026-11-22T12:00:00.000Z');
const ago = (ms: number): string => new Date(nowMs - ms).toISOString();
const day = 86_400_000;
const line = (terminal: string, change: Partial<TerminalItem> = {}): TerminalItem => ({
  ...{ terminal, online: true, version: '1', waiting: 0, epoch: null, applied: 0, alarm: null },
  ...{ firstSeen: ago(30 * day), lastSeen: ago(60_000), devices: [] },
  ...change,
});
const record = (terminal: string, change: Partial<DeviceItem> = {}): DeviceItem => ({
  ...{ terminal, code: 'H01', site: 'siji', project: null, model: 'pi5', ring: '', state: 'enrolled' },
  ...{ expectedSerial: null, serial: 'b', enrolledAt: ago(day), online: true, lastSeen: null },
  ...{ version: null, certDays: 60 },
  ...change,
});
const twin = (device: string, change: Partial<TwinItem> = {}): TwinItem => ({
  ...{ device, rev: 3, hash: 'h3', at: ago(day), sentAt: ago(day), driftSince: null },
  reported: {
    ...{ rev: 3, hash: 'h3', state: 'ok', code: null, path: null },
    ...{ schema: 1, release: 0, at: ago(day) },
  },
  ...change,
});
const told = (state: string, rev = 3, hash = 'h3') => ({
  reported: { ...{ rev, hash, state, code: null, path: null }, ...{ schema: 1, release: 0, at: ago(day) } },
});

describe('a terminal of the fleet', () => {
  it.each([
    [record('a', { state: 'expected', serial: null }), undefined, 'expected'],
    [record('a'), undefined, 'offline'],
    [record('a'), line('a'), 'online'],
    [record('a', { state: 'quarantined' }), line('a'), 'quarantined'],
    [record('a', { state: 'revoked' }), line('a'), 'revoked'],
    [record('a', { state: 'retired' }), line('a', { alarm: 'two devices' }), 'retired'],
    [undefined, line('a', { online: false, lastSeen: ago(2 * day) }), 'lost'],
    // whoever was put in anew is there again, whatever its line was
    [record('a'), line('a', { alarm: 'two devices' }), 'alarm'],
  ] as const)('S24 with %j and %j is %s', (device, seen, state) => {
    expect(fleetRows(device ? [device] : [], seen ? [seen] : [], [], nowMs)[0]?.state).toBe(state);
  });

  it.each([
    [{}, {}, {}, []],
    [{}, { devices: [{ device: 'printer', state: 'printer-paper-out', at: ago(1) }] }, {}, ['printer']],
    [{}, { devices: [{ device: 'printer', state: 'paper-low', at: ago(1) }] }, {}, ['printer']],
    [{}, { devices: [{ device: 'reader', state: 'reader-unplugged', at: ago(1) }] }, {}, ['reader']],
    [{}, { devices: [{ device: 'desktop', state: 'unavailable', at: ago(1) }] }, {}, []],
    [{ certDays: certificateDays }, {}, {}, ['certificate']],
    [{ certDays: certificateDays + 1 }, {}, {}, []],
    [{}, {}, { driftSince: ago(60_000) }, ['drift']],
    // it was told just now
    [{}, {}, { driftSince: ago(59_999) }, []],
    [{}, {}, told('rolled-back'), ['set-up']],
    [{}, { waiting: 100 }, {}, ['outbox']],
    [{}, { waiting: 1, oldestWaitingAt: ago(15 * 60_000) }, {}, ['outbox']],
    [{}, { waiting: 1, oldestWaitingAt: ago(15 * 60_000 - 1) }, {}, []],
    // it cannot send while it is away
    [{}, { waiting: 100, online: false }, {}, []],
    [{ state: 'quarantined', certDays: -3 }, { alarm: 'x' }, {}, ['identity', 'certificate']],
    // nobody has to look after one that was given up
    [{ state: 'retired', certDays: -3 }, { waiting: 900 }, { driftSince: ago(1) }, []],
  ] as const)('S35 with %j, %j and %j calls for somebody because of %j', (device, seen, wish, causes) => {
    const rows = fleetRows(
      [record('a', device)],
      [line('a', { ...seen, devices: [...('devices' in seen ? seen.devices : [])] })],
      [twin('a', wish)],
      nowMs,
    );
    expect(rows[0]?.causes).toEqual(causes);
  });

  it('the worst stands first, then by name with its numbers', () => {
    const rows = fleetRows(
      [record('new', { state: 'expected' }), record('hall-10'), record('thief', { state: 'revoked' })],
      [
        line('hall-10'),
        line('hall-9'),
        line('club', { online: false }),
        line('gate', { online: false, lastSeen: ago(2 * day) }),
        line('site', { alarm: 'two devices' }),
      ],
      [],
      nowMs,
    );
    expect(rows.map(({ terminal }) => terminal)).toEqual([
      ...['site', 'gate', 'club', 'hall-9', 'hall-10', 'new', 'thief'],
    ]);
  });
});

it.each([
  [undefined, 'none'],
  [twin('a'), 'ok'],
  [twin('a', { reported: null }), 'sending'],
  [twin('a', told('ok', 2, 'h2')), 'sending'],
  [twin('a', told('waiting', 3, 'h2')), 'waiting'],
  [twin('a', told('rejected', 3, 'h2')), 'rejected'],
  // what became of the one before says nothing of this one
  [twin('a', told('rejected', 2, 'h1')), 'sending'],
  [twin('a', { ...told('ok', 3, 'other'), driftSince: ago(60_000) }), 'drift'],
  [twin('a', { ...told('ok', 2, 'h2'), driftSince: ago(59_999) }), 'sending'],
] as const)('S35 a set-up %j is %s', (wish, state) => {
  expect(setUpState(wish, nowMs)).toBe(state);
});

describe('a setting in a field', () => {
  it.each([
    ['settings.idleSeconds', 60, '60'],
    ['settings.language', 'zh', 'zh'],
    ['settings.openHours', { from: '09:00', to: '18:00' }, '09:00-18:00'],
    ['settings.openHours', null, ''],
    ['desktop', true, 'true'],
    ['reader', null, 'null'],
    ['maintenance.pin', 'secret:pin-2', 'secret:pin-2'],
  ])('%s %j is written %j and read again', (path, value, text) => {
    expect(settingText(path, value)).toBe(text);
    expect(readSetting(path, text)).toEqual({ kind: 'value', value });
  });

  it.each([
    ['settings.idleSeconds', '5'],
    ['settings.idleSeconds', 'soon'],
    ['settings.openHours', '25:00-26:00'],
    ['settings.openHours', 'always'],
    ['maintenance.pin', '1234'],
    ['reader', '{"kind":"magic"}'],
    ['reader', '{'],
  ])('S34 %s does not take %j', (path, text) => {
    expect(readSetting(path, text).kind).toBe('wrong');
  });

  it('is as it was, however its keys are ordered', () => {
    expect(isSameValue({ from: 1, to: [{ a: 1, b: 2 }] }, { to: [{ b: 2, a: 1 }], from: 1 })).toBe(true);
    expect(isSameValue({ from: 1 }, { from: 2 })).toBe(false);
    expect(isSameValue(undefined, null)).toBe(false);
  });

  it('has a name of its own in both languages, whatever its path', () => {
    expect(editablePaths).not.toContain('release');
    expect(
      editablePaths.filter((path) => pathWord(path, 'zh') === path || pathWord(path, 'en') === path),
    ).toEqual([]);
  });
});

it('names the terminals of a file of records, wherever their column stands', () => {
  expect(csvTerminals('\uFEFFcode,Terminal,site\r\nA1,"hall-1",siji\r\nA2,hall-2,siji\r\n')).toEqual([
    'hall-1',
    'hall-2',
  ]);
  expect(csvTerminals('nothing here')).toEqual([]);
});
