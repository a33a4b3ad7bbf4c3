// Brings durable print jobs to paper, one after the other. A job that may be on paper is never sent again by itself.
import type { DeviceErrorCode } from '../device/device-error.ts';
import type { PrinterState, PrintOutcome, ReceiptPrinter } from '../device/receipt-printer.ts';
import type { FactContent } from '../sync/contract/facts.ts';
import type { PrintJob } from './store/print-jobs.ts';
import type { TerminalStore } from './store/terminal-store.ts';

export interface PrintQueueOptions {
  readonly store: TerminalStore;
  /** null = this terminal has no printer: every job fails at once and visibly */
  readonly printer: Pick<ReceiptPrinter, 'print' | 'state'> | null;
  /** a slip older than this is not wanted any more */
  readonly expiryMs: number;
  readonly now: () => Date;
  /** a job changed its state: show it, and tell headquarters */
  readonly onSettled: () => void;
  readonly onProgress: () => void;
  /** the store refused: nothing is lost, the job is tried again at the next kick */
  readonly onFault: (cause: unknown) => void;
}

export class PrintQueue {
  readonly #options: PrintQueueOptions;
  #isRunning = false;
  #isKicked = false;
  /** what became of a job whose end the store could not write yet, oldest first */
  readonly #unsettled: Settlement[] = [];
  #stop = new AbortController();
  #idle: Promise<void> = Promise.resolve();

  constructor(options: PrintQueueOptions) {
    this.#options = options;
  }

  /** Settles what the last run left half sent, then prints what waits. */
  start(): void {
    for (const job of this.#options.store.printJobs.interrupted())
      this.#unsettled.push({ job, outcome: 'unconfirmed', reason: 'printer-cut-off' });
    this.kick();
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
    const { store, printer } = this.#options;
    this.#writeUnsettled();
    for (;;) {
      const job = store.printJobs.next();
      if (!job || this.#stop.signal.aborted) return;
      if (this.#isExpired(job)) {
        this.#settle(job, 'expired', null);
        continue;
      }
      if (!printer) {
        this.#settle(job, 'failed', 'no-printer');
        continue;
      }
      if (!canPrint(printer.state)) return;
      const outcome = await printer.print(job.lines, {
        proofId: 1 + (job.number % 9999),
        // on disk before the first byte: a crash from here on leaves "unconfirmed", never a second copy
        beforeFirstByte: () => {
          store.printJobs.mark(job.id, 'sending');
          this.#options.onProgress();
        },
        signal: this.#stop.signal,
      });
      if (!this.#conclude(job, outcome)) return;
    }
  }

  /** @returns whether to go on with the next job */
  #conclude(job: PrintJob, outcome: PrintOutcome): boolean {
    switch (outcome.kind) {
      case 'printed':
        this.#settle(job, 'printed', null);
        return true;
      case 'unconfirmed':
        // a shutdown leaves the job "sending": the next start settles it the same way, once
        if (this.#stop.signal.aborted) return false;
        this.#settle(job, 'unconfirmed', outcome.code);
        return true;
      case 'not-sent':
        this.#options.store.printJobs.mark(job.id, 'queued');
        this.#options.onProgress();
        return false;
    }
  }

  #isExpired(job: PrintJob): boolean {
    return this.#options.now().getTime() - job.queuedMs > this.#options.expiryMs;
  }

  #settle(job: PrintJob, outcome: Settlement['outcome'], reason: Settlement['reason']): void {
    this.#unsettled.push({ job, outcome, reason });
    this.#writeUnsettled();
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

function canPrint(state: PrinterState): boolean {
  switch (state.kind) {
    case 'ready':
      return true;
    case 'opening':
    case 'stopped':
    case 'lost':
      return false;
  }
}
