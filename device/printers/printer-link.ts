// One connection to a printer: asks one question at a time in the printer's dialect, and passes proofs on.
import type { PrintCounters } from '../receipt-printer.ts';
import type { BytePort } from '../transport/byte-port.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { counterQuery, cutCounter, echoRequest, freshMark, lineCounter } from './printer-questions.ts';
import { PrinterReplies, type PrinterReply } from './printer-replies.ts';
import {
  automaticStatusRequest,
  type PrinterCondition,
  paperQuery,
  readAutomaticStatus,
  readPaperStatus,
  readStatus,
  statusAnswers,
  statusQuery,
} from './printer-status.ts';

/** A question without an answer is asked again after this many times the wait for an answer. */
const askAgainAfter = 15;
/** Answers to what an earlier connection asked follow each other within this. */
const strayMs = 50;

export interface PrinterLinkOptions {
  readonly status: PrinterProfile['status'];
  /** an answer that takes longer, in a dialect that is obeyed only in the order of the buffer, means "cannot print now" */
  readonly answerMs: number;
}

export interface PrinterLinkEvents {
  readonly onCondition: (condition: PrinterCondition) => void;
  /** the job with this proof id is on paper */
  readonly onProof: (proofId: number) => void;
}

/** A question that was written. */
interface Question {
  readonly hear: (reply: PrinterReply) => void;
  readonly giveUp: () => void;
}

/** Ends with its connection; a new connection needs a new link, so that no late answer is taken for a new one. */
export class PrinterLink {
  readonly #port: BytePort;
  readonly #options: PrinterLinkOptions;
  readonly #events: PrinterLinkEvents;
  readonly #replies = new PrinterReplies();
  #question: Question | undefined;
  /** Settles when whoever asked before has their answer: answers do not say what they answer. */
  #turn: Promise<unknown> = Promise.resolve();
  #isReadingCounters = false;
  #hasEnded = false;
  #condition: PrinterCondition | undefined;
  /** what the answers to GS r that are still to come answer, in this order: a job's proof id, or the status */
  readonly #transmissions: (number | 'status')[] = [];
  #hasHeardStray = false;
  #isInStep = false;
  /** when the question was sent that the printer has not come to yet */
  #askedAtMs: number | undefined;

  constructor(port: BytePort, options: PrinterLinkOptions, events: PrinterLinkEvents) {
    this.#port = port;
    this.#options = options;
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

  /** The answer behind a job that was given up is still to come: the next one could not be told from it. */
  get owesTransmission(): boolean {
    return this.#transmissions.some((what) => what !== 'status');
  }

  /** Resolves with what the printer answers to a question asked from now on, undefined when the connection ended first. */
  ask(): Promise<PrinterCondition | undefined> {
    return this.#inTurn(async () => {
      switch (this.#options.status) {
        case 'dle-eot':
          return await this.#askAtOnce();
        case 'automatic':
          return await this.#askInOrder(automaticStatusRequest);
        case 'gs-r':
          return await this.#askInOrder(paperQuery);
        case 'none':
          return this.#hasEnded ? undefined : this.#note({ kind: 'ready', isPaperLow: false });
      }
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

  /**
   * Sends a job with GS r behind it, whose answer is its proof.
   * @throws PortClosedError
   */
  writeWithTransmission(bytes: Uint8Array, proofId: number): Promise<void> {
    this.#transmissions.push(proofId);
    return this.#port.write(Buffer.concat([bytes, paperQuery]));
  }

  /**
   * Answers to GS r carry no number, and a printer that had to wait gives those of an earlier connection to this one:
   * lets them pass. Once a connection.
   */
  async letStraysPass(): Promise<void> {
    while (!this.#isInStep && !this.#hasEnded) {
      this.#hasHeardStray = false;
      await new Promise((resolve) => {
        setTimeout(resolve, strayMs);
      });
      this.#isInStep = !this.#hasHeardStray;
    }
  }

  receive(chunk: Uint8Array): void {
    for (const reply of this.#replies.push(chunk)) {
      this.#hear(reply);
      this.#question?.hear(reply);
    }
  }

  /** The connection is gone: nobody will answer. */
  end(): void {
    this.#hasEnded = true;
    this.#question?.giveUp();
  }

  #hear(reply: PrinterReply): void {
    switch (reply.kind) {
      case 'proof':
        if (/^\d{4}$/.test(reply.digits)) this.#events.onProof(Number(reply.digits));
        return;
      case 'automatic':
        if (this.#options.status === 'automatic') this.#note(readAutomaticStatus(reply.bytes));
        return;
      case 'transmitted': {
        const what = this.#transmissions.shift();
        if (what === 'status') this.#note(readPaperStatus(reply.byte));
        else if (what === undefined) this.#hasHeardStray = true;
        else this.#events.onProof(what);
        return;
      }
      case 'status':
      case 'counter':
        return;
    }
  }

  #note(condition: PrinterCondition): PrinterCondition {
    this.#condition = condition;
    this.#events.onCondition(condition);
    return condition;
  }

  #askAtOnce(): Promise<PrinterCondition | undefined> {
    const answers: number[] = [];
    return this.#say(statusQuery, (reply) => {
      if (reply.kind === 'status') answers.push(reply.byte);
      return answers.length < statusAnswers ? undefined : this.#note(readStatus(answers));
    });
  }

  /** A printer that cannot print does not come to the question: its silence is the answer. */
  async #askInOrder(query: Uint8Array): Promise<PrinterCondition | undefined> {
    const before = this.#condition;
    const nowMs = performance.now();
    // While one is still to be answered more would only pile up in the buffer; but a power cut may have swallowed it.
    const isDue =
      this.#askedAtMs === undefined || nowMs - this.#askedAtMs >= askAgainAfter * this.#options.answerMs;
    if (isDue) {
      this.#askedAtMs = nowMs;
      if (query === paperQuery) this.#transmissions.push('status');
    }
    const answer = await this.#say(
      isDue ? query : new Uint8Array(),
      () => (this.#condition === before ? undefined : this.#condition),
      this.#options.answerMs,
    );
    if (answer) this.#askedAtMs = undefined;
    if (answer || this.#hasEnded) return answer;
    return this.#condition?.kind === 'stopped'
      ? this.#condition
      : this.#note({ kind: 'stopped', code: 'printer-offline' });
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
      if (bytes.length > 0) this.#port.write(bytes).catch(() => undefined);
    });
  }
}

function counterValue(reply: PrinterReply): number | undefined {
  return reply.kind === 'counter' ? reply.value : undefined;
}
