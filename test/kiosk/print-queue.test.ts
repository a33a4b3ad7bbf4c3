// The print queue over the real printer port and a printer that speaks bytes: nothing lost, nothing twice unmarked.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openEscPosPrinter } from '../../device/printers/esc-pos-printer.ts';
import type { ReceiptPrinter } from '../../device/receipt-printer.ts';
import { PrintQueue } from '../../kiosk/print-queue.ts';
import type { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { FactId, ProjectId, UnitId } from '../../sync/contract/ids.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { now, openSmallWorld } from './small-world.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function workshop() {
  const store = await openSmallWorld();
  const paper = await SimulatedPrinter.start();
  open.push(paper);
  return { store, paper, ...connect(store, paper) };
}

/** A printer port and a queue, as one run of the terminal has them. */
function connect(store: TerminalStore, paper: SimulatedPrinter, clock = () => now) {
  let kick = (): void => undefined;
  const printer: ReceiptPrinter = openEscPosPrinter(
    {
      at: paper.address,
      profile: {
        columns: 48,
        hanzi: 'gb18030',
        hasNativeQr: true,
        hasCompletionProof: true,
        hasCounters: true,
      },
      answerMs: 2_000,
      retryMinMs: 10,
      retryMaxMs: 50,
      pollMs: 20,
    },
    { onState: () => kick() },
  );
  const queue = new PrintQueue({
    store,
    printer,
    expiryMs: 600_000,
    now: clock,
    onSettled: () => undefined,
    onProgress: () => undefined,
    onFault: (cause) => {
      throw cause;
    },
  });
  kick = () => queue.kick();
  open.push(printer);
  return { printer, queue };
}

let made = 0;
function queueSlip(store: TerminalStore, text: string): FactId {
  made += 1;
  const job = `01900000-0000-7000-8000-${String(made).padStart(12, '0')}` as FactId;
  store.record({
    fact: { kind: 'unit-taken-home', body: { project: 'flowers' as ProjectId, unit: 'u101' as UnitId } },
    effects: [
      {
        kind: 'queue-slip',
        job,
        slip: 'unit',
        lines: [{ kind: 'text', text }],
        copy: 0,
        subject: `unit/${job}`,
      },
    ],
  });
  return job;
}

const settled = (store: TerminalStore) =>
  store.outbox
    .read(0, 500, 1_000_000)
    .flatMap((fact) => (fact.kind === 'slip-settled' ? [fact.body.outcome] : []));

describe('the print queue', () => {
  it('prints in order, each job once, and tells headquarters', async () => {
    const { store, paper, queue } = await workshop();
    const jobs = ['一', '二', '三'].map((text) => queueSlip(store, text));
    queue.start();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed', 'printed', 'printed']));
    expect(paper.slips.map(({ text }) => text.trim())).toEqual(['一', '二', '三']);
    expect(jobs.map((job) => store.printJobs.find(job)?.state)).toEqual(['printed', 'printed', 'printed']);
  });

  it('waits for paper and goes on by itself', async () => {
    const { store, paper, queue, printer } = await workshop();
    paper.takePaperOut();
    await vi.waitFor(() =>
      expect(printer.state).toMatchObject({ kind: 'stopped', code: 'printer-paper-out' }),
    );
    const job = queueSlip(store, '等纸');
    queue.start();
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
    queue.start();
    const next = queueSlip(store, '之后');
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['unconfirmed', 'printed']));
    expect(store.printJobs.find(job)?.state).toBe('unconfirmed');
    expect(store.printJobs.find(next)?.state).toBe('printed');
    expect(paper.slips.map(({ text }) => text.trim())).toEqual(['之后']);
  });

  it('does not print yesterday’s slips at dawn', async () => {
    const { store, paper } = await workshop();
    const job = queueSlip(store, '昨天');
    const { queue } = connect(store, paper, () => new Date(now.getTime() + 600_001));
    queue.start();
    await vi.waitFor(() => expect(settled(store)).toEqual(['expired']));
    expect(store.printJobs.find(job)?.state).toBe('expired');
    expect(paper.slips).toHaveLength(0);
  });

  it('without a printer fails visibly at once', async () => {
    const store = await openSmallWorld();
    const job = queueSlip(store, '没有打印机');
    const queue = new PrintQueue({
      store,
      printer: null,
      expiryMs: 600_000,
      now: () => now,
      onSettled: () => undefined,
      onProgress: () => undefined,
      onFault: () => undefined,
    });
    queue.start();
    await vi.waitFor(() => expect(settled(store)).toEqual(['failed']));
    expect(store.printJobs.find(job)?.state).toBe('failed');
  });
});
