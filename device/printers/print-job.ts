// One job whose bytes have left: waits for the printer's word that it is on paper.
import type { DeviceErrorCode } from '../device-error.ts';
import type { PrintOutcome } from '../receipt-printer.ts';
import type { PrinterCondition } from './printer-link.ts';

export interface PrintJobLimits {
  /** how long a printer that can print may take to say that it has */
  readonly proofMs: number;
  /** how long a printer that stopped may wait for a person: new paper finishes the same job */
  readonly refillMs: number;
}

export class PrintJob {
  readonly outcome: Promise<PrintOutcome>;
  readonly #proof: string | undefined;
  readonly #limits: PrintJobLimits;
  #resolve: (outcome: PrintOutcome) => void = () => undefined;
  #condition: PrinterCondition = { kind: 'ready', isPaperLow: false };
  #deadline: NodeJS.Timeout | undefined;

  /** @param proof the digits that will come back; undefined when this printer gives no proof */
  constructor(proof: string | undefined, limits: PrintJobLimits) {
    this.#proof = proof;
    this.#limits = limits;
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#wait(limits.proofMs);
  }

  proofCame(digits: string): void {
    if (digits === this.#proof) this.#settle({ kind: 'printed' });
  }

  /** The printer read the job to its end; without a proof that is all there will be. */
  wasTransmitted(): void {
    if (this.#proof === undefined) this.#giveUp();
  }

  conditionIs(condition: PrinterCondition): void {
    if (condition.kind !== this.#condition.kind) {
      this.#wait(condition.kind === 'ready' ? this.#limits.proofMs : this.#limits.refillMs);
    }
    this.#condition = condition;
  }

  /** The connection ended, or the caller does not want to wait any longer. */
  cutOff(): void {
    this.#unconfirmed('printer-cut-off');
  }

  #wait(ms: number): void {
    clearTimeout(this.#deadline);
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
    this.#resolve(outcome);
  }
}
