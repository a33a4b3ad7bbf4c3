// What every ReceiptPrinter must do, whatever carries its bytes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  PrintCounters,
  PrinterState,
  PrintOptions,
  ReceiptPrinter,
  ReceiptPrinterEvents,
} from '../../device/receipt-printer.ts';
import type { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { checkInSlip } from '../simulators/sample-slips.ts';

/** One printer and the hands around it. */
export interface ReceiptPrinterBench {
  readonly simulator: SimulatedPrinter;
  open(events: ReceiptPrinterEvents): ReceiptPrinter;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  close(): Promise<void>;
}

export function describeReceiptPrinter(name: string, makeBench: () => Promise<ReceiptPrinterBench>): void {
  describe(`ReceiptPrinter contract: ${name}`, () => {
    const states: PrinterState[] = [];
    let bench: ReceiptPrinterBench;
    let printer: ReceiptPrinter;

    beforeEach(async () => {
      states.length = 0;
      bench = await makeBench();
      printer = bench.open({ onState: (state) => states.push(state) });
      await becomes({ kind: 'ready', isPaperLow: false });
    });
    afterEach(async () => {
      await printer.close();
      await bench.close();
    });

    const becomes = (state: object) =>
      vi.waitFor(() => expect(printer.state).toMatchObject(state), { timeout: 10_000 });
    const print = (options: Partial<PrintOptions> = {}) =>
      printer.print(checkInSlip, { proofId: 1, beforeFirstByte: () => undefined, ...options });
    const stopped = (code: string) => ({ kind: 'stopped', code });

    it('prints: the fact is durable first, the proof settles it, one slip is cut', async () => {
      const slipsBefore: number[] = [];
      const outcome = await print({
        beforeFirstByte: () => slipsBefore.push(bench.simulator.slips.length),
      });
      expect(outcome).toEqual({ kind: 'printed' });
      expect(slipsBefore).toEqual([0]);
      expect(bench.simulator.slips).toHaveLength(1);
      expect(bench.simulator.slips[0]?.text).toContain('张**');
      expect(bench.simulator.slips[0]?.text).toContain('[QR https://club.example.cn/c/8f3k2m9q?e=spring]');
    });

    it('sends nothing when beforeFirstByte throws', async () => {
      const fault = new Error('disk full');
      const failing = print({
        beforeFirstByte: () => {
          throw fault;
        },
      });
      await expect(failing).rejects.toBe(fault);
      expect(await print({ proofId: 2 })).toEqual({ kind: 'printed' });
      expect(bench.simulator.slips).toHaveLength(1);
    });

    it('takes one job at a time', async () => {
      const first = print();
      expect(await print({ proofId: 2 })).toEqual({ kind: 'not-sent', code: 'printer-busy' });
      expect(await first).toEqual({ kind: 'printed' });
    });

    it('Q03 shows paper, cover and offline as they change, and prints nothing meanwhile', async () => {
      const { simulator } = bench;
      simulator.openCover();
      await becomes(stopped('printer-cover-open'));
      const beforeFirstByte = vi.fn();
      expect(await print({ beforeFirstByte })).toEqual({ kind: 'not-sent', code: 'printer-cover-open' });
      simulator.closeCover();
      simulator.takePaperOut();
      await becomes(stopped('printer-paper-out'));
      simulator.putPaperIn();
      simulator.goOffline();
      await becomes(stopped('printer-offline'));
      simulator.goOnline();
      simulator.letPaperRunLow();
      await becomes({ kind: 'ready', isPaperLow: true });
      expect(beforeFirstByte).not.toHaveBeenCalled();
      expect(simulator.slips).toEqual([]);
    });

    it('Q02 paper that ends inside a job: after the refill the same job finishes, once', async () => {
      bench.simulator.endPaperAfter(200);
      const printing = print();
      await becomes(stopped('printer-paper-out'));
      expect(bench.simulator.slips).toEqual([]);
      bench.simulator.putPaperIn();
      expect(await printing).toEqual({ kind: 'printed' });
      await becomes({ kind: 'ready' });
      expect(bench.simulator.slips).toHaveLength(1);
    });

    it('Q04 a cutter that jams is named and goes on when freed', async () => {
      bench.simulator.jamCutter();
      await becomes(stopped('printer-cutter'));
      bench.simulator.freeCutter();
      await becomes({ kind: 'ready' });
    });

    it('Q01 unplugged inside a job: unconfirmed, never sent again by itself; works after replugging', async () => {
      bench.simulator.endPaperAfter(200);
      const printing = print();
      await becomes(stopped('printer-paper-out'));
      await bench.unplug();
      expect(await printing).toEqual({ kind: 'unconfirmed', code: 'printer-cut-off' });
      await becomes({ kind: 'lost' });
      expect((await print({ proofId: 2 })).kind).toBe('not-sent');
      await bench.plug();
      bench.simulator.putPaperIn();
      await becomes({ kind: 'ready' });
      expect(await print({ proofId: 3 })).toEqual({ kind: 'printed' });
    });

    it('C01 counts: a job adds lines and one cut, and a job that did not come to paper adds nothing', async () => {
      const before: (PrintCounters | null)[] = [];
      const keep = (counters: PrintCounters | null) => before.push(counters);
      await print({ beforeFirstByte: keep });
      const after = await printer.readCounters();
      expect(before[0]).toEqual({ lines: 0, cuts: 0 });
      expect(after).toEqual({ lines: expect.any(Number), cuts: 1 });
      expect(after?.lines).toBeGreaterThan(10);
      expect(await printer.readCounters()).toEqual(after);
      await print({ proofId: 2, beforeFirstByte: keep });
      expect(before[1]).toEqual(after);
    });

    it('C02 counters are not told while the printer is stopped or at work, and right after a refill', async () => {
      bench.simulator.endPaperAfter(200);
      const printing = print();
      expect(await printer.readCounters()).toBeNull();
      await becomes(stopped('printer-paper-out'));
      bench.simulator.putPaperIn();
      expect(await printing).toEqual({ kind: 'printed' });
      bench.simulator.takePaperOut();
      await becomes(stopped('printer-paper-out'));
      expect(await printer.readCounters()).toBeNull();
      bench.simulator.putPaperIn();
      await becomes({ kind: 'ready' });
      expect(await printer.readCounters()).toMatchObject({ cuts: 1 });
    });

    it('gives up when asked to: before the first byte not-sent, afterwards unconfirmed', async () => {
      const early = await print({ signal: AbortSignal.abort() });
      expect(early.kind).toBe('not-sent');
      bench.simulator.endPaperAfter(100);
      const impatient = new AbortController();
      const printing = print({ proofId: 2, signal: impatient.signal });
      await becomes(stopped('printer-paper-out'));
      impatient.abort();
      expect((await printing).kind).toBe('unconfirmed');
    });

    it('survives bytes that no printer says', async () => {
      bench.simulator.say(Buffer.from([0x80, 0xff, 0x37, 0x22, 0x01, 0x10, 0, 0, 0, 0x11, 0x13]));
      expect(await print()).toEqual({ kind: 'printed' });
    });

    it('Q13 closes twice, settles what is under way, and is silent afterwards', async () => {
      bench.simulator.endPaperAfter(200);
      const printing = print();
      await becomes(stopped('printer-paper-out'));
      await Promise.all([printer.close(), printer.close()]);
      expect(await printing).toEqual({ kind: 'unconfirmed', code: 'printer-cut-off' });
      const seen = [...states];
      bench.simulator.putPaperIn();
      expect((await print()).kind).toBe('not-sent');
      expect(states).toEqual(seen);
    });
  });
}
