// What can happen to a printer in the middle of a slip, each as one small named fault.
import type { SimulatedPrinter } from '../simulators/receipt-printer.ts';

export interface FaultScene {
  readonly printer: SimulatedPrinter;
  /** into the job's bytes, sometimes a little behind their end */
  readonly offset: number;
  /** 0 … 1 */
  readonly random: () => number;
  /** Mends or goes on with the mischief later. */
  readonly later: (ms: number, act: () => void) => void;
  /** The fault came to pass. */
  readonly happened: () => void;
  /** The terminal dies and comes back. */
  readonly restartTerminal: () => void;
}

/** Every fault is mended by itself within a second: only then can be judged whether the slip finds its end. */
export const printFaults: Readonly<Record<string, (scene: FaultScene) => void>> = {
  unplugged: ({ printer, offset, happened }) =>
    printer.afterReceived(offset, () => {
      happened();
      printer.cutLine();
    }),
  'power-cut': ({ printer, offset, happened }) =>
    printer.afterReceived(offset, () => {
      happened();
      printer.powerCycle();
    }),
  'paper-out': ({ printer, offset, happened, later }) =>
    printer.afterPrinted(offset, () => {
      happened();
      printer.takePaperOut();
      later(15, printer.putPaperIn);
    }),
  'paper-out-unplugged': ({ printer, offset, happened, later }) =>
    printer.afterPrinted(offset, () => {
      happened();
      printer.takePaperOut();
      later(8, printer.cutLine);
      later(25, printer.putPaperIn);
    }),
  'paper-out-power-cut': ({ printer, offset, happened, later }) =>
    printer.afterPrinted(offset, () => {
      happened();
      printer.takePaperOut();
      later(8, printer.powerCycle);
      later(20, printer.putPaperIn);
    }),
  'cover-open': ({ printer, offset, happened, later }) =>
    printer.afterPrinted(offset, () => {
      happened();
      printer.openCover();
      later(15, printer.closeCover);
    }),
  'cutter-jam': ({ printer, offset, happened, later }) =>
    printer.afterPrinted(offset, () => {
      happened();
      printer.jamCutter();
      later(15, printer.freeCutter);
    }),
  'hot-head': ({ printer, offset, happened, later }) =>
    printer.afterPrinted(offset, () => {
      happened();
      printer.heatUp();
      later(15, printer.coolDown);
    }),
  deaf: ({ printer, offset, happened, later, random }) =>
    printer.afterReceived(offset, () => {
      happened();
      printer.goDeaf();
      later(10 + 150 * random(), printer.hearAgain);
    }),
  'half-open': ({ printer, offset, happened, later }) =>
    printer.afterReceived(offset, () => {
      happened();
      printer.hang();
      later(120, () => {
        printer.powerCycle();
        printer.hearAgain();
      });
    }),
  'proof-lost': ({ printer, happened }) => {
    happened();
    printer.loseProofs(1);
  },
  'proof-late': ({ printer, happened, later, random }) => {
    happened();
    printer.holdProofs();
    later(10 + 150 * random(), printer.letProofsGo);
  },
  garbage: ({ printer, offset, happened }) =>
    printer.afterReceived(offset, () => {
      happened();
      printer.say(Buffer.of(0xff, 0x13, 0x11, 0x80, 0xff));
    }),
  'taken-by-another': ({ printer, offset, happened, later }) =>
    printer.afterReceived(offset, () => {
      happened();
      printer.serveSomebodyElse();
      later(25, printer.serveAgain);
    }),
  'terminal-dies': ({ happened, later, random, restartTerminal }) => {
    happened();
    later(8 * random(), restartTerminal);
  },
};

/** The hand that puts everything right again. */
export function mend(printer: SimulatedPrinter): void {
  printer.forgetTriggers();
  printer.putPaperIn();
  printer.closeCover();
  printer.freeCutter();
  printer.coolDown();
  printer.hearAgain();
  printer.loseProofs(0);
  printer.letProofsGo();
  printer.serveAgain();
}
