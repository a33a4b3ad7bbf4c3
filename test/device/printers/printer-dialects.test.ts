// One slip on every kind of printer that shops sell: each tells its state and proves its paper in its own way, or not at all.
import dns from 'node:dns';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type EscPosPrinterOptions, openEscPosPrinter } from '../../../device/printers/esc-pos-printer.ts';
import type { PrinterProfile } from '../../../device/printers/printer-profile.ts';
import type { PrinterState, PrintOptions, ReceiptPrinter } from '../../../device/receipt-printer.ts';
import { type SimulatedPrinterModel, simulatedModels } from '../../simulators/printer-models.ts';
import { PtyBridge } from '../../simulators/pty-bridge.ts';
import { SimulatedPrinter } from '../../simulators/receipt-printer.ts';
import { checkInSlip } from '../../simulators/sample-slips.ts';
import { escPosOptions } from './esc-pos-options.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const profile: PrinterProfile = { ...escPosOptions.profile, hasCounters: false };

async function start(
  model: SimulatedPrinterModel,
  change: Partial<PrinterProfile>,
  options: Partial<EscPosPrinterOptions> = {},
) {
  const simulator = await SimulatedPrinter.start(model);
  closing.push(() => simulator.close());
  return { simulator, ...open(simulator.address, change, options) };
}

function open(at: string, change: Partial<PrinterProfile>, options: Partial<EscPosPrinterOptions> = {}) {
  const states: PrinterState[] = [];
  const late: number[] = [];
  const printer = openEscPosPrinter(
    { ...escPosOptions, profile: { ...profile, ...change }, at, ...options },
    { onState: (state) => states.push(state), onLateProof: (proofId) => late.push(proofId) },
  );
  closing.push(() => printer.close());
  return { printer, states, late };
}

const becomes = (printer: ReceiptPrinter, state: object) =>
  vi.waitFor(() => expect(printer.state).toMatchObject(state), { timeout: 10_000 });
const print = (printer: ReceiptPrinter, options: Partial<PrintOptions> = {}) =>
  printer.print(checkInSlip, { proofId: 1, beforeFirstByte: () => undefined, ...options });
const { full, transmitting, silent } = simulatedModels;
const inOrder = simulatedModels['in-order'];

describe('a printer that says its status by itself', () => {
  const automatic = { status: 'automatic' } as const;

  it('P15 shows every change, also inside a job, and finishes it after the refill', async () => {
    const { simulator, printer, states } = await start({ ...full, hasRealTimeStatus: false }, automatic);
    await becomes(printer, { kind: 'ready' });
    simulator.endPaperAfter(200);
    const printing = print(printer);
    await becomes(printer, { kind: 'stopped', code: 'printer-paper-out' });
    simulator.openCover();
    await becomes(printer, { kind: 'stopped', code: 'printer-cover-open' });
    simulator.closeCover();
    simulator.putPaperIn();
    expect(await printing).toEqual({ kind: 'printed' });
    await becomes(printer, { kind: 'ready' });
    expect(simulator.slips).toHaveLength(1);
    simulator.letPaperRunLow();
    await becomes(printer, { kind: 'ready', isPaperLow: true });
    simulator.heatUp();
    await becomes(printer, { kind: 'stopped', code: 'printer-hot' });
    simulator.coolDown();
    await becomes(printer, { kind: 'ready' });
    expect(states.some(({ kind }) => kind === 'lost')).toBe(false);
  });

  it('P15 that is out of paper when it is connected is off line until it can say more', async () => {
    const simulator = await SimulatedPrinter.start({ ...full, hasRealTimeStatus: false });
    closing.push(() => simulator.close());
    simulator.takePaperOut();
    const { printer } = open(simulator.address, automatic, { answerMs: 50 });
    await becomes(printer, { kind: 'stopped', code: 'printer-offline' });
    expect(await print(printer)).toEqual({ kind: 'not-sent', code: 'printer-offline' });
    simulator.putPaperIn();
    await becomes(printer, { kind: 'ready' });
    expect(await print(printer)).toEqual({ kind: 'printed' });
  });
});

describe('a printer that answers only in the order of its buffer', () => {
  const clone = {
    status: 'gs-r',
    completionProof: 'transmit',
    columns: 32,
    dots: 384,
    hanzi: 'gbk',
  } as const;

  it('Q05 proves a slip by the answer to GS r behind it, slip after slip', async () => {
    const { simulator, printer } = await start(inOrder, clone);
    await becomes(printer, { kind: 'ready' });
    for (let proofId = 1; proofId <= 3; proofId += 1) {
      expect(await print(printer, { proofId })).toEqual({ kind: 'printed' });
    }
    expect(simulator.slips).toHaveLength(3);
    simulator.letPaperRunLow();
    await becomes(printer, { kind: 'ready', isPaperLow: true });
  });

  it('Q05 a slip that is given up is proved late, and no later slip is taken for it', async () => {
    const { simulator, printer, late } = await start(inOrder, clone, { proofMs: 100, answerMs: 100 });
    await becomes(printer, { kind: 'ready' });
    simulator.endPaperAfter(200);
    expect(await print(printer, { proofId: 7 })).toEqual({ kind: 'unconfirmed', code: 'printer-no-answer' });
    await becomes(printer, { kind: 'stopped', code: 'printer-offline' });
    simulator.putPaperIn();
    await becomes(printer, { kind: 'ready' });
    expect(late).toEqual([7]);
    expect(await print(printer, { proofId: 8 })).toEqual({ kind: 'printed' });
    expect(late).toEqual([7]);
    expect(simulator.slips).toHaveLength(2);
  });

  it('Q05 an answer that was lost does not make the next slip’s answer the wrong one’s', async () => {
    const { simulator, printer, late } = await start(
      transmitting,
      { completionProof: 'transmit' },
      { proofMs: 100 },
    );
    await becomes(printer, { kind: 'ready' });
    const loseIts = { beforeFirstByte: () => simulator.loseProofs(1) };
    expect((await print(printer, { proofId: 1, ...loseIts })).kind).toBe('unconfirmed');
    // a new connection knows of no answer that is still owed
    expect(await print(printer, { proofId: 2 })).toEqual({ kind: 'not-sent', code: 'printer-no-answer' });
    await vi.waitFor(async () => expect(await print(printer, { proofId: 2 })).toEqual({ kind: 'printed' }));
    expect(late).toEqual([]);
    expect(simulator.slips).toHaveLength(2);
  });
});

describe('a printer that says nothing', () => {
  it('Q10 is ready as soon as it is connected, and every slip is unconfirmed once its last byte left', async () => {
    const { simulator, printer, states } = await start(silent, {
      status: 'none',
      completionProof: 'none',
      columns: 32,
      dots: 384,
      hanzi: 'gb2312',
      hasNativeQr: false,
      hasCutter: false,
    });
    await becomes(printer, { kind: 'ready' });
    const afterLastByte = vi.fn();
    expect(await print(printer, { afterLastByte })).toEqual({
      kind: 'unconfirmed',
      code: 'printer-no-answer',
    });
    expect(afterLastByte).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(simulator.hangingText).toContain('[picture '));
    // no cutter: a hand tears it off
    simulator.tearOff();
    expect(simulator.slips.map(({ text }) => text.includes('张**'))).toEqual([true]);
    expect(states).toEqual([{ kind: 'ready', isPaperLow: false }]);
  });
});

describe('what printers do to a job', () => {
  it('tells when the last byte left, once, before the proof is needed', async () => {
    const { simulator, printer } = await start(full, {});
    await becomes(printer, { kind: 'ready' });
    simulator.holdProofs();
    const afterLastByte = vi.fn();
    const printing = print(printer, { afterLastByte });
    await vi.waitFor(() => expect(afterLastByte).toHaveBeenCalledOnce());
    simulator.letProofsGo();
    expect(await printing).toEqual({ kind: 'printed' });
    expect(afterLastByte).toHaveBeenCalledOnce();
  });

  it('Q05 a proof that comes late is told with its number, and one that comes twice does no harm', async () => {
    const { simulator, printer, late } = await start(full, {}, { proofMs: 100 });
    await becomes(printer, { kind: 'ready' });
    simulator.sayProofsTwice();
    simulator.holdProofs();
    expect((await print(printer, { proofId: 41 })).kind).toBe('unconfirmed');
    simulator.letProofsGo();
    await vi.waitFor(() => expect(late).toEqual([41]));
    for (const proofId of [42, 43]) {
      expect(await print(printer, { proofId })).toEqual({ kind: 'printed' });
    }
    expect(simulator.slips).toHaveLength(3);
  });

  it('Q05 a proof that comes after 200 s still says that the slip is on paper', async () => {
    const { simulator, printer, late } = await start(full, {}, { proofMs: 30_000 });
    await becomes(printer, { kind: 'ready' });
    simulator.holdProofs();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let outcome: unknown;
      void print(printer, { proofId: 5 }).then((settled) => {
        outcome = settled;
      });
      await vi.waitUntil(async () => {
        await new Promise(setImmediate);
        return simulator.slips.length === 1;
      });
      await vi.advanceTimersByTimeAsync(30_000);
      expect(outcome).toEqual({ kind: 'unconfirmed', code: 'printer-no-answer' });
      await vi.advanceTimersByTimeAsync(170_000);
      expect(late).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
    simulator.letProofsGo();
    await vi.waitFor(() => expect(late).toEqual([5]));
  });

  it('Q04 DLE ENQ 1: a cutter that is free again goes on with the same slip', async () => {
    const { simulator, printer } = await start(
      { ...full, cutterNeedsHost: true },
      { cutterRecovery: 'resume' },
    );
    await becomes(printer, { kind: 'ready' });
    simulator.afterPrinted(150, simulator.jamCutter);
    const printing = print(printer);
    await becomes(printer, { kind: 'stopped', code: 'printer-cutter' });
    simulator.freeCutter();
    expect(await printing).toEqual({ kind: 'printed' });
    expect(simulator.slips).toHaveLength(1);
  });

  it('Q04 DLE ENQ 2: the slip is forgotten, unconfirmed at once, and the next one prints', async () => {
    const { simulator, printer, late } = await start(
      { ...full, cutterNeedsHost: true },
      { cutterRecovery: 'clear' },
    );
    await becomes(printer, { kind: 'ready' });
    simulator.afterPrinted(150, () => {
      simulator.jamCutter();
      simulator.freeCutter();
    });
    expect(await print(printer, { proofId: 8 })).toEqual({ kind: 'unconfirmed', code: 'printer-cutter' });
    await becomes(printer, { kind: 'ready' });
    expect(await print(printer, { proofId: 9 })).toEqual({ kind: 'printed' });
    expect(late).toEqual([]);
    expect(simulator.slips).toHaveLength(1);
  });

  it('Q04 without either, an error that only the power switch ends stays named', async () => {
    const { simulator, printer } = await start({ ...full, cutterNeedsHost: true }, {});
    await becomes(printer, { kind: 'ready' });
    simulator.jamCutter();
    simulator.freeCutter();
    await becomes(printer, { kind: 'stopped', code: 'printer-cutter' });
    expect(await print(printer)).toEqual({ kind: 'not-sent', code: 'printer-cutter' });
  });

  it('Q06 a printer that takes no byte and resets: unconfirmed, nothing on paper, nothing sent again', async () => {
    const { simulator, printer } = await start(full, {});
    await becomes(printer, { kind: 'ready' });
    const outcome = await print(printer, { beforeFirstByte: () => simulator.resetAfter(0) });
    expect(outcome).toEqual({ kind: 'unconfirmed', code: 'printer-cut-off' });
    await becomes(printer, { kind: 'ready' });
    expect(simulator.slips).toEqual([]);
    expect(simulator.hangingText).toBe('');
  });

  it('Q11 a half-open connection is found out by silence and given up', async () => {
    const { simulator, printer, states } = await start(full, {}, { answerMs: 100 });
    await becomes(printer, { kind: 'ready' });
    simulator.hang();
    await vi.waitFor(() => expect(states).toContainEqual({ kind: 'lost', code: 'printer-no-answer' }));
    expect((await print(printer)).kind).toBe('not-sent');
  });

  it('Q11 a print server that is taken by another computer is busy, and ready when that one leaves', async () => {
    const { simulator, printer } = await start(full, {});
    await becomes(printer, { kind: 'ready' });
    simulator.serveSomebodyElse();
    await becomes(printer, { kind: 'lost', code: 'printer-busy' });
    simulator.serveAgain();
    await becomes(printer, { kind: 'ready' });
  });

  it('Q11 DHCP change: a name is looked up anew for every connection', async () => {
    const simulator = await SimulatedPrinter.start(full);
    closing.push(() => simulator.close());
    const asked: string[] = [];
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: unknown[]) => {
      asked.push(host);
      const answer = rest.at(-1) as (error: null, found: { address: string; family: number }[]) => void;
      answer(null, [{ address: '127.0.0.1', family: 4 }]);
    }) as typeof dns.lookup);
    closing.push(async () => lookup.mockRestore());
    const { printer } = open(`tcp://printer.hall.example:${simulator.port}`, {});
    await becomes(printer, { kind: 'ready' });
    simulator.powerCycle();
    await vi.waitFor(() => expect(asked).toEqual(['printer.hall.example', 'printer.hall.example']));
    await becomes(printer, { kind: 'ready' });
  });

  it('Q12 a slow serial printer that says XOFF and XON gets every byte, once', async () => {
    const simulator = await SimulatedPrinter.start(full);
    closing.push(() => simulator.close());
    simulator.slowDownTo(9600);
    simulator.controlFlow();
    const line = await PtyBridge.open(simulator.port);
    closing.push(() => line.close());
    const { printer, states } = open(`${line.address}&flow=xonxoff`, {}, { answerMs: 10_000 });
    await becomes(printer, { kind: 'ready' });
    expect(await print(printer)).toEqual({ kind: 'printed' });
    expect(simulator.slips).toHaveLength(1);
    expect(simulator.slips[0]?.text).toContain('[QR https://club.example.cn/c/8f3k2m9q?e=spring]');
    expect(states.some(({ kind }) => kind === 'lost')).toBe(false);
  });

  it('Q12 XOFF and XON that come as bytes, without flow control on the line, are no replies', async () => {
    const { simulator, printer } = await start(full, {}, { answerMs: 10_000 });
    simulator.slowDownTo(57_600);
    simulator.controlFlow();
    await becomes(printer, { kind: 'ready' });
    expect(await print(printer)).toEqual({ kind: 'printed' });
  });
});
