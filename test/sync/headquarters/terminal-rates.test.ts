// S18 One terminal that floods headquarters: what it is given is counted, and what the others are given.
import { describe, expect, it } from 'vitest';
import { TerminalQueues } from '../../../sync/headquarters/terminal-queues.ts';
import { TerminalRates } from '../../../sync/headquarters/terminal-rates.ts';

describe('the rate of a terminal', () => {
  it('S18 is its share and no more, however much it sends, and the others have all of theirs', () => {
    let nowMs = 0;
    const rates = new TerminalRates(200, () => nowMs);
    let flood = 0;
    let freeMs = 0;
    let waited = 0;
    for (; nowMs < 10_000; nowMs += 1) {
      // a thousand a second come; one is dealt with when the one before has had its turn
      while (freeMs <= nowMs && flood < nowMs) {
        flood += 1;
        freeMs = nowMs + rates.waitMs('flood');
        if (freeMs > nowMs) break;
      }
      if (nowMs % 100 === 0) for (let n = 0; n < 20; n += 1) waited += rates.waitMs(`quiet-${n}`);
    }
    expect(flood).toBeLessThanOrEqual(200 * 10 + 401);
    expect(flood).toBeGreaterThanOrEqual(200 * 9);
    expect(waited).toBe(0);
  });

  it('S18 a terminal that paused has its burst again, and the clock never gives more', () => {
    let nowMs = 0;
    const rates = new TerminalRates(10, () => nowMs);
    const burst = (): number =>
      Array.from({ length: 21 }, () => rates.waitMs('a')).filter((ms) => ms === 0).length;
    expect(burst()).toBe(20);
    expect(rates.waitMs('a')).toBeCloseTo(200);
    nowMs += 3_600_000;
    expect(burst()).toBe(20);
  });

  it('S18 of those that wait each has its turn: a flood of one holds up another by one message', async () => {
    const queues = new TerminalQueues({ perTerminal: 64, inAll: 2_000 });
    const done: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      await Promise.resolve();
      done.push(name);
    };
    let refused = 0;
    for (let n = 0; n < 1_000; n += 1) if (!queues.push('flood', work('flood'))) refused += 1;
    for (let n = 0; n < 20; n += 1) expect(queues.push(`quiet-${n}`, work('quiet'))).toBe(true);
    await queues.drained();
    expect(refused).toBe(1_000 - 64);
    const lastQuiet = done.lastIndexOf('quiet');
    expect(done.slice(0, lastQuiet).filter((name) => name === 'flood').length).toBeLessThanOrEqual(2);
  });
});
