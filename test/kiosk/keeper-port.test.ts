// What a terminal and its keeper say to each other: parsed both ways, told when it changes, answered when it is on disk.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type DeedWord,
  type KeeperWord,
  parseKeeperWord,
  parseTerminalWord,
  type TerminalHealth,
  type TerminalWord,
} from '../../kiosk/keeper-line.ts';
import { conditionsOf, openKeeperPort } from '../../kiosk/keeper-port.ts';
import { encodeFrame } from '../../sync/contract/frame.ts';
import { twinHash } from '../../sync/contract/twin.ts';
import { twinPart } from '../../sync/twin-part.ts';
import { tenant, terminal } from '../sync/scratch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const report: Extract<KeeperWord, { kind: 'report' }> = {
  kind: 'report',
  source: 'k-1',
  number: 7,
  report: { rev: 3, hash: null, state: 'ok', code: null, path: null, schema: 1, release: 2 },
};
const well: TerminalHealth = {
  isPainted: true,
  isBusy: false,
  waitingFacts: 0,
  isLinked: true,
  devices: { reader: 'ok' },
};

function port(record: () => void = () => undefined) {
  const said: (TerminalWord | DeedWord)[] = [];
  const heard: string[] = [];
  let health = well;
  let hear: (message: unknown) => void = () => undefined;
  const open = openKeeperPort({
    channel: {
      send: (word) => void said.push(word),
      listen: (onWord) => {
        hear = onWord;
      },
    },
    health: () => health,
    isEnrolled: true,
    record,
    onLeave: (why) => void heard.push(`leave ${why ?? ''}`.trim()),
    onUpdate: () => void heard.push('update'),
    waitingFacts: () => health.waitingFacts ?? 0,
    onFault: () => void heard.push('fault'),
  });
  return {
    said,
    heard,
    open,
    hear: (message: unknown) => hear(message),
    set: (now: TerminalHealth) => (health = now),
  };
}

describe('the line to the keeper', () => {
  it('tells a change at once and nothing new now and then', () => {
    const { said, set, open } = port();
    expect(said).toHaveLength(1);
    set({ ...well, waitingFacts: 5 });
    vi.advanceTimersByTime(1_500);
    expect(said).toHaveLength(1);
    set({ ...well, isBusy: true });
    vi.advanceTimersByTime(500);
    expect(said.at(-1)).toMatchObject({ kind: 'serving', health: { isBusy: true } });
    vi.advanceTimersByTime(10_000);
    expect(said).toHaveLength(7);
    open.close();
    vi.advanceTimersByTime(10_000);
    expect(said).toHaveLength(7);
  });

  it('answers a report when it is on disk, and not when the disk fails', () => {
    const fine = port();
    fine.hear(report);
    expect(fine.said.at(-1)).toEqual({ kind: 'reported', number: 7 });
    const failing = port(() => {
      throw new Error('no disk');
    });
    failing.hear(report);
    expect([failing.said.at(-1)?.kind, failing.heard]).toEqual(['serving', ['fault']]);
  });

  it('takes what is no word of a keeper for nothing', () => {
    const { hear, said, heard } = port();
    for (const message of [
      null,
      'leave',
      7,
      {},
      { kind: 'leave', now: true },
      { kind: 'leave', why: 'boredom' },
      { kind: 'update', step: { kind: 'fetching', percent: 101 } },
      { kind: 'update', step: { kind: 'trying', percent: 1 } },
      { ...report, number: -1 },
      { ...report, source: 'Ä' },
    ])
      hear(message);
    expect([said.length, heard]).toEqual([1, []]);
    hear({ kind: 'leave' });
    hear({ kind: 'leave', why: 'release' });
    expect(heard).toEqual(['leave', 'leave release']);
  });

  it('says how far an update is, and what waits when nothing is under way', () => {
    const { hear, heard, open } = port();
    expect(open.update).toBeNull();
    const waits = { ...report.report, state: 'waiting' as const, code: 'window-closed' };
    hear({ ...report, report: waits });
    hear({ kind: 'update', step: { kind: 'fetching', percent: 42 } });
    expect(open.update).toEqual({ kind: 'fetching', percent: 42 });
    hear({ kind: 'update', step: { kind: 'none' } });
    expect(open.update).toEqual({ kind: 'waiting', why: 'window-closed', canGoOnNow: true });
    expect(heard).toEqual(['update', 'update']);
  });

  it('carries every word of both sides over as it was', () => {
    const desired = { v: 1 as const, rev: 1, hash: twinHash({}), at: '2026-03-01T00:00:00.000Z', values: {} };
    const words: TerminalWord[] = [
      { kind: 'serving', health: well },
      { kind: 'desired', desired },
      { kind: 'reported', number: 1 },
    ];
    for (const word of words) expect(parseTerminalWord(JSON.parse(JSON.stringify(word)))).toEqual(word);
    const fetching = { kind: 'update', step: { kind: 'fetching', percent: 42 } } as const;
    for (const word of [report, { kind: 'leave', why: 'back' }, fetching] as const)
      expect(parseKeeperWord(JSON.parse(JSON.stringify(word)))).toEqual(word);
    expect(
      parseTerminalWord({ kind: 'serving', health: { ...well, devices: { reader: 'broken' } } }),
    ).toBeUndefined();
  });

  it('says of each device whether anybody would miss it', () => {
    const device = { code: null, isOut: false } as const;
    expect(
      conditionsOf([
        { ...device, device: 'reader', state: 'ready' },
        { ...device, device: 'printer', state: 'paper-low' },
        { ...device, device: 'panel', state: 'none' },
        { ...device, device: 'second-reader', state: 'opening' },
        { device: 'fallback-printer', state: 'lost', code: null, isOut: true },
      ]),
    ).toEqual({
      reader: 'ok',
      printer: 'ok',
      panel: 'none',
      'second-reader': 'opening',
      'fallback-printer': 'out',
    });
  });
});

describe('what headquarters wants', () => {
  it('S16 is handed on unless something newer came, or it is not of that shape', () => {
    const revs: number[] = [];
    const part = twinPart({ tenant, terminal }, ({ rev }) => void revs.push(rev));
    const [topic = ''] = part.topics;
    const say = (rev: number) =>
      part.receive(
        topic,
        encodeFrame({ v: 1, rev, hash: twinHash({}), at: '2026-03-01T00:00:00.000Z', values: {} }),
        false,
      );
    say(2);
    say(2);
    expect(() => say(1)).toThrow(expect.objectContaining({ code: 'sync-twin-stale' }));
    expect(() => part.receive(topic, encodeFrame({ v: 1, rev: 3 }), false)).toThrow(
      expect.objectContaining({ code: 'sync-frame-shape' }),
    );
    say(4);
    expect(revs).toEqual([2, 2, 4]);
  });
});
