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
/** What the printer comes to without anything to print between is answered within this of each other. */
const quietMs = 100;
/** A printer that gives more than one answer to each question proves nothing. */
const mostRounds = 6;

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
  /** what the answers to GS r that are still to come answer, in this order: a job's proof id, the status, or nothing but the count */
  #transmissions: (number | 'status' | 'count')[] = [];
  /** the job whose answer came while later questions were open: a power cut may have swallowed it, and this was theirs */
  #doubtfulProof: number | undefined;
  #transmitted = 0;
  #onTransmitted: () => void = () => undefined;
  #isInStep = false;
  /** how many answers there were when the printer had let the last question pass */
  #mutedAt: number | undefined;
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
    return this.#doubtfulProof !== undefined || this.#transmissions.some((what) => typeof what === 'number');
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
   * Answers to GS r carry no number, and a printer that had to wait gives those to an earlier connection's questions to
   * this one: asks until each question gets one answer. Once a connection. Nobody may ask for the status meanwhile where
   * that is GS r too.
   * @param limitMs for an answer, behind an earlier job's; much shorter when it let the last question pass
   * @param strayJobs how many jobs may stand between questions that were never answered
   * @returns false when they did not come: no answer proves anything
   */
  async getInStep(limitMs: number, strayJobs: number, signal?: AbortSignal): Promise<boolean> {
    const answerMs = this.#mutedAt === this.#transmitted ? quietMs : limitMs;
    // The first answer may be anybody's; behind it, answers come alone only where a job is printed between them.
    let alone = -1;
    for (let round = 0; round < mostRounds + 2 * strayJobs && !this.#isInStep; round += 1) {
      const before = this.#transmitted;
      this.#transmissions.push('count');
      // A write that fails closes the port, and that ends the waiting.
      this.#port.write(paperQuery).catch(() => undefined);
      if (!(await this.#isTransmitting(answerMs, signal))) {
        if (!signal?.aborted) this.#mutedAt = this.#transmitted;
        break;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, quietMs);
      });
      const isAlone = this.#transmitted === before + 1;
      alone = alone >= 0 && !isAlone ? 0 : alone + 1;
      this.#isInStep = alone > strayJobs;
    }
    this.#transmissions = this.#transmissions.filter((what) => what !== 'count');
    return this.#isInStep && !this.#hasEnded;
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
    this.#onTransmitted();
  }

  #hear(reply: PrinterReply): void {
    switch (reply.kind) {
      case 'proof':
        if (/^\d{4}$/.test(reply.digits)) this.#events.onProof(Number(reply.digits));
        return;
      case 'automatic':
        if (this.#options.status === 'automatic') this.#noteSaid(readAutomaticStatus(reply.bytes));
        return;
      case 'transmitted':
        this.#hearTransmission(reply.byte);
        return;
      case 'status':
      case 'counter':
        return;
    }
  }

  #hearTransmission(byte: number): void {
    const what = this.#transmissions.shift();
    if (what === 'status') this.#noteSaid(readPaperStatus(byte));
    else if (typeof what === 'number') this.#doubtfulProof = what;
    if (this.#transmissions.length === 0 && this.#doubtfulProof !== undefined) {
      const proofId = this.#doubtfulProof;
      this.#doubtfulProof = undefined;
      this.#events.onProof(proofId);
    }
    this.#transmitted += 1;
    this.#onTransmitted();
  }

  /** Waits for an answer to GS r. */
  #isTransmitting(limitMs: number, signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isTransmitting: boolean): void => {
        clearTimeout(limit);
        signal?.removeEventListener('abort', giveUp);
        this.#onTransmitted = () => undefined;
        resolve(isTransmitting);
      };
      const giveUp = () => settle(false);
      const limit = setTimeout(giveUp, this.#hasEnded || signal?.aborted ? 0 : limitMs);
      signal?.addEventListener('abort', giveUp);
      this.#onTransmitted = () => settle(!this.#hasEnded);
    });
  }

  #note(condition: PrinterCondition): PrinterCondition {
    this.#condition = condition;
    this.#events.onCondition(condition);
    return condition;
  }

  /** It may come when nobody waits for it any more: the next question is due all the same. */
  #noteSaid(condition: PrinterCondition): void {
    this.#askedAtMs = undefined;
    this.#note(condition);
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
