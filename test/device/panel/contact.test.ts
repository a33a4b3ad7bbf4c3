// Contact debounce: settled levels only, each once.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { debounceContact } from '../../../device/panel/contact.ts';

describe('debounceContact', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const settled: boolean[] = [];
  const make = () => {
    settled.length = 0;
    return debounceContact(20, (isHigh) => settled.push(isHigh));
  };

  it('G03 reports a level only after it stood still', () => {
    const contact = make();
    for (let n = 0; n < 9; n += 1) {
      contact.see(n % 2 === 0);
      vi.advanceTimersByTime(15);
    }
    expect(settled).toEqual([]);
    vi.advanceTimersByTime(5);
    expect(settled).toEqual([true]);
  });

  it('a spike that falls back to the settled level is nothing', () => {
    const contact = make();
    contact.see(false);
    vi.advanceTimersByTime(20);
    contact.see(true);
    vi.advanceTimersByTime(19);
    contact.see(false);
    vi.advanceTimersByTime(1_000);
    expect(settled).toEqual([false]);
  });

  it('repeated levels neither report again nor put the report off', () => {
    const contact = make();
    for (let n = 0; n < 10; n += 1) {
      contact.see(true);
      vi.advanceTimersByTime(10);
    }
    expect(settled).toEqual([true]);
  });

  it('is silent after stop', () => {
    const contact = make();
    contact.see(true);
    contact.stop();
    vi.advanceTimersByTime(1_000);
    expect(settled).toEqual([]);
  });
});
