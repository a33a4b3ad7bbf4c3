// What a simulated printer says about its own mechanics: the bits of DLE EOT, GS a and GS r. Pure.

/** What a hand, heat or wear can do to a printer. */
export interface PrinterMechanics {
  readonly hasPaper: boolean;
  readonly isPaperLow: boolean;
  readonly isCoverOpen: boolean;
  readonly isOffline: boolean;
  /** the blade is stuck */
  readonly isCutterJammed: boolean;
  /** the error that a stuck blade caused; on some models it outlives the cause until the host ends it */
  readonly hasCutterError: boolean;
  readonly isHot: boolean;
  readonly isBroken: boolean;
}

export const soundMechanics: PrinterMechanics = {
  hasPaper: true,
  isPaperLow: false,
  isCoverOpen: false,
  isOffline: false,
  isCutterJammed: false,
  hasCutterError: false,
  isHot: false,
  isBroken: false,
};

export function isStopped(state: PrinterMechanics): boolean {
  const { hasPaper, isCoverOpen, isOffline, hasCutterError, isHot, isBroken } = state;
  return !hasPaper || isCoverOpen || isOffline || hasCutterError || isHot || isBroken;
}

/** Answer to DLE EOT n (Epson, ESC/POS command reference). */
export function statusByte(state: PrinterMechanics, n: number): number {
  const { hasPaper, isPaperLow, isCoverOpen, hasCutterError } = state;
  const bits: Readonly<Record<number, number>> = {
    1: isStopped(state) ? 0x08 : 0,
    2: (isCoverOpen ? 0x04 : 0) | (hasPaper ? 0 : 0x20) | (hasError(state) ? 0x40 : 0),
    3: (hasCutterError ? 0x08 : 0) | (state.isBroken ? 0x20 : 0) | (state.isHot ? 0x40 : 0),
    4: (hasPaper ? 0 : 0x60) | (isPaperLow || !hasPaper ? 0x0c : 0),
  };
  return 0x12 | (bits[n] ?? 0);
}

/** The four bytes of the automatic status. */
export function automaticStatus(state: PrinterMechanics): Buffer {
  const { hasCutterError, isBroken, isHot } = state;
  return Buffer.of(
    0x10 | (isStopped(state) ? 0x08 : 0) | (state.isCoverOpen ? 0x20 : 0),
    (hasCutterError ? 0x08 : 0) | (isBroken ? 0x20 : 0) | (isHot ? 0x40 : 0),
    paperByte(state),
    0x0f,
  );
}

/** Answer to GS r 1, and the third automatic byte. */
export function paperByte({ hasPaper, isPaperLow }: PrinterMechanics): number {
  return (hasPaper ? 0 : 0x0c) | (isPaperLow || !hasPaper ? 0x03 : 0);
}

function hasError({ hasCutterError, isBroken, isHot }: PrinterMechanics): boolean {
  return hasCutterError || isBroken || isHot;
}
