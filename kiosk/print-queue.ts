// Brings durable print jobs to paper. A job that may be on paper is never sent again by itself; one that is queued goes to
// the fallback printer when the first cannot print for long; what became of each is told to headquarters.
import type { FactContent } from '../sync/contract/facts.ts';
import type { FactId } from '../sync/contract/ids.ts';
import { type LanePrinter, PrintLane, type SettleReason, type SlipEnd } from './print-lane.ts';
import { type PrinterRole, type PrintJob, printerRoles } from './store/print-jobs.ts';
import type { TerminalStore } from './store/terminal-store.ts';

export interface PrintQueueOptions {
  readonly store: TerminalStore;
  /** null = this terminal has no printer: every job fails at once and visibly */
  readonly printer: LanePrinter | null;
  /** takes what is queued when `printer` could not print for `afterMs` */
  readonly fallback?: { readonly printer: LanePrinter; readonly afterMs: number } | null;
  /** names this boot of the machine: across a power cut the printer may have forgotten what it counted */
  readonly boot: string;
  /** a slip older than this is not wanted any more */
  readonly expiryMs: number;
  /** a job changed its state: show it, and tell headquarters */
  readonly onSettled: () => void;
  /** the store refused: nothing is lost, the job is tried again at the next kick */
  readonly onFault: (cause: unknown) => void;
}

export class PrintQueue {
  readonly #options: PrintQueueOptions;
  readonly #lanes: ReadonlyMap<PrinterRole, PrintLane>;
  readonly #stop = new AbortController();
  /** what became of a job whose end the store could not write yet, oldest first */
  readonly #unsettled: Settlement[] = [];
  /** jobs that a printer was given and that are not sent yet: nobody else may take them */
  readonly #inHand = new Set<FactId>();
  #patience: NodeJS.Timeout | undefined;
  #isFirstGivenUp = false;

  constructor(options: PrintQueueOptions) {
    this.#options = options;
    const { printer, fallback } = options;
    const lanes = new Map<PrinterRole, PrintLane>();
    if (printer) lanes.set('first', this.#laneOf('first', printer));
    if (printer && fallback) lanes.set('fallback', this.#laneOf('fallback', fallback.printer));
    this.#lanes = lanes;
  }

  /** A job was queued, or a printer may be able again. */
  kick(): void {
    if (this.#stop.signal.aborted) return;
    try {
      this.#writeUnsettled();
      this.#settleHopeless();
    } catch (cause) {
      this.#options.onFault(cause);
      return;
    }
    this.#watchFirst();
    for (const lane of this.#lanes.values()) lane.kick();
  }

  /** A printer says that a job is on paper which was given up before. */
  proofCameLate(proofId: number, printer: PrinterRole): void {
    if (this.#stop.signal.aborted) return;
    try {
      const job = this.#options.store.printJobs.lastWithProof(proofId, printer);
      if (!job || job.state === 'printed') return;
      this.#settle({
        job,
        end: 'printed',
        reason: job.state === 'unconfirmed' ? 'late-proof' : null,
        printer,
      });
    } catch (cause) {
      this.#options.onFault(cause);
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#patience);
    await Promise.all([...this.#lanes.values()].map(({ idle }) => idle));
  }

  #laneOf(role: PrinterRole, printer: LanePrinter): PrintLane {
    const { store, boot, onFault } = this.#options;
    return new PrintLane({
      role,
      printer,
      jobs: store.printJobs,
      boot,
      isExpired: (job) => this.#isExpired(job),
      take: () => this.#take(role),
      giveBack: (job) => {
        this.#inHand.delete(job.id);
      },
      settle: (job, end, reason) => this.#settle({ job, end, reason, printer: role }),
      onFault,
      signal: this.#stop.signal,
    });
  }

  #take(role: PrinterRole): PrintJob | undefined {
    // an end that is not written yet comes first
    this.#writeUnsettled();
    this.#settleHopeless();
    if (role === 'fallback' && !this.#isFirstGivenUp) return undefined;
    const job = this.#options.store.printJobs.nextQueued(this.#inHand);
    if (job) this.#inHand.add(job.id);
    return job;
  }

  /** The fallback prints only while the first cannot, and not for a moment's absence. */
  #watchFirst(): void {
    const { fallback } = this.#options;
    if (!fallback) return;
    if (this.#lanes.get('first')?.canPrint) {
      clearTimeout(this.#patience);
      this.#patience = undefined;
      this.#isFirstGivenUp = false;
    } else if (!this.#isFirstGivenUp) {
      this.#patience ??= setTimeout(() => {
        this.#patience = undefined;
        this.#isFirstGivenUp = true;
        this.kick();
      }, fallback.afterMs);
    }
  }

  /** What no printer will print: too old, or there is no printer (any more). */
  #settleHopeless(): void {
    const { printJobs } = this.#options.store;
    for (const role of printerRoles) {
      if (this.#lanes.has(role)) continue;
      for (let job = printJobs.interrupted(role); job; job = printJobs.interrupted(role)) {
        this.#settle({ job, end: 'unconfirmed', reason: 'printer-cut-off', printer: role });
      }
    }
    for (;;) {
      const job = printJobs.nextQueued(this.#inHand);
      if (!job) return;
      if (this.#isExpired(job)) this.#settle({ job, end: 'expired', reason: null, printer: null });
      else if (this.#lanes.size === 0)
        this.#settle({ job, end: 'failed', reason: 'no-printer', printer: null });
      else return;
    }
  }

  #isExpired(job: PrintJob): boolean {
    return job.ageMs > this.#options.expiryMs;
  }

  /** @throws when the store refuses: then it stays to be written at the next kick, and no further job starts */
  #settle(settlement: Settlement): void {
    this.#unsettled.push(settlement);
    this.#writeUnsettled();
  }

  #writeUnsettled(): void {
    const { store, onSettled } = this.#options;
    for (let next = this.#unsettled[0]; next; next = this.#unsettled[0]) {
      const { job, end, reason, printer } = next;
      // what is known to be on paper stays so, whatever else was thought of it meanwhile
      if (store.printJobs.find(job.id)?.state !== 'printed') {
        const fact: FactContent = {
          kind: 'slip-settled',
          body: {
            job: job.id,
            slip: job.slip,
            copy: job.copy,
            outcome: end,
            reason,
            ...(printer ? { printer: factNames[printer] } : {}),
          },
        };
        store.record({ fact, effects: [] }, () => store.printJobs.mark(job.id, end));
      }
      this.#unsettled.shift();
      onSettled();
    }
  }
}

interface Settlement {
  readonly job: PrintJob;
  readonly end: SlipEnd;
  readonly reason: SettleReason;
  /** null when no printer had it */
  readonly printer: PrinterRole | null;
}

const factNames = { first: 'printer', fallback: 'fallback-printer' } as const;
