// What is ready waits for the visitor and for its hour, but not for ever: 4 hours of visitors, or 24 without its hour.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UpdateHold } from '../../provisioning/update-hold.ts';
import { scratchFolder } from '../sync/scratch.ts';

const minuteMs = 60_000;
const calm = { rev: 1, isBusy: false, isWindowOpen: true, isSiteClosed: false };

function holding(file = join(scratchFolder(), 'hold.json')) {
  const hold = new UpdateHold(file);
  let nowMs = 0;
  return {
    file,
    hold,
    /** looks every minute for so long. @returns what the last look said */
    wait(minutes: number, signs: Partial<typeof calm>) {
      let why = hold.why({ ...calm, ...signs, nowMs });
      for (let n = 0; n < minutes; n += 1) {
        nowMs += minuteMs;
        why = hold.why({ ...calm, ...signs, nowMs });
      }
      return why;
    },
  };
}

it('goes at once when nobody is served and its hour is open', () => {
  expect(holding().wait(0, {})).toBeNull();
});

it('waits for a visitor 4 h at most, then goes after closing whatever is said', () => {
  expect(holding().wait(239, { isBusy: true, isSiteClosed: true })).toBe('visitor-served');
  const long = holding();
  expect(long.wait(240, { isBusy: true })).toBe('held-long');
  expect(long.wait(0, { isBusy: true, isSiteClosed: true })).toBeNull();
});

it('waits for its hour, and somebody who knows the PIN may let it go before', () => {
  const h = holding();
  expect(h.wait(23 * 60, { isWindowOpen: false, isSiteClosed: true })).toBe('window-closed');
  h.hold.release();
  expect(h.wait(0, { isWindowOpen: false, isBusy: true })).toBe('visitor-served');
  expect(h.wait(0, { isWindowOpen: false })).toBeNull();
});

it('never in its hour for 24 h of running, over restarts and nights without power: it goes after closing', () => {
  const h = holding();
  expect(h.wait(13 * 60, { isWindowOpen: false })).toBe('window-closed');
  const again = holding(h.file);
  // the last ten minutes are not kept
  expect(again.wait(11 * 60 + 15, { isWindowOpen: false })).toBe('held-long');
  expect(again.wait(0, { isWindowOpen: false, isSiteClosed: true, isBusy: true })).toBe('visitor-served');
  expect(again.wait(0, { isWindowOpen: false, isSiteClosed: true })).toBeNull();
});

it('an hour that came begins the count anew, and so does another wish', () => {
  const h = holding();
  h.wait(23 * 60, { isWindowOpen: false });
  h.wait(1, { isBusy: true });
  expect(h.wait(120, { isWindowOpen: false, isSiteClosed: true })).toBe('window-closed');
  h.wait(23 * 60, { isWindowOpen: false });
  expect(h.wait(120, { rev: 2, isWindowOpen: false, isSiteClosed: true })).toBe('window-closed');
});
