// The twin's paths, their faults and their hash.
import { describe, expect, it } from 'vitest';
import { twinFaults, twinHash, twinPaths } from '../../../sync/contract/twin.ts';

describe('the values of a twin', () => {
  it('take every path of a config and of the settings', () => {
    expect(twinPaths).toContain('site.helpPhone');
    expect(twinPaths).toContain('limits.waitingSlips');
    expect(twinPaths).toContain('settings.idleSeconds');
    expect(twinPaths).toContain('reader');
    expect(twinPaths).not.toContain('terminal');
  });

  it('name what is wrong by its path', () => {
    expect(
      twinFaults({
        'settings.idleSeconds': 5,
        'settings.slipFooter': { zh: '谢谢' },
        printer: { kind: 'esc-pos', at: 'lp0' },
        fleetKeyFile: '/tmp/key',
        'site.helpPhone': '010-1234567',
      }).map(({ path }) => path),
    ).toEqual(['settings.idleSeconds', 'settings.slipFooter.en', 'printer.at', 'fleetKeyFile']);
  });

  it('hold secrets by name only', () => {
    expect(twinFaults({ 'maintenance.pin': 'secret:site-pin' })).toEqual([]);
    expect(twinFaults({ 'maintenance.pin': '123456' })).toEqual([
      { path: 'maintenance.pin', sentence: 'must be secret:NAME' },
    ]);
  });

  it('have one hash in any order', () => {
    const a = { 'site.helpPhone': '1', reader: { kind: 'rdm6300', at: 'serial:/dev/a?baud=9600' } };
    const b = { reader: { at: 'serial:/dev/a?baud=9600', kind: 'rdm6300' }, 'site.helpPhone': '1' };
    expect(twinHash(a)).toBe(twinHash(b));
    expect(twinHash(a)).not.toBe(twinHash({ ...a, 'site.helpPhone': '2' }));
  });
});
