// One job whose bytes are leaving: waits for the printer's word that it is on paper.
import type { DeviceErrorCode } from '../device-error.ts';
import type { PrintOutcome } from '../receipt-printer.ts';
import type { PrinterCondition } from './printer-status.ts';

export interface PrintJobLimits {
  /** how long a printer that can print may take to say that it has */
  readonly proofMs: number;
  /** how long a printer that stopped may wait for a person: new paper finishes the same job */
  readonly refillMs: number;
}

export class PrintJob {
  readonly outcome: Promise<PrintOutcome>;
  readonly #proofId: number | null;
  readonly #limits: PrintJobLimits;
  #resolve: (outcome: PrintOutcome) => void = () => undefined;
  #condition: PrinterCondition = { kind: 'ready', isPaperLow: false };
  #deadline: NodeJS.Timeout | undefined;
  #isSettled = false;

  /** @param proofId what will come back; null when this printer proves nothing */
  constructor(proofId: number | null, limits: PrintJobLimits) {
    this.#proofId = proofId;
    this.#limits = limits;
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#wait(limits.proofMs);
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** @returns whether it was this job's */
  proofCame(proofId: number): boolean {
    if (proofId !== this.#proofId) return false;
    this.#settle({ kind: 'printed' });
    return true;
  }

  /** The machine handed over the last byte; without a proof that is all there will be. */
  wasSent(): void {
    if (this.#proofId === null) this.#unconfirmed('printer-no-answer');
  }

  conditionIs(condition: PrinterCondition): void {
    if (condition.kind !== this.#condition.kind) {
      this.#wait(condition.kind === 'ready' ? this.#limits.proofMs : this.#limits.refillMs);
    }
    this.#condition = condition;
  }

  /** The printer was told to forget what it had received: no proof will come, and how far it came nobody knows. */
  wasCleared(): void {
    this.#unconfirmed('printer-cutter');
  }

  /** The connection ended, or the caller does not want to wait any longer. */
  cutOff(): void {
    this.#unconfirmed('printer-cut-off');
  }

  #wait(ms: number): void {
    clearTimeout(this.#deadline);
    if (this.#isSettled) return;
    this.#deadline = setTimeout(() => this.#giveUp(), ms);
  }

  #giveUp(): void {
    this.#unconfirmed(this.#condition.kind === 'stopped' ? this.#condition.code : 'printer-no-answer');
  }

  #unconfirmed(code: DeviceErrorCode): void {
    this.#settle({ kind: 'unconfirmed', code });
  }

  #settle(outcome: PrintOutcome): void {
    clearTimeout(this.#deadline);
    this.#isSettled = true;
    this.#resolve(outcome);
  }
}
