// What a kiosk does when clock, disk or a visitor does what nobody expects: nobody's pages open for the next person.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PrintCounters, PrintOutcome } from '../../device/receipt-printer.ts';
import { PrintQueue } from '../../kiosk/print-queue.ts';
import { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { FactId, MemberId, ProjectId, TerminalId, UnitId } from '../../sync/contract/ids.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { opened, someSealer } from '../sync/some-keys.ts';
import { kioskBench } from './kiosk-bench.ts';
import { cards, letPass, now, openSmallWorld, pin, setCalendar } from './small-world.ts';

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => {
  vi.useRealTimers();
});

async function bench() {
  return kioskBench(await openSmallWorld());
}

describe('a kiosk', () => {
  it('takes the same card again although the wall clock was set back in between', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    b.clock = new Date(b.clock.getTime() + 60_000);
    b.clock = new Date(b.clock.getTime() - 3_600_000);
    b.swipe(cards.listed);
    expect(b.expect('check-in-refused').reason).toBe('already-checked-in');
  });

  it('CK5 locks a PIN for as long as it says, whatever the wall clock is set to meanwhile', async () => {
    const store = await openSmallWorld();
    const member = 'm-gold' as MemberId;
    const lock = () =>
      store.record({
        fact: { kind: 'pin-refused', body: { member, triesLeft: 0 } },
        effects: [{ kind: 'set-pin-guard', member, wrong: 0, lockedUntilMs: wallMs() + 900_000 }],
      });
    let setMs = 0;
    const wallMs = () => now.getTime() + setMs;
    const set = (ms: number) => {
      setMs += ms;
      setCalendar(store, ms);
    };
    const leftMs = () => store.overlay.pinGuard(member).lockedUntilMs - wallMs();
    const tenYears = 10 * 365 * 24 * 3_600_000;
    for (const ms of [tenYears, -tenYears]) {
      lock();
      set(ms);
      expect(leftMs()).toBeGreaterThan(899_000);
      expect(leftMs()).toBeLessThanOrEqual(900_000);
    }
    letPass(store, 900_001);
    expect(store.overlay.pinGuard(member).lockedUntilMs).toBe(0);
    store.close();
  });

  it('CK5 a lock is over when the machine has run for so long since, although its clock said ten years more', async () => {
    const folder = scratchFolder();
    const member = 'm-gold' as MemberId;
    const openAt = (boot: string, wallMs: number, monoMs: number) =>
      TerminalStore.open(`${folder}/terminal.db`, {
        terminal: 'hall-1' as TerminalId,
        sealer: someSealer,
        clock: { boot, now: () => new Date(wallMs), monoMs: () => monoMs, isSynced: () => false },
      });
    const wrongMs = now.getTime() + 10 * 365 * 24 * 3_600_000;
    const store = openAt('boot-1', wrongMs, 5_000_000);
    store.record({
      fact: { kind: 'pin-refused', body: { member, triesLeft: 0 } },
      effects: [{ kind: 'set-pin-guard', member, wrong: 0, lockedUntilMs: wrongMs + 900_000 }],
    });
    store.close();
    const lockedMs = [60_000, 899_999, 900_000].map((monoMs) => {
      const again = openAt('boot-2', now.getTime(), monoMs);
      const { lockedUntilMs } = again.overlay.pinGuard(member);
      again.close();
      return Math.max(0, lockedUntilMs - now.getTime());
    });
    expect(lockedMs).toEqual([840_000, 1, 0]);
  });

  it('does not say that help was called when the call is not on disk', async () => {
    const b = await bench();
    b.store.database.run(
      `CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    b.touch({ kind: 'call-help' });
    expect(b.show.isHelpCalled).toBe(false);
    b.store.database.run('DROP TRIGGER full');
    b.touch({ kind: 'call-help' });
    expect(b.show.isHelpCalled).toBe(true);
  });

  it('takes no more slips to take home than may wait, and takes them again when there is room', async () => {
    const b = await bench();
    b.touch({ kind: 'open-board' });
    b.touch({ kind: 'choose-building', id: b.expect('board').building.id });
    const takeOne = () => {
      b.touch({ kind: 'choose-unit', id: 'u101' });
      b.touch({ kind: 'take-slip' });
      b.touch({ kind: 'back' });
    };
    for (let n = 0; n < 10; n += 1) takeOne();
    expect(b.store.printJobs.waiting()).toBe(3);
    const next = b.store.printJobs.next();
    if (next) b.store.printJobs.mark(next.id, 'printed');
    takeOne();
    expect(b.facts().filter(({ kind }) => kind === 'unit-taken-home')).toHaveLength(4);
  });

  it('forgets who gave their PIN as soon as the sales board is opened', async () => {
    const b = await bench();
    b.touch({ kind: 'open', purpose: 'points' });
    b.swipe(cards.gold);
    b.touch({ kind: 'enter-pin', pin });
    await vi.waitFor(() => b.expect('points'));
    b.touch({ kind: 'open-board' });
    b.touch({ kind: 'open', purpose: 'points' });
    expect(b.screen).toEqual({ kind: 'ask-card', purpose: 'points' });
  });
});

let made = 0;
function queueSlip(store: TerminalStore): FactId {
  made += 1;
  const job = `01900000-0000-7000-8000-${String(made).padStart(12, '0')}` as FactId;
  store.record({
    fact: { kind: 'unit-taken-home', body: { project: 'flowers' as ProjectId, unit: 'u101' as UnitId } },
    effects: [{ kind: 'queue-slip', job, slip: 'unit', lines: [], copy: 0, subject: `unit/${job}` }],
  });
  return job;
}

/** A queue whose printer says what the test wants, when it wants. */
function queueOf(
  store: TerminalStore,
  print: () => Promise<PrintOutcome>,
  counters: PrintCounters | null = null,
) {
  const faults: unknown[] = [];
  const queue = new PrintQueue({
    store,
    printer: {
      state: { kind: 'ready', isPaperLow: false },
      print: async (_slip, { beforeFirstByte }) => {
        const outcome = await print();
        if (outcome.kind !== 'not-sent') beforeFirstByte(counters);
        return outcome;
      },
      readCounters: async () => counters,
    },
    boot: 'boot-1',
    expiryMs: 600_000,
    onSettled: () => undefined,
    onFault: (cause) => void faults.push(cause),
  });
  return { queue, faults };
}

const outcomes = (store: TerminalStore) =>
  store.outbox
    .read(0, 500, 1_000_000)
    .map((fact) => opened(fact, store.outbox.terminal))
    .flatMap((fact) => (fact.kind === 'slip-settled' ? [`${fact.body.job} ${fact.body.outcome}`] : []));

describe('a print queue', () => {
  it('writes what became of a slip as soon as the disk allows, and prints nothing else before', async () => {
    const store = await openSmallWorld();
    let printed = 0;
    const { queue, faults } = queueOf(store, async () => {
      printed += 1;
      return { kind: 'printed' };
    });
    const first = queueSlip(store);
    const second = queueSlip(store);
    store.database.run(
      `CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    queue.kick();
    await vi.waitFor(() => expect(faults).toHaveLength(1));
    queue.kick();
    await vi.waitFor(() => expect(faults).toHaveLength(2));
    expect(printed).toBe(1);
    store.database.run('DROP TRIGGER full');
    queue.kick();
    await vi.waitFor(() => expect(outcomes(store)).toEqual([`${first} printed`, `${second} printed`]));
    expect(printed).toBe(2);
  });

  it('starts although the disk is full, and settles what was cut off when it is not any more', async () => {
    const store = await openSmallWorld();
    const job = queueSlip(store);
    store.printJobs.mark(job, 'sending');
    store.database.run(
      `CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    const { queue, faults } = queueOf(store, async () => ({ kind: 'printed' }));
    queue.kick();
    await vi.waitFor(() => expect(faults).toHaveLength(1));
    store.database.run('DROP TRIGGER full');
    queue.kick();
    await vi.waitFor(() => expect(outcomes(store)).toEqual([`${job} unconfirmed`]));
  });

  it('gives a slip once to a printer that takes it and proves nothing', async () => {
    const store = await openSmallWorld();
    const job = queueSlip(store);
    let tries = 0;
    const { queue } = queueOf(
      store,
      async () => {
        tries += 1;
        return { kind: 'unconfirmed', code: 'printer-no-answer' };
      },
      { lines: 7, cuts: 1 },
    );
    for (let kick = 0; kick < 3; kick += 1) {
      queue.kick();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(outcomes(store)).toEqual([`${job} unconfirmed`]);
    expect(tries).toBe(1);
  });

  it('that is told during a run that the printer can print looks again', async () => {
    const store = await openSmallWorld();
    const job = queueSlip(store);
    let tries = 0;
    const { queue } = queueOf(store, async () => {
      tries += 1;
      if (tries > 1) return { kind: 'printed' };
      queue.kick();
      return { kind: 'not-sent', code: 'printer-busy' };
    });
    queue.kick();
    await vi.waitFor(() => expect(outcomes(store)).toEqual([`${job} printed`]));
  });
});
