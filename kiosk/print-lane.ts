// One printer of the queue: brings jobs to its paper one after the other, and finds out what became of interrupted ones.
import type { DeviceErrorCode } from '../device/device-error.ts';
import type { PrintCounters, PrinterState, ReceiptPrinter } from '../device/receipt-printer.ts';
import type { FactId } from '../sync/contract/ids.ts';
import type { SlipJobState } from './knowledge.ts';
import { type PrinterRole, type PrintJob, type PrintJobs, proofIdOf } from './store/print-jobs.ts';

export type LanePrinter = Pick<ReceiptPrinter, 'print' | 'state' | 'readCounters'>;
/** why a job ended otherwise than by being printed at once */
export type SettleReason = DeviceErrorCode | 'no-printer' | 'late-proof' | null;
export type SlipEnd = Extract<SlipJobState, 'printed' | 'unconfirmed' | 'failed' | 'expired'>;

export interface PrintLaneOptions {
  readonly role: PrinterRole;
  readonly printer: LanePrinter;
  readonly jobs: PrintJobs;
  /** names this boot of the machine: across a power cut the printer may have forgotten what it counted */
  readonly boot: string;
  readonly isExpired: (job: PrintJob) => boolean;
  /** the next job for this printer, taken out of the others' hands until given back */
  readonly take: () => PrintJob | undefined;
  readonly giveBack: (job: PrintJob) => void;
  /** @throws when the store refuses: no further job starts */
  readonly settle: (job: PrintJob, end: SlipEnd, reason: SettleReason) => void;
  /** the store refused something that is not needed: nothing is lost */
  readonly onFault: (cause: unknown) => void;
  readonly signal: AbortSignal;
}

export class PrintLane {
  readonly #options: PrintLaneOptions;
  #isRunning = false;
  #isKicked = false;
  /** jobs whose bytes this run has sent: it lives, so a line that broke was the printer's doing */
  readonly #sent = new Set<FactId>();
  #idle: Promise<void> = Promise.resolve();

  constructor(options: PrintLaneOptions) {
    this.#options = options;
  }

  get canPrint(): boolean {
    return canPrint(this.#options.printer.state);
  }

  /** Settles when nothing is under way any more. */
  get idle(): Promise<void> {
    return this.#idle;
  }

  /** There may be something to do. */
  kick(): void {
    const { signal, onFault } = this.#options;
    if (signal.aborted) return;
    if (this.#isRunning) {
      // the run may have looked at the printer or the queue already
      this.#isKicked = true;
      return;
    }
    this.#isRunning = true;
    this.#isKicked = false;
    this.#idle = this.#run()
      .catch(onFault)
      .finally(() => {
        this.#isRunning = false;
        if (this.#isKicked) this.kick();
      });
  }

  async #run(): Promise<void> {
    const { jobs, role, signal, take, giveBack } = this.#options;
    while (!signal.aborted) {
      const interrupted = jobs.interrupted(role);
      if (interrupted) {
        if (!(await this.#recover(interrupted))) return;
        continue;
      }
      const job = this.canPrint ? take() : undefined;
      if (!job) return;
      try {
        if (!(await this.#print(job))) return;
      } finally {
        giveBack(job);
      }
    }
  }

  /** @returns whether to go on with what is next */
  async #print(job: PrintJob): Promise<boolean> {
    const { role, printer, jobs, boot, signal, onFault } = this.#options;
    let hasProof = false;
    const outcome = await printer.print(job.lines, {
      proofId: proofIdOf(job),
      // On disk before the first byte, and nothing else between them: a crash from here on leaves a job to recover.
      beforeFirstByte: (counters) => {
        jobs.markSending(job.id, role, counters && { ...counters, boot });
        hasProof = counters !== null;
        this.#sent.add(job.id);
      },
      afterLastByte: () => {
        try {
          jobs.markSent(job.id);
        } catch (cause) {
          onFault(cause);
        }
      },
      signal,
    });
    switch (outcome.kind) {
      case 'printed':
        return this.#settle(job, 'printed', null);
      case 'not-sent':
        return false;
      case 'unconfirmed':
        // a shutdown leaves the job to the next start
        if (signal.aborted) return false;
        return hasProof || this.#settle(job, 'unconfirmed', outcome.code);
    }
  }

  /**
   * A job whose bytes may have left and whose end nobody saw: the counters say what became of it.
   * @returns whether to go on with what is next
   */
  async #recover(job: PrintJob): Promise<boolean> {
    const { printer, jobs, boot, signal, isExpired } = this.#options;
    const unconfirmed = (code: DeviceErrorCode): boolean => this.#settle(job, 'unconfirmed', code);
    if (job.before?.boot !== boot) return unconfirmed('printer-cut-off');
    if (!this.canPrint) return isExpired(job) && unconfirmed(absenceOf(printer.state));
    const after = await printer.readCounters();
    if (signal.aborted) return false;
    // its proof came late, while we asked
    if (jobs.find(job.id)?.state !== job.state) {
      this.#sent.delete(job.id);
      return true;
    }
    // it left or stopped while it was asked: asked again when it is back
    if (!after) return this.canPrint && unconfirmed('printer-no-answer');
    switch (traceOf(job.before, after)) {
      case 'whole':
        return this.#settle(job, 'printed', null);
      case 'none':
        // a printer that lost its power may have printed it and forgotten that it counted
        if (this.#sent.has(job.id)) return unconfirmed('printer-cut-off');
        jobs.mark(job.id, 'queued');
        return true;
      case 'part':
        return unconfirmed('printer-cut-off');
    }
  }

  /** @returns true: on with what is next */
  #settle(job: PrintJob, end: SlipEnd, reason: SettleReason): true {
    this.#sent.delete(job.id);
    this.#options.settle(job, end, reason);
    return true;
  }
}

/** What a job left on the paper, as far as the printer counted. */
function traceOf(before: PrintCounters, after: PrintCounters): 'none' | 'part' | 'whole' {
  if (after.lines === before.lines && after.cuts === before.cuts) return 'none';
  // the cut is the last that a job does
  return after.lines > before.lines && after.cuts > before.cuts ? 'whole' : 'part';
}

function absenceOf(state: PrinterState): DeviceErrorCode {
  return 'code' in state ? state.code : 'printer-cut-off';
}

function canPrint(state: PrinterState): boolean {
  switch (state.kind) {
    case 'ready':
      return true;
    case 'opening':
    case 'stopped':
    case 'absent':
    case 'lost':
    case 'back-off':
      return false;
  }
}
