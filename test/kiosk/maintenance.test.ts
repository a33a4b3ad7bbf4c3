// The maintenance screen: who gets in, what can be tried, what becomes of slips; a card there does nothing.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CardNumber } from '../../device/card-number.ts';
import { noDeeds } from '../../kiosk/maintenance-deeds.ts';
import type { FingerTouch } from '../../kiosk/touch.ts';
import { type BenchOptions, enterPin, kioskBench, maintenancePin } from './kiosk-bench.ts';
import { cards, openSmallWorld } from './small-world.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function bench(options: BenchOptions = {}) {
  const store = await openSmallWorld();
  const b = kioskBench(store, options);
  open.push(b.kiosk, store);
  return b;
}
async function inside(options: BenchOptions = {}) {
  const b = await bench(options);
  b.touch({ kind: 'open-maintenance' });
  await enterPin(b, maintenancePin);
  b.expect('maintenance');
  return b;
}

describe('getting in', () => {
  it('asks for the PIN, and an opening is a fact', async () => {
    const b = await inside();
    expect(b.facts().at(-1)).toEqual({ kind: 'maintenance-opened', body: {} });
    expect(b.signals).toEqual(['look']);
  });

  it('S39 opens from attract and home only, and only where a PIN was set', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    b.touch({ kind: 'open-maintenance' });
    expect(b.screen.kind).toBe('checked-in');
    b.touch({ kind: 'go-home' });
    b.touch({ kind: 'open-maintenance' });
    expect(b.screen.kind).toBe('maintenance-pin');
    const shut = await bench({ hasPin: false });
    shut.touch({ kind: 'open-maintenance' });
    expect(shut.screen.kind).toBe('attract');
  });

  it('S39 counts wrong PINs and locks, also for who comes again later, and no longer than it says', async () => {
    const b = await bench();
    b.touch({ kind: 'open-maintenance' });
    await enterPin(b, '000000');
    expect(b.expect('maintenance-pin').problem).toEqual({ kind: 'wrong', triesLeft: 2 });
    b.touch({ kind: 'go-home' });
    b.touch({ kind: 'open-maintenance' });
    await enterPin(b, '000000');
    await enterPin(b, '000000');
    expect(b.expect('maintenance-pin').problem?.kind).toBe('locked');
    await enterPin(b, maintenancePin);
    b.touch({ kind: 'end' });
    b.touch({ kind: 'open-maintenance' });
    await enterPin(b, maintenancePin);
    expect(b.expect('maintenance-pin').problem?.kind).toBe('locked');
    b.clock = new Date(b.clock.getTime() + 900_001);
    await enterPin(b, maintenancePin);
    expect(b.screen.kind).toBe('maintenance');
    expect(b.facts().map(({ kind }) => kind)).toEqual([
      'maintenance-refused',
      'maintenance-refused',
      'maintenance-refused',
      'maintenance-opened',
    ]);
  });

  it('S39 stays locked for a terminal that is started anew', async () => {
    const b = await bench();
    b.touch({ kind: 'open-maintenance' });
    for (let n = 0; n < 3; n += 1) await enterPin(b, '000000');
    b.kiosk.close();
    const again = kioskBench(b.store);
    open.push(again.kiosk);
    again.touch({ kind: 'open-maintenance' });
    expect(again.expect('maintenance-pin').problem?.kind).toBe('locked');
    await enterPin(again, maintenancePin);
    expect(again.screen.kind).toBe('maintenance-pin');
  });

  it('leaves by itself when nobody touches it', async () => {
    const b = await inside();
    vi.advanceTimersByTime(60_000);
    expect(b.screen.kind).toBe('attract');
  });
});

describe('looking', () => {
  it('shows every device with its state, code and what staff do', async () => {
    const b = await inside({
      devices: [
        { device: 'reader', state: 'ready', code: null, isOut: false },
        { device: 'printer', state: 'printer-paper-out', code: 'printer-paper-out', isOut: true },
        { device: 'panel', state: 'panel-setting-wrong', code: 'panel-setting-wrong', isOut: true },
        { device: 'desktop', state: 'unavailable', code: null, isOut: false },
      ],
    });
    expect(b.expect('maintenance')).toMatchObject({
      version: '1.2.3',
      waitingFacts: 1,
      devices: [
        { device: 'reader', state: 'ready', code: null, staff: null },
        { device: 'printer', code: 'printer-paper-out', staff: '请换一卷打印纸。', needsRestart: false },
        { device: 'panel', needsRestart: true },
        { device: 'desktop', state: 'unavailable', staff: null },
      ],
    });
  });
});

describe('a card in maintenance', () => {
  it('shows its kind, bits and last four, checks nobody in and is no fact', async () => {
    const b = await inside();
    const before = b.facts().length;
    b.swipe(cards.listed);
    b.swipe(cards.listed);
    expect(b.expect('maintenance').card).toEqual({
      kind: 'read',
      technology: 'em4100',
      bits: 40,
      tail: '0001',
      count: 2,
    });
    expect(JSON.stringify(b.show)).not.toContain(cards.listed);
    expect(b.facts()).toHaveLength(before);
  });

  it('says so when it is no key', async () => {
    const b = await inside();
    b.kiosk.refuseCard('card-payment');
    expect(b.expect('maintenance').card).toEqual({ kind: 'unusable', code: 'card-payment', count: 1 });
  });

  it('is shown even when it is too narrow for the fleet', async () => {
    const b = await inside({ cardWidth: 32 });
    b.kiosk.swipe({ technology: 'em4100', number: new CardNumber('6F6C3A'), bits: 24 });
    expect(b.expect('maintenance').card).toMatchObject({ kind: 'read', bits: 24 });
  });
});

describe('trying', () => {
  it('prints a test page through the queue, and says so to headquarters', async () => {
    const b = await inside();
    b.touch({ kind: 'print-test-page' });
    expect(b.facts().at(-1)).toEqual({ kind: 'maintenance-acted', body: { action: 'test-page' } });
    expect(b.events.at(-1)).toBe('slip queued');
    expect(b.expect('maintenance').slips).toMatchObject([{ slip: 'test-page', state: 'queued', copy: 0 }]);
    expect(JSON.stringify(b.store.printJobs.next()?.lines)).toContain('打印测试');
  });

  it('passes the panel test on, and only from here', async () => {
    const b = await inside();
    b.touch({ kind: 'try-panel', what: 'lights' });
    b.touch({ kind: 'go-home' });
    b.touch({ kind: 'try-panel', what: 'sounds' });
    expect(b.signals.filter((signal) => signal.startsWith('try'))).toEqual(['try lights']);
  });

  it('does nothing of it for who did not give the PIN', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    const [id] = b.store.printJobs.unsettled().map((job) => job.id);
    b.touch({ kind: 'go-home' });
    const before = b.facts().length;
    b.touch({ kind: 'print-test-page' });
    b.touch({ kind: 'forget-slip', id: id ?? '' });
    expect(b.facts()).toHaveLength(before);
    expect(b.store.printJobs.waiting()).toBe(1);
  });
});

describe('slips that need a decision', () => {
  async function withSlip(state: 'queued' | 'unconfirmed') {
    const b = await bench();
    b.swipe(cards.listed);
    const job = b.store.printJobs.next();
    if (!job) throw new Error('no job');
    b.store.printJobs.mark(job.id, state);
    b.touch({ kind: 'end' });
    b.touch({ kind: 'open-maintenance' });
    await enterPin(b, maintenancePin);
    return { b, job };
  }

  it('prints an unsure one again as a marked copy, which takes its place', async () => {
    const { b, job } = await withSlip('unconfirmed');
    expect(b.expect('maintenance').slips).toMatchObject([{ id: job.id, state: 'unsure' }]);
    b.touch({ kind: 'print-again', id: job.id });
    const copy = b.store.printJobs.next();
    expect(copy).toMatchObject({ copy: 1, subject: job.subject, slip: 'check-in' });
    expect(copy?.lines[1]).toMatchObject({ text: '【补打 1】' });
    expect(copy?.lines.filter((line) => 'text' in line && line.text.includes('补打'))).toHaveLength(1);
    expect(b.facts().at(-1)).toMatchObject({ kind: 'slip-copied', body: { job: copy?.id, copy: 1 } });
    expect(b.expect('maintenance').slips).toMatchObject([{ id: copy?.id, state: 'queued', copy: 1 }]);
  });

  it('never copies one that waits: it prints by itself', async () => {
    const { b, job } = await withSlip('queued');
    b.touch({ kind: 'print-again', id: job.id });
    expect(b.store.printJobs.waiting()).toBe(1);
  });

  it.each([
    ['queued', 'expired'],
    ['unconfirmed', 'failed'],
  ] as const)('gives up one that is %s: %s, and headquarters knows', async (state, outcome) => {
    const { b, job } = await withSlip(state);
    b.touch({ kind: 'forget-slip', id: job.id });
    expect(b.store.printJobs.find(job.id)?.state).toBe(outcome);
    expect(b.expect('maintenance').slips).toEqual([]);
    expect(b.facts().at(-1)).toMatchObject({
      kind: 'slip-settled',
      body: { job: job.id, outcome, reason: 'forgotten' },
    });
  });
});

describe('what is done to the machine', () => {
  const deeds = (done: string[], can = true): NonNullable<BenchOptions['deeds']> => ({
    can: () => can,
    look: (what) => void done.push(`look ${what}`),
    joinWifi: (ssid, key) => void done.push(`wifi ${ssid} ${key?.length}`),
    setVolume: (volume) => void done.push(`volume ${volume}`),
    setBrightness: (percent) => void done.push(`brightness ${percent}`),
    exportDiagnosis: () => void done.push('export'),
    restart: (what) => void done.push(`restart ${what}`),
    enrolAnew: () => void done.push('enrol anew'),
    updateNow: () => void done.push('update now'),
    report: () => noDeeds,
  });
  const touches: readonly FingerTouch[] = [
    { kind: 'look-again', what: 'checks' },
    { kind: 'choose-wifi', ssid: 'Hall', key: 'kestrel-harbour' },
    { kind: 'set-volume', volume: 1 },
    { kind: 'set-brightness', percent: 40 },
    { kind: 'export-diagnosis' },
    { kind: 'enrol-anew' },
    { kind: 'update-now' },
    { kind: 'restart', what: 'machine' },
  ];

  it('is on record before it begins, and no key is', async () => {
    const done: string[] = [];
    const b = await inside({ deeds: deeds(done) });
    for (const touch of touches) b.touch(touch);
    expect(done).toEqual([
      'look checks',
      'wifi Hall 15',
      'volume 1',
      'brightness 40',
      'export',
      'enrol anew',
      'update now',
      'restart machine',
    ]);
    const acted = b.facts().filter(({ kind }) => kind === 'maintenance-acted');
    expect(acted).toHaveLength(touches.length);
    expect(acted[1]).toEqual({ kind: 'maintenance-acted', body: { action: 'wifi-changed' } });
    expect(JSON.stringify([b.facts(), b.show, b.logged])).not.toContain('kestrel');
  });

  it('is neither done nor on record where it cannot be, or without the PIN', async () => {
    const done: string[] = [];
    const b = await inside({ deeds: deeds(done, false) });
    const before = b.facts().length;
    for (const touch of touches) b.touch(touch);
    b.touch({ kind: 'end' });
    const outside = await bench({ deeds: deeds(done) });
    outside.touch({ kind: 'open-maintenance' });
    for (const touch of touches) outside.touch(touch);
    expect(done).toEqual([]);
    expect(b.facts()).toHaveLength(before);
    expect(outside.facts()).toEqual([]);
  });

  it('stands on tabs, and a tab is opened by who gave the PIN alone', async () => {
    const b = await inside();
    b.touch({ kind: 'open-maintenance-tab', tab: 'system' });
    expect(b.expect('maintenance').tab).toBe('system');
    b.touch({ kind: 'end' });
    b.touch({ kind: 'open-maintenance-tab', tab: 'system' });
    expect(b.screen.kind).toBe('attract');
  });

  it('S39 a PIN that is right opens nothing for whoever came meanwhile; a wrong one counts all the same', async () => {
    const b = await bench();
    b.touch({ kind: 'open-maintenance' });
    b.touch({ kind: 'enter-pin', pin: maintenancePin });
    b.touch({ kind: 'end' });
    await Promise.resolve();
    expect(b.screen.kind).toBe('attract');
    expect(b.facts()).toEqual([]);
    b.touch({ kind: 'open-maintenance' });
    b.touch({ kind: 'enter-pin', pin: '000000' });
    b.touch({ kind: 'go-home' });
    await Promise.resolve();
    expect(b.screen.kind).toBe('home');
    expect(b.facts()).toEqual([{ kind: 'maintenance-refused', body: { triesLeft: 2 } }]);
  });

  it('prints the last slip once more within ten minutes, marked as a copy', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    const job = b.store.printJobs.next();
    if (!job) throw new Error('no job');
    b.touch({ kind: 'end' });
    b.touch({ kind: 'open-maintenance' });
    await enterPin(b, maintenancePin);
    expect(b.expect('maintenance').lastSlip).toBeNull();
    b.store.printJobs.mark(job.id, 'printed');
    expect(b.expect('maintenance').lastSlip).toMatchObject({ id: job.id, slip: 'check-in', copy: 0 });
    b.touch({ kind: 'reprint-last', id: job.id });
    expect(b.facts().at(-1)).toMatchObject({ kind: 'slip-copied', body: { copy: 1, slip: 'check-in' } });
    const copy = b.store.printJobs.next();
    b.store.printJobs.mark(copy?.id ?? job.id, 'printed');
    b.clock = new Date(b.clock.getTime() + 600_001);
    expect(b.expect('maintenance').lastSlip).toBeNull();
    b.touch({ kind: 'reprint-last', id: copy?.id ?? '' });
    expect(b.store.printJobs.waiting()).toBe(0);
  });
});
