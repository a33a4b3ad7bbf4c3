// One connection to a printer: asks one question at a time, and passes proofs on.
import type { PrintCounters, PrinterState } from '../receipt-printer.ts';
import type { BytePort } from '../transport/byte-port.ts';
import { counterQuery, cutCounter, echoRequest, freshMark, lineCounter } from './printer-questions.ts';
import { PrinterReplies, type PrinterReply } from './printer-replies.ts';
import { readStatus, statusAnswers, statusQuery } from './printer-status.ts';

export type PrinterCondition = Extract<PrinterState, { kind: 'ready' | 'stopped' }>;

export interface PrinterLinkEvents {
  readonly onCondition: (condition: PrinterCondition) => void;
  readonly onProof: (digits: string) => void;
  readonly onTransmitted: () => void;
}

/** A question that was written. */
interface Question {
  readonly hear: (reply: PrinterReply) => void;
  readonly giveUp: () => void;
}

/** Ends with its connection; a new connection needs a new link, so that no late answer is taken for a new one. */
export class PrinterLink {
  readonly #port: BytePort;
  readonly #events: PrinterLinkEvents;
  readonly #replies = new PrinterReplies();
  #question: Question | undefined;
  /** Settles when whoever asked before has their answer: answers do not say what they answer. */
  #turn: Promise<unknown> = Promise.resolve();
  #isReadingCounters = false;
  #hasEnded = false;

  constructor(port: BytePort, events: PrinterLinkEvents) {
    this.#port = port;
    this.#events = events;
  }

  /** Bytes came that no printer says. */
  get hearsNonsense(): boolean {
    return this.#replies.noiseBytes > 0;
  }

  /** A question about the status waits for its turn meanwhile. */
  get isReadingCounters(): boolean {
    return this.#isReadingCounters;
  }

  /** Resolves with what the printer answers to a question asked from now on, undefined when the connection ended first. */
  ask(): Promise<PrinterCondition | undefined> {
    return this.#inTurn(async () => {
      const answers: number[] = [];
      return await this.#say(statusQuery, (reply) => {
        if (reply.kind === 'status') answers.push(reply.byte);
        if (answers.length < statusAnswers) return undefined;
        const condition = readStatus(answers);
        this.#events.onCondition(condition);
        return condition;
      });
    });
  }

  /**
   * Asked in the order of the buffer: the answer comes after everything sent before was carried out.
   * @param answerMs for each of the three answers that it takes
   * @returns undefined when the connection ended or an answer did not come
   */
  readCounters(answerMs: number): Promise<PrintCounters | undefined> {
    return this.#inTurn(async () => {
      this.#isReadingCounters = true;
      try {
        return await this.#readCounters(answerMs);
      } finally {
        this.#isReadingCounters = false;
      }
    });
  }

  /** @throws PortClosedError */
  write(bytes: Uint8Array): Promise<void> {
    return this.#port.write(bytes);
  }

  receive(chunk: Uint8Array): void {
    for (const reply of this.#replies.push(chunk)) {
      if (reply.kind === 'proof') this.#events.onProof(reply.digits);
      if (reply.kind === 'transmitted') this.#events.onTransmitted();
      this.#question?.hear(reply);
    }
  }

  /** The connection is gone: nobody will answer. */
  end(): void {
    this.#hasEnded = true;
    this.#question?.giveUp();
  }

  async #readCounters(answerMs: number): Promise<PrintCounters | undefined> {
    // What was asked before, even by a terminal that died meanwhile, is answered before this echo.
    const mark = freshMark();
    const isCurrent = await this.#say(
      echoRequest(mark),
      (reply) => (reply.kind === 'proof' && reply.digits === mark) || undefined,
      answerMs,
    );
    if (!isCurrent) return undefined;
    // The manuals want nothing sent between a question and its answer, so they are asked one by one.
    const lines = await this.#say(counterQuery(lineCounter), counterValue, answerMs);
    if (lines === undefined) return undefined;
    const cuts = await this.#say(counterQuery(cutCounter), counterValue, answerMs);
    return cuts === undefined ? undefined : { lines, cuts };
  }

  #inTurn<T>(question: () => Promise<T>): Promise<T> {
    const answer = this.#turn.then(question);
    this.#turn = answer;
    return answer;
  }

  /** @param understand gives the answer once enough was said */
  #say<T>(
    bytes: Uint8Array,
    understand: (reply: PrinterReply) => T | undefined,
    limitMs?: number,
  ): Promise<T | undefined> {
    if (this.#hasEnded) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (answer: T | undefined): void => {
        clearTimeout(limit);
        this.#question = undefined;
        resolve(answer);
      };
      const limit = limitMs === undefined ? undefined : setTimeout(() => settle(undefined), limitMs);
      this.#question = {
        hear: (reply) => {
          const answer = understand(reply);
          if (answer !== undefined) settle(answer);
        },
        giveUp: () => settle(undefined),
      };
      // A write that fails closes the port, and that ends this question.
      this.#port.write(bytes).catch(() => undefined);
    });
  }
}

function counterValue(reply: PrinterReply): number | undefined {
  return reply.kind === 'counter' ? reply.value : undefined;
}
