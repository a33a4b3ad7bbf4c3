// The print queue over the real printer port and a printer that speaks bytes: nothing lost, nothing twice unmarked.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { openLog } from '../../kiosk/log.ts';
import { PrintQueue } from '../../kiosk/print-queue.ts';
import { localMigrations } from '../../kiosk/store/local-tables.ts';
import { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import { startUpkeep } from '../../kiosk/upkeep.ts';
import type { TerminalId } from '../../sync/contract/ids.ts';
import { Database } from '../../sync/database.ts';
import { outboxMigrations } from '../../sync/outbox.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { someSealer } from '../sync/some-keys.ts';
import { type Circumstances, closeAll, connect, death, open, queueSlip, settled } from './print-workshop.ts';
import { letPass, now, openSmallWorld, setCalendar } from './small-world.ts';

afterEach(closeAll);

async function workshop() {
  const store = await openSmallWorld();
  const paper = await SimulatedPrinter.start();
  open.push(paper);
  return { store, paper, ...connect(store, paper) };
}

const dieAtFirstByte = (): never => {
  throw death;
};

/** A run of the terminal that ends with this job under way, and leaves it as a killed process would. */
async function dyingRun(
  store: TerminalStore,
  paper: SimulatedPrinter,
  circumstances: Circumstances & { readonly atFirstByte: () => void },
): Promise<void> {
  const { printer, queue } = connect(store, paper, circumstances);
  queue.kick();
  await vi.waitFor(() => expect(store.printJobs.next()?.state).toMatch(/^sen/));
  await queue.close();
  await printer.close();
  expect(store.printJobs.next()?.state).toBe('sending');
}

/** The same, with all bytes on their way. */
async function stoppedAfterFirstByte(
  store: TerminalStore,
  paper: SimulatedPrinter,
  act: () => void,
): Promise<void> {
  let stop = (): void => undefined;
  const { queue, printer } = connect(store, paper, {
    atFirstByte: () => {
      act();
      // after the write that follows at once
      queueMicrotask(() => stop());
    },
  });
  const stopped = new Promise<void>((resolve) => {
    stop = () => void queue.close().then(resolve);
  });
  queue.kick();
  await stopped;
  await printer.close();
  expect(store.printJobs.next()?.state).toBe('sending');
}

describe('the print queue', () => {
  it('prints in order, each job once, and tells headquarters', async () => {
    const { store, paper, queue } = await workshop();
    const jobs = ['一', '二', '三'].map((text) => queueSlip(store, text));
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed', 'printed', 'printed']));
    expect(paper.slips.map(({ text }) => text.trim())).toEqual(['一', '二', '三']);
    expect(jobs.map((job) => store.printJobs.find(job)?.state)).toEqual(['printed', 'printed', 'printed']);
  });

  it('Q02 waits for paper and goes on by itself', async () => {
    const { store, paper, queue, printer } = await workshop();
    paper.takePaperOut();
    await vi.waitFor(() =>
      expect(printer.state).toMatchObject({ kind: 'stopped', code: 'printer-paper-out' }),
    );
    const job = queueSlip(store, '等纸');
    queue.kick();
    await vi.waitFor(() => expect(store.printJobs.find(job)?.state).toBe('queued'));
    expect(paper.slips).toHaveLength(0);
    paper.putPaperIn();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed']));
    expect(paper.slips).toHaveLength(1);
  });

  it('calls a job that a dead terminal left half sent unconfirmed, and never sends it again', async () => {
    const { store, paper, queue } = await workshop();
    const job = queueSlip(store, '断电');
    store.printJobs.mark(job, 'sending');
    queue.kick();
    const next = queueSlip(store, '之后');
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['unconfirmed', 'printed']));
    expect(store.printJobs.find(job)?.state).toBe('unconfirmed');
    expect(store.printJobs.find(next)?.state).toBe('printed');
    expect(paper.slips.map(({ text }) => text.trim())).toEqual(['之后']);
  });

  it('Q09 does not print yesterday’s slips at dawn', async () => {
    const { store, paper } = await workshop();
    const job = queueSlip(store, '昨天');
    letPass(store, 600_001);
    const { queue } = connect(store, paper);
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['expired']));
    expect(store.printJobs.find(job)?.state).toBe('expired');
    expect(paper.slips).toHaveLength(0);
  });

  it('CK5 prints a slip although the clock was set years ahead while it waited', async () => {
    const { store, paper } = await workshop();
    queueSlip(store, '一');
    setCalendar(store, 56 * 365 * 24 * 3_600_000);
    connect(store, paper).queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed']));
  });

  it('CK1 paper is asked about for seven days of serving, whatever the calendar says', async () => {
    const { store, paper } = await workshop();
    const job = queueSlip(store, '一');
    connect(store, paper).queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed']));
    const look = () => {
      startUpkeep({
        store,
        log: openLog('hall-1', { write: () => {} }),
        workOrders: () => {},
        kickQueue: () => {},
        onPressure: () => {},
        tendScreen: () => undefined,
        guarded: (work) => work(),
      }).close();
      return store.printJobs.find(job)?.state;
    };
    setCalendar(store, 10 * 365 * 24 * 3_600_000);
    expect(look()).toBe('printed');
    for (let hour = 0; hour < 7 * 24; hour += 1) {
      letPass(store, 3_600_000);
      store.tend();
    }
    expect(look()).toBe('printed');
    letPass(store, 3_600_000);
    store.tend();
    expect(look()).toBeUndefined();
  });

  it('without a printer fails visibly at once', async () => {
    const store = await openSmallWorld();
    const job = queueSlip(store, '没有打印机');
    const queue = new PrintQueue({
      store,
      printer: null,
      boot: 'boot-1',
      expiryMs: 600_000,
      onSettled: () => undefined,
      onFault: () => undefined,
    });
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['failed']));
    expect(store.printJobs.find(job)?.state).toBe('failed');
  });
});

describe('a print queue after a crash', () => {
  async function crashed(circumstances: Circumstances = {}, printerHasCounters = true) {
    const store = await openSmallWorld();
    const paper = await SimulatedPrinter.start({ hasCounters: printerHasCounters });
    open.push(paper);
    // a slip before, so that the counters do not start at nothing
    queueSlip(store, '以前');
    const before = connect(store, paper, { hasCounters: circumstances.hasCounters ?? true });
    before.queue.kick();
    await vi.waitFor(() => expect(paper.slips).toHaveLength(1));
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed']));
    await before.queue.close();
    await before.printer.close();
    const job = queueSlip(store, '之后');
    const texts = () => paper.slips.slice(1).map(({ text }) => text.trim());
    const ends = () => settled(store).slice(1);
    return { store, paper, job, texts, ends };
  }

  it('prints a slip whose first byte never left, as what it is, before the ones behind it', async () => {
    const { store, paper, texts, ends } = await crashed();
    await dyingRun(store, paper, { atFirstByte: dieAtFirstByte });
    queueSlip(store, '再后');
    connect(store, paper).queue.kick();
    await vi.waitFor(() => expect(ends()).toEqual(['printed', 'printed']));
    expect(texts()).toEqual(['之后', '再后']);
  });

  it.each([0, 1, 5, 9, 11])('prints a slip of which a reset let %i bytes through', async (bytes) => {
    const { store, paper, texts, ends } = await crashed();
    await stoppedAfterFirstByte(store, paper, () => paper.resetAfter(bytes));
    connect(store, paper).queue.kick();
    await vi.waitFor(() => expect(ends()).toEqual(['printed']));
    expect(texts()).toEqual(['之后']);
  });

  it('knows a slip as printed whose proof nobody saw', async () => {
    const { store, paper, job, texts, ends } = await crashed();
    await stoppedAfterFirstByte(store, paper, () => undefined);
    await vi.waitFor(() => expect(texts()).toEqual(['之后']));
    connect(store, paper).queue.kick();
    await vi.waitFor(() => expect(ends()).toEqual(['printed']));
    expect(store.printJobs.find(job)?.state).toBe('printed');
    expect(texts()).toEqual(['之后']);
  });

  it('calls a slip unconfirmed of which a part was printed', async () => {
    const { store, paper, texts, ends } = await crashed();
    await stoppedAfterFirstByte(store, paper, () => paper.endPaperAfter(14));
    await vi.waitFor(() => expect(paper.hangingText).toContain('之后'));
    paper.powerCycle();
    paper.putPaperIn();
    connect(store, paper).queue.kick();
    await vi.waitFor(() => expect(ends()).toEqual(['unconfirmed']));
    expect(texts()).toEqual([]);
  });

  it('calls it unconfirmed after a power cut: the printer may have lost power and count too', async () => {
    const { store, paper, texts, ends } = await crashed();
    await dyingRun(store, paper, { atFirstByte: dieAtFirstByte });
    connect(store, paper, { boot: 'boot-2' }).queue.kick();
    await vi.waitFor(() => expect(ends()).toEqual(['unconfirmed']));
    expect(texts()).toEqual([]);
  });

  it('calls it unconfirmed when the printer has no counters', async () => {
    const { store, paper, texts, ends } = await crashed({ hasCounters: false }, false);
    await dyingRun(store, paper, { hasCounters: false, atFirstByte: dieAtFirstByte });
    connect(store, paper, { hasCounters: false }).queue.kick();
    await vi.waitFor(() => expect(ends()).toEqual(['unconfirmed']));
    expect(texts()).toEqual([]);
  });

  it('calls it unconfirmed when an older version left it, which kept no counters', async () => {
    const file = `${scratchFolder()}/terminal.db`;
    const older = [...outboxMigrations, ...localMigrations.slice(0, 1)];
    const database = Database.open(file, older);
    database.run(
      `INSERT INTO print_job(id, slip, lines, copy, subject, state, queued_ms)
       VALUES ('01900000-0000-7000-8000-0000000000ff', 'unit', '[]', 0, 'unit/1', 'sending', ?)`,
      now.getTime(),
    );
    database.close();
    const store = TerminalStore.open(file, {
      terminal: 'hall-1' as TerminalId,
      sealer: someSealer,
      clock: { now: () => now, isSynced: () => true, monoMs: () => 0, boot: 'boot-1' },
    });
    const paper = await SimulatedPrinter.start();
    open.push(paper);
    connect(store, paper).queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['unconfirmed']));
    expect(paper.slips).toEqual([]);
  });

  it('waits for paper before it asks: what never left is printed then', async () => {
    const { store, paper, job, texts, ends } = await crashed();
    await dyingRun(store, paper, { atFirstByte: dieAtFirstByte });
    paper.takePaperOut();
    const { printer, queue } = connect(store, paper);
    queue.kick();
    await vi.waitFor(() => expect(printer.state.kind).toBe('stopped'));
    queue.kick();
    expect(store.printJobs.find(job)?.state).toBe('sending');
    paper.putPaperIn();
    await vi.waitFor(() => expect(ends()).toEqual(['printed']));
    expect(texts()).toEqual(['之后']);
  });

  it('waits for paper before it asks: what lay in the printer is printed by the refill, once', async () => {
    const { store, paper, texts, ends } = await crashed();
    await stoppedAfterFirstByte(store, paper, () => paper.endPaperAfter(14));
    const { printer, queue } = connect(store, paper);
    queue.kick();
    await vi.waitFor(() => expect(printer.state.kind).toBe('stopped'));
    expect(ends()).toEqual([]);
    paper.putPaperIn();
    await vi.waitFor(() => expect(ends()).toEqual(['printed']));
    expect(texts()).toEqual(['之后']);
  });

  it('does not wait for ever for a printer that stays away', async () => {
    const { store, paper, job, ends } = await crashed();
    await dyingRun(store, paper, { atFirstByte: dieAtFirstByte });
    const { address } = paper;
    await paper.close();
    const { printer, queue } = connect(store, { address });
    queue.kick();
    await vi.waitFor(() => expect(printer.state.kind).toBe('back-off'));
    expect(store.printJobs.find(job)?.state).toBe('sending');
    letPass(store, 600_001);
    queue.kick();
    await vi.waitFor(() => expect(ends()).toEqual(['unconfirmed']));
  });

  it('does not send again what the printer broke off while we lived: it may have lost its power and its count', async () => {
    const { store, paper, texts, ends } = await crashed();
    let resets = 0;
    connect(store, paper, {
      atFirstByte: () => {
        if (resets++ === 0) paper.resetAfter(0);
      },
    }).queue.kick();
    await vi.waitFor(() => expect(ends()).toEqual(['unconfirmed']));
    expect(resets).toBe(1);
    expect(texts()).toEqual([]);
  });
});
