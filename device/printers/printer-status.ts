// What the four answers to DLE EOT 1 … 4 mean for a person. Pure.
import type { PrinterState } from '../receipt-printer.ts';

/** Asks for printer, offline, error and paper status; obeyed at once, even when the printer is offline. */
export const statusQuery = Uint8Array.of(0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4);
export const statusAnswers = 4;

/** @param answers the bytes that answer n = 1, 2, 3, 4, in this order */
export function readStatus(answers: readonly number[]): Extract<PrinterState, { kind: 'ready' | 'stopped' }> {
  const [printer = 0, offline = 0, error = 0, paper = 0] = answers;
  if (error & 0x20) return { kind: 'stopped', code: 'printer-fault' };
  if (error & 0x08) return { kind: 'stopped', code: 'printer-cutter' };
  // Before paper: with the cover open the paper sensor sees none.
  if (offline & 0x04) return { kind: 'stopped', code: 'printer-cover-open' };
  if (paper & 0x60 || offline & 0x20) return { kind: 'stopped', code: 'printer-paper-out' };
  // A hot head recovers by itself.
  if (error & 0x40) return { kind: 'stopped', code: 'printer-offline' };
  if (offline & 0x40) return { kind: 'stopped', code: 'printer-fault' };
  if (printer & 0x08) return { kind: 'stopped', code: 'printer-offline' };
  return { kind: 'ready', isPaperLow: (paper & 0x0c) !== 0 };
}
