// One connection to a printer: asks its status in rounds, one at a time, and passes proofs on.
import type { PrinterState } from '../receipt-printer.ts';
import type { BytePort } from '../transport/byte-port.ts';
import { PrinterReplies } from './printer-replies.ts';
import { readStatus, statusAnswers, statusQuery } from './printer-status.ts';

export type PrinterCondition = Extract<PrinterState, { kind: 'ready' | 'stopped' }>;

export interface PrinterLinkEvents {
  readonly onCondition: (condition: PrinterCondition) => void;
  readonly onProof: (digits: string) => void;
  readonly onTransmitted: () => void;
}

/** Ends with its connection; a new connection needs a new link, so that no late answer is taken for a new one. */
export class PrinterLink {
  readonly #port: BytePort;
  readonly #events: PrinterLinkEvents;
  readonly #replies = new PrinterReplies();
  #answers: number[] | undefined;
  #hasEnded = false;
  #waiting: ((condition: PrinterCondition | undefined) => void)[] = [];

  constructor(port: BytePort, events: PrinterLinkEvents) {
    this.#port = port;
    this.#events = events;
  }

  /** Bytes came that no printer says. */
  get hearsNonsense(): boolean {
    return this.#replies.noiseBytes > 0;
  }

  /**
   * Resolves with what the printer answers to a question asked from now on, undefined when the connection
   * ended first. While another round is under way its answers are awaited before.
   */
  async ask(): Promise<PrinterCondition | undefined> {
    while (this.#answers) {
      const before = await this.#nextCondition();
      if (!before) return undefined;
    }
    if (this.#hasEnded) return undefined;
    this.#answers = [];
    const answered = this.#nextCondition();
    // A write that fails closes the port, and that ends this round.
    this.#port.write(statusQuery).catch(() => undefined);
    return await answered;
  }

  /** @throws PortClosedError */
  write(bytes: Uint8Array): Promise<void> {
    return this.#port.write(bytes);
  }

  receive(chunk: Uint8Array): void {
    for (const reply of this.#replies.push(chunk)) {
      switch (reply.kind) {
        case 'status':
          this.#collect(reply.byte);
          break;
        case 'proof':
          this.#events.onProof(reply.digits);
          break;
        case 'transmitted':
          this.#events.onTransmitted();
          break;
      }
    }
  }

  /** The connection is gone: nobody will answer. */
  end(): void {
    this.#hasEnded = true;
    this.#answers = undefined;
    this.#settle(undefined);
  }

  #collect(byte: number): void {
    if (!this.#answers) return;
    this.#answers.push(byte);
    if (this.#answers.length < statusAnswers) return;
    const condition = readStatus(this.#answers);
    this.#answers = undefined;
    this.#events.onCondition(condition);
    this.#settle(condition);
  }

  #nextCondition(): Promise<PrinterCondition | undefined> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #settle(condition: PrinterCondition | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(condition);
  }
}
