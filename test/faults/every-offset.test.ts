// One slip, unplugged at every byte of it: at most one copy, no wrong word about it, and the next slip is whole.
import { afterEach, expect, it } from 'vitest';
import { encodeSlip } from '../../device/printers/encode-slip.ts';
import { openEscPosPrinter } from '../../device/printers/esc-pos-printer.ts';
import type { PrintOutcome, ReceiptPrinter, Slip } from '../../device/receipt-printer.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { checkInSlip } from '../simulators/sample-slips.ts';
import { hallPatience, hallPrinters } from './print-hall.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

const bench = hallPrinters['echoing']?.profile;
const options = { ...hallPatience, answerMs: 5_000, proofMs: 10_000 };
const printers = 8;

async function openPrinter() {
  if (!bench) throw new Error('no such printer');
  const paper = await SimulatedPrinter.start({ hasCounters: false });
  let tell = (): void => undefined;
  const printer = openEscPosPrinter(
    { at: paper.address, profile: bench, ...options },
    { onState: () => tell() },
  );
  opened.push(paper, printer);
  const ready = (): Promise<void> =>
    new Promise((resolve) => {
      tell = () => {
        if (printer.state.kind === 'ready') resolve();
      };
      tell();
    });
  return { paper, printer, ready };
}

async function printAt(
  printer: ReceiptPrinter,
  ready: () => Promise<void>,
  slip: Slip,
  proofId: number,
  beforeFirstByte: () => void,
): Promise<PrintOutcome> {
  for (;;) {
    await ready();
    const outcome = await printer.print(slip, { proofId, beforeFirstByte });
    if (outcome.kind !== 'not-sent') return outcome;
  }
}

it('Q01 unplug at every byte offset of a job: the outcome is never wrong, copies ≤ 1, the next slip is whole', async () => {
  if (!bench) throw new Error('no such printer');
  const bytes = encodeSlip(checkInSlip, bench, 1).length;
  expect(bytes).toBeGreaterThan(600);
  const outcomes = new Map<string, number>();
  let next = 0;
  const unplugAll = async (): Promise<void> => {
    const { paper, printer, ready } = await openPrinter();
    for (let offset = next++; offset <= bytes; offset = next++) {
      const before = paper.slips.length;
      const { kind } = await printAt(printer, ready, checkInSlip, 1 + 2 * offset, () =>
        paper.resetAfter(offset),
      );
      outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
      const probe: Slip = [{ kind: 'text', text: `头 ${offset}.` }];
      const { kind: after } = await printAt(printer, ready, probe, 2 + 2 * offset, () => undefined);
      expect(after, `the slip after an unplug at ${offset}`).toBe('printed');
      const text = paper.slips
        .slice(before)
        .map((slip) => slip.text)
        .join('\n');
      expect(text, `the slip after an unplug at ${offset}`).toContain(`头 ${offset}.`);
      const copies = text.split('张**').length - 1;
      expect(copies, `copies at ${offset}`).toBeLessThanOrEqual(1);
      if (kind === 'printed') expect(copies, `copies at ${offset}`).toBe(1);
    }
  };
  await Promise.all(Array.from({ length: printers }, unplugAll));
  expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(bytes + 1);
  expect(outcomes.get('unconfirmed')).toBeGreaterThan(bytes - 10);
}, 120_000);
