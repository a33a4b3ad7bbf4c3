// PORT: whatever puts a slip on paper. The kiosk says words; the printer knows bytes.
import type { DeviceErrorCode } from './device-error.ts';
import type { OutOfOrder } from './device-state.ts';

/** What a slip says, top to bottom. Text may be any Unicode; what the printer cannot print is substituted or drawn, never garbled. */
export type SlipLine =
  | { readonly kind: 'title'; readonly text: string }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly align?: 'left' | 'centre';
      readonly bold?: boolean;
    }
  /** label left, value right, wrapped when too long for one line */
  | { readonly kind: 'pair'; readonly label: string; readonly value: string; readonly bold?: boolean }
  | { readonly kind: 'rule' }
  | { readonly kind: 'space' }
  | { readonly kind: 'qr'; readonly content: string }
  /** centred; dots, rows of `ceil(width / 8)` bytes as base64, most significant bit left, 1 = dark; cut at the paper's edge */
  | { readonly kind: 'picture'; readonly width: number; readonly height: number; readonly bits: string };
export type Slip = readonly SlipLine[];

/** The printer as it is now, worst first. */
export type PrinterState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready'; readonly isPaperLow: boolean }
  /** reachable but not able to print: a person must do something */
  | {
      readonly kind: 'stopped';
      readonly code:
        | 'printer-paper-out'
        | 'printer-cover-open'
        | 'printer-offline'
        | 'printer-hot'
        | 'printer-cutter'
        | 'printer-fault';
    }
  | OutOfOrder;

/** What became of one job. Only `not-sent` may be tried again without a person's word. */
export type PrintOutcome =
  /** the printer itself said that this job is on paper */
  | { readonly kind: 'printed' }
  /** no byte left this machine */
  | { readonly kind: 'not-sent'; readonly code: DeviceErrorCode }
  /** bytes left, proof did not come: it may or may not be on paper */
  | { readonly kind: 'unconfirmed'; readonly code: DeviceErrorCode };

/** What the printer itself has counted, over its whole life. */
export interface PrintCounters {
  /** lines of paper that were fed */
  readonly lines: number;
  /** pieces of paper that were cut off */
  readonly cuts: number;
}

export interface PrintOptions {
  /** 1 … 9999, different for jobs that follow each other: the printer echoes it when the paper is out */
  readonly proofId: number;
  /**
   * Called after the printer said that it can print and before the first byte of the job.
   * Must make "sending" durable; throwing means: do not send.
   * @param counters as they are before the job; null when the printer has none or does not say
   */
  readonly beforeFirstByte: (counters: PrintCounters | null) => void;
  /** Called once when the machine has handed over the last byte; from here on only the printer knows. Must not throw. */
  readonly afterLastByte?: () => void;
  readonly signal?: AbortSignal;
}

export interface ReceiptPrinterEvents {
  readonly onState: (state: PrinterState) => void;
  /** The printer says that a job is on paper which was given up before; may come again. */
  readonly onLateProof?: (proofId: number) => void;
}

export interface ReceiptPrinter {
  readonly state: PrinterState;
  /** One job at a time; resolves when settled, never rejects for what a printer does. */
  print(slip: Slip, options: PrintOptions): Promise<PrintOutcome>;
  /**
   * The counters after everything that was sent so far: a job that changed none of them is not on paper.
   * Null when the printer has none, cannot print now (see `state`), is at work for us, or does not answer.
   */
  readCounters(): Promise<PrintCounters | null>;
  close(): Promise<void>;
}
