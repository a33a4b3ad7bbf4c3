// Opens the printers that the config names and joins each to the queue that feeds it.
import { configuredProfile } from '../device/printers/configured-profile.ts';
import { openEscPosPrinter } from '../device/printers/esc-pos-printer.ts';
import { slipEncoderOf } from '../device/printers/slip-encoder-of.ts';
import type { PrinterState, ReceiptPrinter } from '../device/receipt-printer.ts';
import type { PrinterConfig } from '../sync/contract/device-setup.ts';
import type { Config } from './config.ts';
import type { LanePrinter } from './print-lane.ts';
import type { PrintQueue, PrintQueueOptions } from './print-queue.ts';

/** null = not configured, or not opened yet */
export interface Printers {
  printer: ReceiptPrinter | null;
  fallbackPrinter: ReceiptPrinter | null;
}

/** The printers of the queue; they open after it exists. */
export function queuePrinters(
  printers: Printers,
  { printer, fallbackPrinter, limits }: Config,
): Pick<PrintQueueOptions, 'printer' | 'fallback'> {
  return {
    printer: printer && lanePrinter(() => printers.printer),
    fallback: fallbackPrinter && {
      printer: lanePrinter(() => printers.fallbackPrinter),
      afterMs: limits.fallbackAfterMs,
    },
  };
}

/** @throws DeviceError device-address-bad */
export function openPrinters(
  printers: Printers,
  parts: {
    readonly config: Config;
    readonly queue: Pick<PrintQueue, 'kick' | 'proofCameLate'>;
    readonly onFirst: (state: PrinterState) => void;
    readonly onFallback: (state: PrinterState) => void;
  },
): void {
  const { config, queue, onFirst, onFallback } = parts;
  const { limits } = config;
  const open = (
    printer: PrinterConfig,
    role: 'first' | 'fallback',
    onState: (state: PrinterState) => void,
  ): ReceiptPrinter =>
    openEscPosPrinter(
      {
        at: printer.at,
        profile: configuredProfile(printer),
        encoder: slipEncoderOf(printer.encoder),
        answerMs: limits.printerAnswerMs,
        retryMinMs: limits.deviceRetryMinMs,
        retryMaxMs: limits.deviceRetryMaxMs,
      },
      {
        onState: (state) => {
          onState(state);
          queue.kick();
        },
        onLateProof: (proofId) => queue.proofCameLate(proofId, role),
      },
    );
  if (config.printer) printers.printer = open(config.printer, 'first', onFirst);
  // a fallback of nothing is not asked for anything
  if (config.printer && config.fallbackPrinter) {
    printers.fallbackPrinter = open(config.fallbackPrinter, 'fallback', onFallback);
  }
}

function lanePrinter(opened: () => ReceiptPrinter | null): LanePrinter {
  return {
    get state() {
      return opened()?.state ?? { kind: 'opening' };
    },
    print: (slip, options) =>
      opened()?.print(slip, options) ?? Promise.resolve({ kind: 'not-sent', code: 'printer-unreachable' }),
    readCounters: () => opened()?.readCounters() ?? Promise.resolve(null),
  };
}
