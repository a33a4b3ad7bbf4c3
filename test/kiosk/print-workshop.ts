// A print queue over the real printer port, its store and simulated printers, as one run of a terminal has them.

import { openEscPosPrinter } from '../../device/printers/esc-pos-printer.ts';
import type { PrinterProfile } from '../../device/printers/printer-profile.ts';
import type { ReceiptPrinter } from '../../device/receipt-printer.ts';
import type { LanePrinter } from '../../kiosk/print-lane.ts';
import { PrintQueue } from '../../kiosk/print-queue.ts';
import type { PrinterRole } from '../../kiosk/store/print-jobs.ts';
import type { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { FactId, ProjectId, UnitId } from '../../sync/contract/ids.ts';
import { opened } from '../sync/some-keys.ts';

/** What a test opened, in this order. */
export const open: { close(): unknown }[] = [];

export async function closeAll(): Promise<void> {
  for (const each of open.splice(0).reverse()) await each.close();
}

/** What a first byte throws when the terminal dies right before it. */
export const death = new Error('killed');

export interface Circumstances {
  readonly boot?: string;
  readonly profile?: Partial<PrinterProfile>;
  readonly hasCounters?: boolean;
  readonly proofMs?: number;
  /** between the durable mark and the first byte of a job */
  readonly atFirstByte?: () => void;
  readonly fallback?: { readonly paper: { readonly address: string }; readonly afterMs: number };
  readonly onFault?: (cause: unknown) => void;
}

/** Printer ports and a queue. */
export function connect(
  store: TerminalStore,
  paper: { readonly address: string },
  circumstances: Circumstances = {},
) {
  const { boot = 'boot-1', hasCounters = true, fallback } = circumstances;
  let queue: PrintQueue | undefined;
  const openPrinter = (at: string, role: PrinterRole): ReceiptPrinter => {
    const printer = openEscPosPrinter(
      {
        at,
        profile: {
          columns: 48,
          dots: 576,
          hasCutter: true,
          status: 'dle-eot',
          hanzi: 'gb18030',
          hasNativeQr: true,
          completionProof: 'echo',
          hasCounters,
          ...circumstances.profile,
        },
        answerMs: 2_000,
        retryMinMs: 10,
        retryMaxMs: 50,
        pollMs: 20,
        ...(circumstances.proofMs === undefined ? {} : { proofMs: circumstances.proofMs }),
      },
      { onState: () => queue?.kick(), onLateProof: (proofId) => queue?.proofCameLate(proofId, role) },
    );
    open.push(printer);
    return printer;
  };
  const printer = openPrinter(paper.address, 'first');
  const second = fallback && openPrinter(fallback.paper.address, 'fallback');
  const options = {
    store,
    printer: dying(printer, circumstances.atFirstByte),
    boot,
    expiryMs: 600_000,
    onSettled: () => undefined,
    onFault:
      circumstances.onFault ??
      ((cause: unknown) => {
        if (cause !== death) throw cause;
      }),
  };
  queue = new PrintQueue(
    second && fallback ? { ...options, fallback: { printer: second, afterMs: fallback.afterMs } } : options,
  );
  return { printer, queue };
}

function dying(printer: ReceiptPrinter, atFirstByte?: () => void): LanePrinter {
  return {
    get state() {
      return printer.state;
    },
    print: (slip, options) =>
      printer.print(slip, {
        ...options,
        beforeFirstByte: (counters) => {
          options.beforeFirstByte(counters);
          atFirstByte?.();
        },
      }),
    readCounters: () => printer.readCounters(),
  };
}

let made = 0;
/** @returns the id of the job that waits now */
export function queueSlip(store: TerminalStore, text: string, job = newJob()): FactId {
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

export function newJob(): FactId {
  made += 1;
  return `01900000-0000-7000-8000-${String(made).padStart(12, '0')}` as FactId;
}

/** What headquarters will hear of slips, in order. */
export function settledSlips(store: TerminalStore) {
  return store.outbox
    .read(0, 500, 1_000_000)
    .map((fact) => opened(fact, store.outbox.terminal))
    .flatMap((fact) => (fact.kind === 'slip-settled' ? [fact.body] : []));
}

/** How they ended. */
export function settled(store: TerminalStore): string[] {
  return settledSlips(store).map(({ outcome }) => outcome);
}
