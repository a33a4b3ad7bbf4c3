// Hours of the site, a clock that is wrong, and a terminal that is about to end: said when it is so, and not otherwise.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clockDoubt, clockTroubleOf } from '../../kiosk/clock-doubt.ts';
import { isWithin, opensAgainAt } from '../../kiosk/site-hours.ts';
import { tendScreen } from '../../kiosk/tend-screen.ts';
import { benchSite, kioskBench } from './kiosk-bench.ts';
import { cards, now, openSmallWorld } from './small-world.ts';

const zone = 'Asia/Shanghai';
const at = (time: string): Date => new Date(`2026-11-21T${time}:00+08:00`);

beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => void vi.useRealTimers());

describe('U23 hours', () => {
  it.each([
    ['08:59', true, '09:00'],
    ['09:00', false, null],
    ['17:59', false, null],
    ['18:00', true, '09:00'],
  ])('at %s the site is closed: %s', (time, _isClosed, opens) => {
    expect(opensAgainAt({ from: '09:00', to: '18:00' }, at(time), zone)).toBe(opens);
  });

  it('that were not set are always', () => {
    expect(opensAgainAt(null, at('03:00'), zone)).toBeNull();
    expect(isWithin(null, at('03:00'), zone)).toBe(false);
  });

  it.each([
    ['21:59', false],
    ['22:00', true],
    ['03:00', true],
    ['06:30', false],
  ])('of the night go over midnight: %s is %s', (time, isNight) => {
    expect(isWithin({ from: '22:00', to: '06:30' }, at(time), zone)).toBe(isNight);
  });

  it('are shown when they begin, though nobody touches anything', async () => {
    const hours = { openHours: { from: '09:00', to: '18:00' }, nightHours: { from: '18:00', to: '06:00' } };
    const b = kioskBench(await openSmallWorld(), { site: { ...benchSite, ...hours } });
    const tend = tendScreen(b.kiosk);
    tend();
    const seen = b.events.length;
    tend();
    expect(b.events).toHaveLength(seen);
    expect(b.expect('attract').opensAt).toBeNull();
    b.clock = at('18:00');
    tend();
    expect(b.events).toHaveLength(seen + 1);
    expect(b.expect('attract').opensAt).toBe('09:00');
    expect(b.show.status.isNight).toBe(true);
  });
});

describe('U28 a wall clock', () => {
  const asOf = at('12:00').toISOString();
  const signs = { isSynced: false, asOf, told: null };

  it('that is earlier than what headquarters told before is wrong, and everybody is told', () => {
    const doubt = clockDoubt({ ...signs, wall: at('11:00') });
    expect(doubt).toBe('behind');
    expect(clockTroubleOf(doubt, 'en')).toMatchObject([
      { code: 'clock-behind', visitor: expect.any(String) },
    ]);
  });

  it('that headquarters contradicts concerns staff alone', () => {
    const doubt = clockDoubt({ ...signs, wall: at('11:00'), told: at('12:30') });
    expect(doubt).toBe('off');
    expect(clockTroubleOf(doubt, 'zh')).toMatchObject([{ code: 'clock-off', visitor: null }]);
  });

  it('that cannot be compared, or agrees, is believed', () => {
    expect(clockDoubt({ ...signs, wall: at('11:00'), asOf: null })).toBeNull();
    expect(clockDoubt({ ...signs, wall: at('12:31'), told: at('12:30') })).toBeNull();
    expect(clockDoubt({ ...signs, wall: at('11:00'), isSynced: true })).toBeNull();
    expect(clockTroubleOf(null, 'zh')).toEqual([]);
  });
});

describe('S22 who stands there while something else is switched to', () => {
  it.each([
    ['release', '正在更新', 4],
    ['set-up', '正在换设置', 3],
    ['back', '正在恢复', 3],
  ] as const)('%s: sees the steps of it, and nothing of who was there before', async (why, title, steps) => {
    const b = kioskBench(await openSmallWorld());
    b.swipe(cards.listed);
    b.kiosk.callHelp();
    b.kiosk.leave(why);
    const { screen, status, ...around } = b.show;
    if (screen.kind !== 'enrolling') throw new Error(screen.kind);
    expect(screen.title.zh).toContain(title);
    expect(screen.steps).toHaveLength(steps);
    expect(screen.steps.map(({ state }) => state).slice(-2)).toEqual(['now', 'later']);
    expect(status.isLeaving).toBe(false);
    const nothing = { idle: null, confirms: null, isHelpCalled: false, paper: null, summons: null };
    expect(around).toMatchObject(nothing);
    // the signal to end comes after the word, and takes nothing of it back
    b.kiosk.leave();
    expect(b.show.screen).toEqual(screen);
  });
});

describe('U23 who waits', () => {
  it('is shown what is for sale, and sees that the terminal leaves', async () => {
    const b = kioskBench(await openSmallWorld());
    const { projects } = b.expect('attract');
    expect(projects?.length).toBeGreaterThan(0);
    expect(b.show.status.isLeaving).toBe(false);
    b.kiosk.leave();
    expect(b.show.status.isLeaving).toBe(true);
    expect(b.events.at(-1)).toBe('shown attract');
  });
});
