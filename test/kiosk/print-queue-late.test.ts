// What a print queue makes of proofs that come late, of printers that stay away, and of a second printer beside the first.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SimulatedPrinter, type SimulatedPrinterOptions } from '../simulators/receipt-printer.ts';
import {
  type Circumstances,
  closeAll,
  connect,
  newJob,
  open,
  queueSlip,
  settled,
  settledSlips,
} from './print-workshop.ts';
import { openSmallWorld } from './small-world.ts';

afterEach(closeAll);

async function startPaper(options: SimulatedPrinterOptions = {}): Promise<SimulatedPrinter> {
  const paper = await SimulatedPrinter.start(options);
  open.push(paper);
  return paper;
}

async function workshop(circumstances: Circumstances = {}) {
  const store = await openSmallWorld();
  const paper = await startPaper();
  return { store, paper, ...connect(store, paper, circumstances) };
}

const texts = (paper: SimulatedPrinter) => paper.slips.map(({ text }) => text.trim());
const withoutCounters = { hasCounters: false } as const;

describe('a slip whose last byte left', () => {
  it('is marked as sent on disk, and as printed when its proof comes', async () => {
    const { store, paper, queue } = await workshop(withoutCounters);
    const job = queueSlip(store, '已发');
    paper.holdProofs();
    queue.kick();
    await vi.waitFor(() => expect(store.printJobs.find(job)?.state).toBe('sent'));
    expect(settled(store)).toEqual([]);
    paper.letProofsGo();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed']));
    expect(store.printJobs.find(job)?.state).toBe('printed');
  });

  it.each([
    ['counters say it is whole', true, 'printed'],
    ['nobody can say', false, 'unconfirmed'],
  ])('is treated after a crash like one that was being sent: %s', async (_, hasCounters, end) => {
    const { store, paper, queue, printer } = await workshop({ hasCounters });
    const job = queueSlip(store, '断电');
    const proofs = vi.spyOn(store.printJobs, 'markSent');
    proofs.mockImplementationOnce((id) => {
      proofs.mockRestore();
      store.printJobs.markSent(id);
      // the terminal dies with the proof on its way
      void queue.close();
    });
    queue.kick();
    await vi.waitFor(() => expect(paper.slips).toHaveLength(1));
    await queue.close();
    await printer.close();
    expect(store.printJobs.find(job)?.state).toBe('sent');
    connect(store, paper, { hasCounters }).queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual([end]));
    expect(texts(paper)).toEqual(['断电']);
  });
});

describe('a proof that comes late', () => {
  it('Q05 settles an unconfirmed slip as printed, once, and headquarters hears both', async () => {
    const { store, paper, queue } = await workshop({ ...withoutCounters, proofMs: 100 });
    paper.sayProofsTwice();
    paper.holdProofs();
    const job = queueSlip(store, '迟到');
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['unconfirmed']));
    paper.letProofsGo();
    await vi.waitFor(() => expect(settled(store)).toEqual(['unconfirmed', 'printed']));
    const next = queueSlip(store, '之后');
    queue.kick();
    await vi.waitFor(() => expect(store.printJobs.find(next)?.state).toBe('printed'));
    expect(store.printJobs.find(job)?.state).toBe('printed');
    expect(settledSlips(store)).toMatchObject([
      { job, outcome: 'unconfirmed', printer: 'printer' },
      { job, outcome: 'printed', reason: 'late-proof', printer: 'printer' },
      { job: next, outcome: 'printed', reason: null, printer: 'printer' },
    ]);
    expect(texts(paper)).toEqual(['迟到', '之后']);
  });

  it('Q05 is heard by the terminal that started meanwhile', async () => {
    const { store, paper, queue, printer } = await workshop({ ...withoutCounters, proofMs: 100 });
    paper.holdProofs();
    queueSlip(store, '跨夜');
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['unconfirmed']));
    await queue.close();
    await printer.close();
    const again = connect(store, paper, { ...withoutCounters, boot: 'boot-2' });
    await vi.waitFor(() => expect(again.printer.state.kind).toBe('ready'));
    paper.letProofsGo();
    await vi.waitFor(() => expect(settled(store)).toEqual(['unconfirmed', 'printed']));
  });

  it('Q05 of the other printer, or of a number that nobody had, settles nothing', async () => {
    const { store, paper, queue } = await workshop({ ...withoutCounters, proofMs: 100 });
    paper.loseProofs(1);
    const job = queueSlip(store, '丢失');
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['unconfirmed']));
    const number = store.printJobs.lastWithProof(2, 'first')?.number ?? -1;
    expect(number).toBe(1);
    queue.proofCameLate(2, 'fallback');
    queue.proofCameLate(3, 'first');
    expect(store.printJobs.find(job)?.state).toBe('unconfirmed');
    queue.proofCameLate(2, 'first');
    expect(store.printJobs.find(job)?.state).toBe('printed');
  });

  it('Q05 does not bring back a slip that was never sent', async () => {
    const { store, queue } = await workshop(withoutCounters);
    const job = queueSlip(store, '过期');
    store.printJobs.mark(job, 'expired');
    queue.proofCameLate(2, 'first');
    expect(store.printJobs.find(job)?.state).toBe('expired');
    expect(settled(store)).toEqual([]);
  });

  it('Q10 without any proof every slip is unconfirmed, none is sent twice, and the queue goes on', async () => {
    const store = await openSmallWorld();
    const paper = await startPaper({ hasCompletionProof: false, hasCounters: false });
    const { queue } = connect(store, paper, {
      ...withoutCounters,
      profile: { status: 'none', completionProof: 'none' },
    });
    queueSlip(store, '一');
    queueSlip(store, '二');
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['unconfirmed', 'unconfirmed']));
    for (let kick = 0; kick < 3; kick += 1) queue.kick();
    await vi.waitFor(() => expect(texts(paper)).toEqual(['一', '二']));
  });
});

describe('a fallback printer', () => {
  async function hall(afterMs: number, circumstances: Circumstances = {}) {
    const store = await openSmallWorld();
    const [paper, spare] = [await startPaper(), await startPaper()];
    const { queue, printer } = connect(store, paper, {
      ...circumstances,
      fallback: { paper: spare, afterMs },
    });
    await vi.waitFor(() => expect(printer.state.kind).toBe('ready'));
    return { store, paper, spare, queue, printer };
  }

  it('takes what is queued while the first cannot print, and leaves new slips to it when it is back', async () => {
    const { store, paper, spare, queue, printer } = await hall(50);
    paper.takePaperOut();
    await vi.waitFor(() => expect(printer.state.kind).toBe('stopped'));
    queueSlip(store, '一');
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed']));
    expect(texts(spare)).toEqual(['一']);
    paper.putPaperIn();
    await vi.waitFor(() => expect(printer.state.kind).toBe('ready'));
    queueSlip(store, '二');
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed', 'printed']));
    expect(texts(paper)).toEqual(['二']);
    expect(texts(spare)).toEqual(['一']);
    expect(settledSlips(store).map(({ printer: by }) => by)).toEqual(['fallback-printer', 'printer']);
  });

  it('is not used for a moment’s absence', async () => {
    const { store, paper, spare, queue, printer } = await hall(60_000);
    paper.openCover();
    await vi.waitFor(() => expect(printer.state.kind).toBe('stopped'));
    queueSlip(store, '一');
    queue.kick();
    paper.closeCover();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed']));
    expect(texts(paper)).toEqual(['一']);
    expect(spare.slips).toEqual([]);
  });

  it('never gets a slip whose bytes were sent: that one waits for its own refill', async () => {
    let atFirstByte = (): void => undefined;
    const hallway = await hall(50, { atFirstByte: () => atFirstByte() });
    const { store, paper, spare, queue, printer } = hallway;
    atFirstByte = () => paper.endPaperAfter(14);
    queueSlip(store, '卡住');
    queue.kick();
    await vi.waitFor(() => expect(printer.state.kind).toBe('stopped'));
    queueSlip(store, '其后');
    queue.kick();
    await vi.waitFor(() => expect(texts(spare)).toEqual(['其后']));
    paper.putPaperIn();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed', 'printed']));
    expect(texts(paper)).toEqual(['卡住']);
    expect(texts(spare)).toEqual(['其后']);
  });

  it('that is gone from the config leaves its interrupted slip unconfirmed', async () => {
    const store = await openSmallWorld();
    const job = queueSlip(store, '备用');
    store.printJobs.markSending(job, 'fallback', null);
    connect(store, await startPaper()).queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['unconfirmed']));
  });
});

describe('a slip that is asked for twice', () => {
  it('Q08 with the same key, at the same moment, is printed once', async () => {
    const { store, paper, queue } = await workshop();
    const job = newJob();
    const ask = async () => {
      queueSlip(store, '同一张', job);
      queue.kick();
    };
    const asked = await Promise.allSettled([ask(), ask()]);
    expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed']));
    queue.kick();
    await queue.close();
    expect(texts(paper)).toEqual(['同一张']);
    // the fact of the second was rolled back with its slip
    expect(
      store.outbox.read(0, 500, 1_000_000).filter(({ kind }) => kind === 'unit-taken-home'),
    ).toHaveLength(1);
  });

  it('Q13 closing twice, also in the middle of a slip, is one closing', async () => {
    const { store, paper, queue, printer } = await workshop();
    paper.holdProofs();
    queueSlip(store, '关闭');
    queue.kick();
    await Promise.all([queue.close(), queue.close(), printer.close(), printer.close()]);
    queue.kick();
    expect(settled(store)).toEqual([]);
  });
});
