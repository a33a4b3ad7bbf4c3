// Asks headquarters what only it can know now; whoever asks has an answer of their own when none comes in time (rule OR5).
import { decodeFrame } from './contract/frame.ts';
import type { CardToken, MemberId, QuestionId, TenantId } from './contract/ids.ts';
import {
  type Answer,
  answerSchema,
  type CodeAnswer,
  type CodeWords,
  type Known,
  type Question,
  questionsPerSecond,
} from './contract/questions.ts';
import { topics } from './contract/topics.ts';
import type { CourierLine, CourierPart } from './courier-part.ts';
import { factIdMaker } from './fact-id.ts';
import type { Outbox } from './outbox.ts';

/** What is asked: a member as they stand now, or a card that is unknown here. */
export type Asked =
  | { readonly kind: 'balance'; readonly member: MemberId }
  | { readonly kind: 'card'; readonly card: CardToken };

/** Headquarters' answer. */
export interface Told extends Known {
  /** facts up to this place in our store are in it */
  readonly place: number;
}

/** A code for a telephone: one is to be sent, or one was typed. */
export type CodeAsked =
  | { readonly kind: 'send-code'; readonly words: CodeWords }
  | { readonly kind: 'check-code'; readonly words: CodeWords & { readonly code: string } };
type NewQuestion = Pick<Question, 'kind'> & object;

/** @param told undefined = no answer came in time */
export type Answered = (told: Told | undefined) => void;

export interface QuestionsOptions {
  readonly tenant: TenantId;
  readonly outbox: Outbox;
  /** how long a person waits for headquarters */
  readonly limitMs: number;
  /** was headquarters heard lately? Nothing is asked otherwise. */
  readonly isOnline: () => boolean;
}

export class Questions {
  readonly #options: QuestionsOptions;
  readonly #makeId = factIdMaker();
  readonly #waiting = new Map<QuestionId, (answer: Answer | undefined) => void>();
  /** when the last few were asked, oldest first */
  #askedMs: readonly number[] = [];
  #line: CourierLine | undefined;

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /**
   * @param answered called once, in a later turn, within the limit
   * @returns false when headquarters cannot be asked now; `answered` is not called then
   */
  ask(asked: Asked, answered: Answered): boolean {
    const { outbox } = this.#options;
    const { epoch } = outbox;
    return this.#send(
      () => asked,
      (answer) => {
        // in a new epoch the numbers of the answer mean nothing
        const isTold = answer?.kind === 'known' && outbox.epoch === epoch;
        answered(isTold ? { ...answer, place: outbox.placeOf(answer.applied) } : undefined);
      },
    );
  }

  /** As `ask`: about a telephone and its code. */
  askCode({ kind, words }: CodeAsked, answered: (answer: CodeAnswer | undefined) => void): boolean {
    return this.#send(
      (id) => ({ kind, words: this.#options.outbox.seal(words, { id, kind }) }),
      (answer) => answered(answer?.kind === 'code' ? answer : undefined),
    );
  }

  #send(make: (id: QuestionId) => NewQuestion, answered: (answer: Answer | undefined) => void): boolean {
    const line = this.#line;
    if (!line || !this.#options.isOnline() || !this.#mayAsk(line)) return false;
    const { tenant, outbox, limitMs } = this.#options;
    const id = this.#makeId(Date.now()) as string as QuestionId;
    const timer = setTimeout(() => this.#settle(id, undefined), limitMs);
    this.#waiting.set(id, (answer) => {
      clearTimeout(timer);
      answered(answer);
    });
    line.send(topics.question(tenant, outbox.terminal), { v: 1, id, epoch: outbox.epoch, ...make(id) });
    return true;
  }

  /** For the courier. */
  open(line: CourierLine): CourierPart {
    this.#line = line;
    const { tenant, outbox } = this.#options;
    return {
      topics: [topics.answer(tenant, outbox.terminal)],
      receive: (_topic, frame) => {
        const answer = decodeFrame(answerSchema, frame);
        // one that nobody waits for any more is dropped
        this.#settle(answer.id, answer);
      },
      down: () => this.#giveUp(),
    };
  }

  /** Nobody waits any longer. */
  close(): void {
    this.#line = undefined;
    this.#giveUp();
  }

  #giveUp(): void {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, undefined);
  }

  #settle(id: QuestionId, answer: Answer | undefined): void {
    const answered = this.#waiting.get(id);
    this.#waiting.delete(id);
    answered?.(answer);
  }

  #mayAsk(line: CourierLine): boolean {
    const nowMs = line.monoMs();
    const lately = this.#askedMs.filter((ms) => nowMs - ms < 1_000);
    if (lately.length >= questionsPerSecond) {
      line.refuse('sync-question-surplus');
      return false;
    }
    this.#askedMs = [...lately, nowMs];
    return true;
  }
}
