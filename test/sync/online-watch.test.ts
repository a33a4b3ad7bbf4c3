// When a terminal calls itself online.
import { expect, it } from 'vitest';
import { OnlineWatch } from '../../sync/online-watch.ts';

it('CO5 online means headquarters was heard in this connection, not that the broker is there', () => {
  const watch = new OnlineWatch(35_000);
  watch.up();
  expect(watch.isOnline).toBe(false);
  expect([watch.heard(1_000), watch.heard(1_000), watch.isOnline]).toEqual(['online', undefined, true]);
  expect([watch.tick(36_000), watch.isOnline]).toEqual([undefined, true]);
  expect([watch.tick(36_001), watch.tick(40_000), watch.isOnline]).toEqual(['offline', undefined, false]);
  expect([watch.heard(41_000), watch.down(), watch.heard(42_000)]).toEqual(['online', 'offline', undefined]);
  expect(watch.isOnline).toBe(false);
});
