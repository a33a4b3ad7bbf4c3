// The ring: what headquarters has but might lose stays for a while, whatever the calendar says. F13 on the terminal's half.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database } from '../../sync/database.ts';
import { Outbox, outboxMigrations, type RingLimits } from '../../sync/outbox.ts';
import { ackOf, handClock, scratchFolder, terminal, viewed } from './scratch.ts';
import { someSealer } from './some-keys.ts';

const hour = 3_600_000;

function open(ring: RingLimits, count: number) {
  const clock = handClock();
  const db = Database.open(join(scratchFolder(), 'terminal.db'), outboxMigrations);
  const outbox = Outbox.open(db, { terminal, sealer: someSealer, clock, ring });
  const append = (many: number) =>
    db.transaction(() => {
      for (let n = 0; n < many; n += 1) outbox.append(viewed(100 + n));
    });
  append(count);
  const serve = (hours: number) => {
    for (let n = 0; n < hours; n += 1) {
      clock.advance(hour);
      outbox.tend();
    }
  };
  const held = () => outbox.read(outbox.forgottenSeq, 10_000, 1e9).map(({ seq }) => seq);
  return { db, outbox, append, serve, held, clock };
}

describe('the ring', () => {
  it('OB5 F13 S45 holds what is applied but not safe for its days of serving, and what waits for ever', () => {
    const { outbox, serve, held, append, db } = open({ days: 1, bytes: 1e6 }, 4);
    outbox.settle(ackOf(outbox.epoch, 3, 1));
    expect(held()).toEqual([2, 3, 4]);
    serve(20);
    append(1);
    outbox.settle(ackOf(outbox.epoch, 5, 1));
    serve(4);
    expect(held()).toEqual([2, 3, 4, 5]);
    serve(1);
    expect(held()).toEqual([5]);
    append(1);
    serve(100);
    expect(held()).toEqual([6]);
    expect([outbox.appliedSeq, outbox.forgottenSeq, outbox.lastSeq, outbox.waiting()]).toEqual([5, 5, 6, 1]);
    db.close();
  });

  it('OB5 holds about its bytes of them, the newest; what waits does not count', () => {
    const { outbox, held, db } = open({ days: 100, bytes: 2_000 }, 50);
    outbox.tend();
    expect(held()).toHaveLength(50);
    const each = outbox.waitingBytes() / 50;
    outbox.settle(ackOf(outbox.epoch, 40, 0));
    outbox.tend();
    const ring = Math.ceil(2_000 / each);
    expect(held()).toEqual(Array.from({ length: ring + 10 }, (_, n) => 40 - ring + n + 1));
    expect(outbox.waitingBytes()).toBeCloseTo(10 * each, 0);
    db.close();
  });

  it('OB5 forgets a few hundred at a time, so that no swipe waits for it', () => {
    const { outbox, held, db } = open({ days: 7, bytes: 1e9 }, 1_200);
    outbox.settle(ackOf(outbox.epoch, 1_200, 1_100));
    expect(held()).toHaveLength(700);
    outbox.tend();
    outbox.tend();
    expect(held()).toHaveLength(100);
    expect(outbox.waiting()).toBe(0);
    db.close();
  });

  it('OB11 forgets although the disk has no room to count an hour', () => {
    const { outbox, held, db, clock } = open({ days: 100, bytes: 1 }, 5);
    outbox.settle(ackOf(outbox.epoch, 4, 0));
    db.run(
      "CREATE TRIGGER full BEFORE UPDATE OF hours ON outbox_head BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    clock.advance(hour);
    expect(() => outbox.tend()).toThrow('disk full');
    expect(held()).toEqual([4, 5]);
    db.close();
  });

  it('CK1 CK5 F14 a calendar that jumps forgets nothing and keeps the order', () => {
    const { outbox, held, append, clock, db } = open({ days: 1, bytes: 1e6 }, 2);
    outbox.settle(ackOf(outbox.epoch, 2, 0));
    const wall = clock.now;
    for (const jump of [-56 * 365 * 24 * hour, 10 * 365 * 24 * hour, -hour]) {
      clock.now = () => new Date(wall().getTime() + jump);
      append(1);
      outbox.tend();
    }
    expect(held()).toEqual([1, 2, 3, 4, 5]);
    expect(outbox.read(2, 3, 1e6).map(({ at }) => at.slice(0, 4))).toEqual(['1970', '2036', '2026']);
    db.close();
  });

  it('OB10 F13 a new epoch numbers the ring anew too', () => {
    const { outbox, held, db } = open({ days: 7, bytes: 1e6 }, 5);
    outbox.settle(ackOf(outbox.epoch, 4, 2));
    outbox.beginEpoch('asked');
    expect(held()).toEqual([1, 2, 3, 4]);
    expect([outbox.appliedSeq, outbox.waiting()]).toEqual([0, 4]);
    db.close();
  });
});
