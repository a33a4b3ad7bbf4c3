// The ESC/POS printer on TCP and on a real pseudo terminal, and the faults that need a special printer.
import { createServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openEscPosPrinter } from '../../../device/printers/esc-pos-printer.ts';
import type { PrinterState, ReceiptPrinter } from '../../../device/receipt-printer.ts';
import { describeReceiptPrinter } from '../../contracts/receipt-printer.ts';
import { PtyBridge } from '../../simulators/pty-bridge.ts';
import { SimulatedPrinter } from '../../simulators/receipt-printer.ts';
import { checkInSlip } from '../../simulators/sample-slips.ts';
import { escPosOptions } from './esc-pos-options.ts';

const options = escPosOptions;
const withoutCounters = { ...options.profile, hasCounters: false };

describeReceiptPrinter('ESC/POS over TCP', async () => {
  let simulator = await SimulatedPrinter.start();
  const { address, port } = simulator;
  return {
    get simulator() {
      return simulator;
    },
    open: (events) => openEscPosPrinter({ ...options, at: address }, events),
    unplug: () => simulator.close(),
    plug: async () => {
      simulator = await SimulatedPrinter.start({ port });
    },
    close: () => simulator.close(),
  };
});

describeReceiptPrinter('ESC/POS on a pseudo terminal', async () => {
  const simulator = await SimulatedPrinter.start();
  const line = await PtyBridge.open(simulator.port);
  return {
    simulator,
    open: (events) => openEscPosPrinter({ ...options, at: line.address }, events),
    unplug: () => line.unplug(),
    plug: () => line.plug(),
    close: async () => {
      await line.close();
      await simulator.close();
    },
  };
});

describe('ESC/POS printer faults', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const start = async (
    printerOptions: Parameters<typeof SimulatedPrinter.start>[0] = {},
    change: Partial<Parameters<typeof openEscPosPrinter>[0]> = {},
  ) => {
    const simulator = await SimulatedPrinter.start(printerOptions);
    closing.push(() => simulator.close());
    return { simulator, ...open(simulator.address, change) };
  };
  const open = (at: string, change: Partial<Parameters<typeof openEscPosPrinter>[0]> = {}) => {
    const states: PrinterState[] = [];
    const printer = openEscPosPrinter(
      { ...options, at, ...change },
      { onState: (state) => states.push(state) },
    );
    closing.push(() => printer.close());
    return { printer, states };
  };
  const becomes = (printer: ReceiptPrinter, state: object) =>
    vi.waitFor(() => expect(printer.state).toMatchObject(state), { timeout: 10_000 });
  const print = (printer: ReceiptPrinter, proofId = 1) =>
    printer.print(checkInSlip, { proofId, beforeFirstByte: () => undefined });

  it('Q01 reset at many byte offsets of a job: one copy at most, and the outcome is never wrong', async () => {
    const { simulator, printer } = await start();
    for (let offset = 1; offset < 1_000; offset += 97) {
      await becomes(printer, { kind: 'ready' });
      const before = simulator.slips.length;
      simulator.resetAfter(offset);
      const outcome = await print(printer, offset);
      const copies = simulator.slips.length - before;
      expect(copies).toBeLessThanOrEqual(1);
      if (outcome.kind === 'printed') expect(copies).toBe(1);
      if (outcome.kind === 'not-sent') expect(copies).toBe(0);
    }
  });

  it('Q05 another job’s proof and a proof that never comes do not say printed', async () => {
    const { simulator, printer } = await start(
      { hasCompletionProof: false },
      { profile: withoutCounters, proofMs: 200 },
    );
    await becomes(printer, { kind: 'ready' });
    const printing = print(printer, 77);
    await vi.waitFor(() => expect(simulator.slips).toHaveLength(1));
    simulator.say(Buffer.from('7"0078\0', 'latin1'));
    expect(await printing).toEqual({ kind: 'unconfirmed', code: 'printer-no-answer' });
  });

  it('Q06 a printer that takes the job and goes deaf: unconfirmed, then lost, then ready again', async () => {
    const { simulator, printer } = await start({}, { proofMs: 200, answerMs: 100 });
    await becomes(printer, { kind: 'ready' });
    const outcome = await printer.print(checkInSlip, {
      proofId: 5,
      beforeFirstByte: () => simulator.goDeaf(),
    });
    expect(outcome).toEqual({ kind: 'unconfirmed', code: 'printer-no-answer' });
    await becomes(printer, { kind: 'lost', code: 'printer-no-answer' });
    simulator.powerCycle();
    simulator.hearAgain();
    await becomes(printer, { kind: 'ready' });
  });

  it('Q10 a printer without proof: the slip is cut and the outcome is unconfirmed', async () => {
    const profile = { ...withoutCounters, completionProof: 'none' } as const;
    const { simulator, printer } = await start({ hasCompletionProof: false }, { profile });
    await becomes(printer, { kind: 'ready' });
    expect(await print(printer)).toEqual({ kind: 'unconfirmed', code: 'printer-no-answer' });
    await vi.waitFor(() => expect(simulator.slips).toHaveLength(1));
  });

  it('Q11 a printer that serves somebody else is lost, and ready when the other one leaves', async () => {
    const simulator = await SimulatedPrinter.start();
    closing.push(() => simulator.close());
    const other = open(simulator.address);
    await becomes(other.printer, { kind: 'ready' });
    const { printer } = open(simulator.address);
    await becomes(printer, { kind: 'lost', code: 'printer-busy' });
    await other.printer.close();
    await becomes(printer, { kind: 'ready' });
  });

  it('paper that stays out longer than the limit leaves the job unconfirmed, with the reason', async () => {
    const { simulator, printer } = await start({}, { refillMs: 100 });
    await becomes(printer, { kind: 'ready' });
    simulator.endPaperAfter(100);
    expect(await print(printer)).toEqual({ kind: 'unconfirmed', code: 'printer-paper-out' });
  });

  it('C04 a printer that hears but keeps its counters to itself prints all the same', async () => {
    const { simulator, printer } = await start({ hasCounters: false }, { answerMs: 400 });
    await becomes(printer, { kind: 'ready' });
    const beforeFirstByte = vi.fn();
    expect(await printer.print(checkInSlip, { proofId: 1, beforeFirstByte })).toEqual({ kind: 'printed' });
    expect(beforeFirstByte).toHaveBeenCalledExactlyOnceWith(null);
    // what a wrong profile does can be seen on the paper
    expect(simulator.slips[0]?.text).toMatch(/^g2\n/);
  });

  it('C05 a printer whose profile says that it has none is never asked', async () => {
    const { simulator, printer } = await start({ hasCounters: false }, { profile: withoutCounters });
    await becomes(printer, { kind: 'ready' });
    expect(await printer.readCounters()).toBeNull();
    expect(await print(printer)).toEqual({ kind: 'printed' });
    expect(simulator.slips[0]?.text).not.toContain('g2');
  });

  it('C09 a printer that does not tell its counters is asked again for a while, then not any more', async () => {
    const { simulator, printer } = await start({ hasCounters: false }, { answerMs: 400, proofMs: 2_500 });
    await becomes(printer, { kind: 'ready' });
    expect(await printer.readCounters()).toBeNull();
    expect(simulator.hangingText.match(/g2/g)?.length).toBeGreaterThan(1);
    expect(printer.state.kind).toBe('ready');
  });

  it('C06 counters outlive a power cut of the printer and a question that it interrupts', async () => {
    const { simulator, printer } = await start();
    await becomes(printer, { kind: 'ready' });
    await print(printer);
    const after = await printer.readCounters();
    const asking = printer.readCounters();
    simulator.powerCycle();
    expect(await asking).toBeNull();
    await becomes(printer, { kind: 'ready' });
    expect(await printer.readCounters()).toEqual(after);
  });

  it('something that is no printer is named', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.resume().write(Buffer.alloc(64, 0xff));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as { port: number };
    const { printer } = open(`tcp://127.0.0.1:${port}`, { answerMs: 50 });
    await becomes(printer, { kind: 'lost', code: 'printer-not-a-printer' });
    const beforeFirstByte = vi.fn();
    expect((await printer.print(checkInSlip, { proofId: 1, beforeFirstByte })).kind).toBe('not-sent');
    expect(beforeFirstByte).not.toHaveBeenCalled();
  });

  it('nobody at the address is a state with a code', async () => {
    const gone = await SimulatedPrinter.start();
    await gone.close();
    const { printer } = open(gone.address.replace(/:0$/, ':9'));
    await becomes(printer, { kind: 'back-off', code: 'printer-refused' });
    expect(await print(printer)).toEqual({ kind: 'not-sent', code: 'printer-refused' });
  });
});
