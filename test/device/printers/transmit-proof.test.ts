// Answers to GS r carry no number: a slip is printed only by its own, never by one that an earlier slip still owed.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type EscPosPrinterOptions, openEscPosPrinter } from '../../../device/printers/esc-pos-printer.ts';
import type { PrintOptions, ReceiptPrinter } from '../../../device/receipt-printer.ts';
import { type SimulatedPrinterModel, simulatedModels } from '../../simulators/printer-models.ts';
import { PtyBridge } from '../../simulators/pty-bridge.ts';
import { SimulatedPrinter } from '../../simulators/receipt-printer.ts';
import { checkInSlip } from '../../simulators/sample-slips.ts';
import { escPosOptions } from './esc-pos-options.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function startSimulator(model: SimulatedPrinterModel) {
  const simulator = await SimulatedPrinter.start(model);
  closing.push(() => simulator.close());
  return simulator;
}

function open(
  at: string,
  options: Partial<EscPosPrinterOptions> = {},
  status: 'dle-eot' | 'gs-r' = 'dle-eot',
) {
  const late: number[] = [];
  const profile = {
    ...escPosOptions.profile,
    hasCounters: false,
    completionProof: 'transmit' as const,
    status,
  };
  const printer = openEscPosPrinter(
    { ...escPosOptions, profile, at, ...options },
    { onState: () => undefined, onLateProof: (proofId) => late.push(proofId) },
  );
  closing.push(() => printer.close());
  return { printer, late };
}

const patience = { timeout: 20_000 };
const becomes = (printer: ReceiptPrinter, kind: string) =>
  vi.waitFor(() => expect(printer.state.kind).toBe(kind), patience);
const print = (printer: ReceiptPrinter, options: Partial<PrintOptions> = {}) =>
  printer.print(checkInSlip, { proofId: 1, beforeFirstByte: () => undefined, ...options });
/** As the queue does: again until it was sent. */
const printOnceSent = (printer: ReceiptPrinter, options: Partial<PrintOptions>) =>
  vi.waitFor(async () => {
    const outcome = await print(printer, options);
    expect(outcome.kind).not.toBe('not-sent');
    return outcome;
  }, patience);
const { transmitting, silent } = simulatedModels;
const inOrder = { ...simulatedModels['in-order'], columns: 48 as const };

describe('proof by GS r', () => {
  it.each(['dle-eot', 'gs-r'] as const)(
    'Q05 the answer to a slip of an earlier connection, still at work, does not make the next slip printed (%s)',
    async (status) => {
      const simulator = await startSimulator(status === 'gs-r' ? inOrder : transmitting);
      const first = open(simulator.address, {}, status);
      await becomes(first.printer, 'ready');
      simulator.slowDownTo(9_600);
      const givenUp = print(first.printer, {
        proofId: 1,
        afterLastByte: () => void first.printer.close(),
      });
      expect((await givenUp).kind).toBe('unconfirmed');
      const { printer, late } = open(simulator.address, { refillMs: 100, proofMs: 3_000 }, status);
      await becomes(printer, 'ready');
      const outcome = await printOnceSent(printer, {
        proofId: 2,
        beforeFirstByte: () => simulator.endPaperAfter(400),
      });
      expect(outcome.kind).toBe('unconfirmed');
      expect(late).toEqual([]);
      // the first one's; the second hangs out of the printer, not whole
      expect(simulator.slips).toHaveLength(1);
    },
  );

  it('Q05 behind a slip that an earlier connection left, the next one is proved by its own answer', async () => {
    const simulator = await startSimulator(transmitting);
    const first = open(simulator.address);
    await becomes(first.printer, 'ready');
    simulator.slowDownTo(57_600);
    await print(first.printer, { afterLastByte: () => void first.printer.close() });
    const { printer } = open(simulator.address);
    await becomes(printer, 'ready');
    expect(await printOnceSent(printer, { proofId: 2 })).toEqual({ kind: 'printed' });
    // cut off, so nothing of it is still to come
    expect(simulator.hangingText).toBe('');
  });

  it('Q05 Q10 a printer that never answers prints, and every slip of it is unconfirmed', async () => {
    const simulator = await startSimulator({
      ...silent,
      hasRealTimeStatus: true,
      hasCutter: true,
      columns: 48,
    });
    const { printer, late } = open(simulator.address, { proofMs: 200 });
    await becomes(printer, 'ready');
    for (const proofId of [1, 2, 3]) {
      expect(await print(printer, { proofId })).toEqual({ kind: 'unconfirmed', code: 'printer-no-answer' });
    }
    await vi.waitFor(() => expect(simulator.slips).toHaveLength(3), patience);
    expect(late).toEqual([]);
  });

  it('Q05 an answer that was lost before the slip leaves that one unconfirmed and the next one proved', async () => {
    const simulator = await startSimulator(transmitting);
    const { printer } = open(simulator.address, { proofMs: 200 });
    await becomes(printer, 'ready');
    simulator.loseProofs(1);
    expect((await print(printer, { proofId: 1 })).kind).toBe('unconfirmed');
    expect(await print(printer, { proofId: 2 })).toEqual({ kind: 'printed' });
    expect(simulator.slips).toHaveLength(2);
  });

  it('Q05 after slips that no answer proved, each still to be printed, no answer is another slip’s', async () => {
    const simulator = await startSimulator(transmitting);
    const { printer } = open(simulator.address, { proofMs: 200 });
    await becomes(printer, 'ready');
    // so slow that each slip keeps the answers of its neighbours apart
    simulator.slowDownTo(19_200);
    const outcomes: string[] = [];
    for (let proofId = 1; proofId <= 8; proofId += 1) {
      const outcome = await printOnceSent(printer, { proofId });
      outcomes.push(outcome.kind);
      if (outcome.kind === 'printed') expect(simulator.slips).toHaveLength(proofId);
    }
    await vi.waitFor(() => expect(simulator.slips).toHaveLength(8), patience);
    expect(outcomes.slice(0, 3)).toEqual(['unconfirmed', 'unconfirmed', 'unconfirmed']);
  });

  it('Q05 a stop while it waits for the answers is not-sent, at once', async () => {
    const simulator = await startSimulator(transmitting);
    const { printer } = open(simulator.address);
    await becomes(printer, 'ready');
    simulator.holdProofs();
    const stopping = new AbortController();
    const printing = print(printer, { signal: stopping.signal });
    await new Promise(setImmediate);
    stopping.abort();
    expect(await printing).toEqual({ kind: 'not-sent', code: 'printer-cut-off' });
    simulator.letProofsGo();
    expect(await print(printer)).toEqual({ kind: 'printed' });
    expect(simulator.slips).toHaveLength(1);
  });

  it('Q05 Q07 a power cut that swallowed a slip: the answers to later questions are not taken for its own', async () => {
    const simulator = await startSimulator(inOrder);
    // a serial adapter keeps its line while the printer has no power
    const line = await PtyBridge.open(simulator.port);
    closing.push(() => line.close());
    const { printer, late } = open(line.address, { proofMs: 100, answerMs: 50 }, 'gs-r');
    await becomes(printer, 'ready');
    const endPaper = { beforeFirstByte: () => simulator.endPaperAfter(200) };
    expect((await printOnceSent(printer, { proofId: 7, ...endPaper })).kind).toBe('unconfirmed');
    await becomes(printer, 'stopped');
    simulator.losePower();
    simulator.putPaperIn();
    await becomes(printer, 'ready');
    expect(late).toEqual([]);
    expect(simulator.slips).toEqual([]);
  });
});
