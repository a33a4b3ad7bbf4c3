// Brings durable print jobs to paper, one after the other. A job that may be on paper is never sent again by itself;
// one that was interrupted is settled by what the printer counted since.
import type { DeviceErrorCode } from '../device/device-error.ts';
import type { PrintCounters, PrinterState, ReceiptPrinter } from '../device/receipt-printer.ts';
import type { FactContent } from '../sync/contract/facts.ts';
import type { FactId } from '../sync/contract/ids.ts';
import type { PrintJob } from './store/print-jobs.ts';
import type { TerminalStore } from './store/terminal-store.ts';

export interface PrintQueueOptions {
  readonly store: TerminalStore;
  /** null = this terminal has no printer: every job fails at once and visibly */
  readonly printer: Pick<ReceiptPrinter, 'print' | 'state' | 'readCounters'> | null;
  /** names this boot of the machine: across a power cut the printer may have forgotten what it counted */
  readonly boot: string;
  /** a slip older than this is not wanted any more */
  readonly expiryMs: number;
  readonly now: () => Date;
  /** a job changed its state: show it, and tell headquarters */
  readonly onSettled: () => void;
  /** the store refused: nothing is lost, the job is tried again at the next kick */
  readonly onFault: (cause: unknown) => void;
}

export class PrintQueue {
  readonly #options: PrintQueueOptions;
  #isRunning = false;
  #isKicked = false;
  /** what became of a job whose end the store could not write yet, oldest first */
  readonly #unsettled: Settlement[] = [];
  /** jobs whose bytes this run has sent: it lives, so a line that broke was the printer's doing */
  readonly #sent = new Set<FactId>();
  #stop = new AbortController();
  #idle: Promise<void> = Promise.resolve();

  constructor(options: PrintQueueOptions) {
    this.#options = options;
  }

  /** A job was queued, or the printer may be able again. */
  kick(): void {
    if (this.#stop.signal.aborted) return;
    if (this.#isRunning) {
      // the run may have looked at the printer or the queue already
      this.#isKicked = true;
      return;
    }
    this.#isRunning = true;
    this.#isKicked = false;
    this.#idle = this.#run()
      .catch((cause: unknown) => this.#options.onFault(cause))
      .finally(() => {
        this.#isRunning = false;
        if (this.#isKicked) this.kick();
      });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#idle;
  }

  async #run(): Promise<void> {
    const { store } = this.#options;
    this.#writeUnsettled();
    for (;;) {
      const job = store.printJobs.next();
      if (!job || this.#stop.signal.aborted) return;
      const isOn = job.state === 'sending' ? await this.#recover(job) : await this.#print(job);
      if (!isOn) return;
    }
  }

  /** @returns whether to go on with what is next */
  async #print(job: PrintJob): Promise<boolean> {
    const { store, printer, boot } = this.#options;
    if (this.#isExpired(job)) return this.#settle(job, 'expired', null);
    if (!printer) return this.#settle(job, 'failed', 'no-printer');
    if (!canPrint(printer.state)) return false;
    let hasProof = false;
    const outcome = await printer.print(job.lines, {
      proofId: 1 + (job.number % 9999),
      // On disk before the first byte, and nothing else between them: a crash from here on leaves a job to recover.
      beforeFirstByte: (counters) => {
        store.printJobs.markSending(job.id, counters && { ...counters, boot });
        hasProof = counters !== null;
        this.#sent.add(job.id);
      },
      signal: this.#stop.signal,
    });
    switch (outcome.kind) {
      case 'printed':
        return this.#settle(job, 'printed', null);
      case 'not-sent':
        return false;
      case 'unconfirmed':
        // a shutdown leaves the job to the next start
        if (this.#stop.signal.aborted) return false;
        return hasProof || this.#settle(job, 'unconfirmed', outcome.code);
    }
  }

  /**
   * A job whose bytes may have left and whose end nobody saw: the counters say what became of it.
   * @returns whether to go on with what is next
   */
  async #recover(job: PrintJob): Promise<boolean> {
    const { store, printer, boot } = this.#options;
    const unconfirmed = (code: DeviceErrorCode): boolean => this.#settle(job, 'unconfirmed', code);
    if (!printer || job.before?.boot !== boot) return unconfirmed('printer-cut-off');
    if (!canPrint(printer.state)) return this.#isExpired(job) && unconfirmed(absenceOf(printer.state));
    const after = await printer.readCounters();
    if (this.#stop.signal.aborted) return false;
    // it left or stopped while it was asked: asked again when it is back
    if (!after) return canPrint(printer.state) && unconfirmed('printer-no-answer');
    switch (traceOf(job.before, after)) {
      case 'whole':
        return this.#settle(job, 'printed', null);
      case 'none':
        // a printer that lost its power may have printed it and forgotten that it counted
        if (this.#sent.has(job.id)) return unconfirmed('printer-cut-off');
        store.printJobs.mark(job.id, 'queued');
        return true;
      case 'part':
        return unconfirmed('printer-cut-off');
    }
  }

  #isExpired(job: PrintJob): boolean {
    return this.#options.now().getTime() - job.queuedMs > this.#options.expiryMs;
  }

  /** @returns true: on with what is next */
  #settle(job: PrintJob, outcome: Settlement['outcome'], reason: Settlement['reason']): true {
    this.#sent.delete(job.id);
    this.#unsettled.push({ job, outcome, reason });
    this.#writeUnsettled();
    return true;
  }

  /** @throws when the store refuses: then it stays to be written at the next kick, and no further job starts */
  #writeUnsettled(): void {
    const { store, onSettled } = this.#options;
    for (let next = this.#unsettled[0]; next; next = this.#unsettled[0]) {
      const { job, outcome, reason } = next;
      const fact: FactContent = {
        kind: 'slip-settled',
        body: { job: job.id, slip: job.slip, copy: job.copy, outcome, reason },
      };
      store.record({ fact, effects: [] }, () => store.printJobs.mark(job.id, outcome));
      this.#unsettled.shift();
      onSettled();
    }
  }
}

interface Settlement {
  readonly job: PrintJob;
  readonly outcome: 'printed' | 'unconfirmed' | 'failed' | 'expired';
  readonly reason: DeviceErrorCode | 'no-printer' | null;
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
