// What a printer is asked about itself, and what its answers mean for a person. Pure.
import type { PrinterState } from '../receipt-printer.ts';

export type PrinterCondition = Extract<PrinterState, { kind: 'ready' | 'stopped' }>;

/** DLE EOT 1 … 4: printer, offline, error and paper; obeyed at once, even when the printer is offline. */
export const statusQuery = Uint8Array.of(0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4);
export const statusAnswers = 4;

/**
 * GS a: four bytes come at once and then with every change of online, error and paper. Obeyed in the order of the buffer;
 * ESC @ ends it.
 */
export const automaticStatusRequest = Uint8Array.of(0x1d, 0x61, 0x0e);

/** GS r 1: the paper sensor, said when everything before it was carried out. */
export const paperQuery = Uint8Array.of(0x1d, 0x72, 1);

/** DLE ENQ 1: after a cutter error, go on from the line where it stopped. */
export const resumeCommand = Uint8Array.of(0x10, 5, 1);

/** DLE ENQ 2: after a cutter error, forget what was received and go on. */
export const clearCommand = Uint8Array.of(0x10, 5, 2);

/** @param answers the bytes that answer n = 1, 2, 3, 4, in this order */
export function readStatus(answers: readonly number[]): PrinterCondition {
  const [printer = 0, offline = 0, error = 0, paper = 0] = answers;
  return conditionOf({
    isOffline: (printer & 0x08) !== 0,
    isCoverOpen: (offline & 0x04) !== 0,
    hasPaperEnded: (paper & 0x60) !== 0 || (offline & 0x20) !== 0,
    isPaperLow: (paper & 0x0c) !== 0,
    isCutterStuck: (error & 0x08) !== 0,
    isBroken: (error & 0x20) !== 0,
    isHot: (error & 0x40) !== 0,
    hasOtherError: (offline & 0x40) !== 0,
  });
}

/** @param bytes the four of one automatic status */
export function readAutomaticStatus(bytes: readonly number[]): PrinterCondition {
  const [printer = 0, error = 0, paper = 0] = bytes;
  return conditionOf({
    isOffline: (printer & 0x08) !== 0,
    isCoverOpen: (printer & 0x20) !== 0,
    hasPaperEnded: (paper & 0x0c) !== 0,
    isPaperLow: (paper & 0x03) !== 0,
    isCutterStuck: (error & 0x08) !== 0,
    isBroken: (error & 0x20) !== 0,
    isHot: (error & 0x40) !== 0,
    hasOtherError: false,
  });
}

/** @param byte the answer to GS r 1 */
export function readPaperStatus(byte: number): PrinterCondition {
  if (byte & 0x0c) return { kind: 'stopped', code: 'printer-paper-out' };
  return { kind: 'ready', isPaperLow: (byte & 0x03) !== 0 };
}

interface Signs {
  readonly isOffline: boolean;
  readonly isCoverOpen: boolean;
  readonly hasPaperEnded: boolean;
  readonly isPaperLow: boolean;
  readonly isCutterStuck: boolean;
  readonly isBroken: boolean;
  readonly isHot: boolean;
  readonly hasOtherError: boolean;
}

/** The sign that a person must act on first. */
function conditionOf(signs: Signs): PrinterCondition {
  if (signs.isBroken) return { kind: 'stopped', code: 'printer-fault' };
  if (signs.isCutterStuck) return { kind: 'stopped', code: 'printer-cutter' };
  // Before paper: with the cover open the paper sensor sees none.
  if (signs.isCoverOpen) return { kind: 'stopped', code: 'printer-cover-open' };
  if (signs.hasPaperEnded) return { kind: 'stopped', code: 'printer-paper-out' };
  if (signs.isHot) return { kind: 'stopped', code: 'printer-hot' };
  if (signs.hasOtherError) return { kind: 'stopped', code: 'printer-fault' };
  if (signs.isOffline) return { kind: 'stopped', code: 'printer-offline' };
  return { kind: 'ready', isPaperLow: signs.isPaperLow };
}
