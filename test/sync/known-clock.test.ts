// F14 on the terminal: a clock at 1970, ten years ahead or stepping back, and what is made of it once headquarters is heard.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database } from '../../sync/database.ts';
import { HqClock } from '../../sync/hq-clock.ts';
import { knownClock } from '../../sync/known-clock.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { handClock, scratchFolder, terminal, viewed } from './scratch.ts';
import { someSealer } from './some-keys.ts';

const truth = Date.UTC(2026, 10, 21, 6);
const year = 365 * 86_400_000;

function machineAt(startMs: number, isSynced = false) {
  const machine = handClock(startMs, isSynced);
  const hq = new HqClock(() => machine.monoMs());
  return { machine, hq, clock: knownClock(machine, () => hq.now()) };
}

describe('the known clock', () => {
  it.each([
    ['1970', 0],
    ['ten years ahead', truth + 10 * year],
    ['an hour behind', truth - 3_600_000],
  ])(
    'CK2 CK4 F14 a machine at %s guesses, until headquarters is heard: then it is right within 2 s',
    (_, start) => {
      const { machine, hq, clock } = machineAt(start);
      expect([clock.now().getTime(), clock.isSynced()]).toEqual([start, false]);
      machine.advance(5_000);
      // said at +4.2 s, heard at +5 s
      hq.note(new Date(truth + 4_200).toISOString());
      expect(clock.isSynced()).toBe(true);
      expect(Math.abs(clock.now().getTime() - (truth + 5_000))).toBeLessThanOrEqual(2_000);
      machine.advance(60_000);
      expect(Math.abs(clock.now().getTime() - (truth + 65_000))).toBeLessThanOrEqual(2_000);
    },
  );

  it('CK2 a machine that the network set is believed, whatever headquarters says; a small difference is delay', () => {
    const set = machineAt(truth, true);
    set.hq.note(new Date(truth - year).toISOString());
    expect(set.clock.now().getTime()).toBe(truth);
    const near = machineAt(truth);
    near.hq.note(new Date(truth - 900).toISOString());
    expect([near.clock.now().getTime(), near.clock.isSynced()]).toEqual([truth, true]);
  });

  it('CK1 CK2 F14 S59 facts keep their order and tell which times were guesses', () => {
    const { machine, hq, clock } = machineAt(0);
    const db = Database.open(join(scratchFolder(), 'terminal.db'), outboxMigrations);
    const outbox = Outbox.open(db, { terminal, clock, sealer: someSealer });
    const append = (n: number) => db.transaction(() => outbox.append(viewed(n)));
    append(1);
    machine.advance(3_000);
    hq.note(new Date(truth + 3_000).toISOString());
    append(2);
    const [guess, known] = outbox.read(0, 2, 1e6);
    expect([guess, known]).toMatchObject([
      { seq: 1, clock: 'guess', at: '1970-01-01T00:00:00.000Z', monoMs: 0 },
      { seq: 2, clock: 'synced', at: new Date(truth + 3_000).toISOString(), monoMs: 3_000 },
    ]);
    expect((known?.id ?? '') > (guess?.id ?? '')).toBe(true);
    db.close();
  });
});
