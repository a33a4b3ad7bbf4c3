// The log says each fault once, again when it is worth saying, and never what somebody was fed.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLog } from '../../kiosk/log.ts';
import { Complaints } from '../../sync/headquarters/complaints.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the log of the terminal', () => {
  it('says a fault once, again after it was over, and again when it comes an hour later', () => {
    const lines: string[] = [];
    const log = openLog('hall-1', { write: (line) => void lines.push(line) });
    for (let n = 0; n < 100; n += 1) log.fault('reader-noise', 'Check the cable.');
    expect(lines).toHaveLength(1);
    log.cleared('reader-noise');
    log.fault('reader-noise', 'Check the cable.');
    expect(lines).toHaveLength(3);
    vi.advanceTimersByTime(3_599_999);
    log.fault('reader-noise', 'Check the cable.');
    expect(lines).toHaveLength(3);
    vi.advanceTimersByTime(1);
    log.fault('reader-noise', 'Check the cable.');
    expect(lines).toHaveLength(4);
  });

  it('names the kind of a cause and not its words', () => {
    const lines: string[] = [];
    const log = openLog('hall-1', { write: (line) => void lines.push(line) });
    log.fault('store-write-failed', 'Check the disk.', new TypeError('cannot read 13812341234'));
    expect(lines.join('')).toContain('TypeError');
    expect(lines.join('')).not.toContain('13812341234');
  });
});

describe('the complaints of headquarters', () => {
  it('come once an hour for each kind, however many kinds somebody invents', () => {
    const said: object[] = [];
    const write = (details: object) => void said.push(details);
    const complaints = new Complaints({ info: write, warn: write, error: write });
    for (let round = 0; round < 3; round += 1)
      for (let n = 0; n < 5_000; n += 1) complaints.say(`terminal-${n}/ask`, { n: String(n) }, 'Look.');
    expect(said).toHaveLength(1_001);
    vi.advanceTimersByTime(3_600_000);
    complaints.say('terminal-1/ask', {}, 'Look.');
    expect(said).toHaveLength(1_002);
  });
});
