// Answers terminals that ask for a telephone code: opens what is sealed, finds the number, sends or compares.
import * as v from 'valibot';
import type { TerminalId } from '../../contract/ids.ts';
import {
  type CodeAnswer,
  codeTryWordsSchema,
  codeWordsSchema,
  type Question,
} from '../../contract/questions.ts';
import { type Opener, sealBond } from '../../contract/seal.ts';
import type { Store } from '../store/store.ts';
import type { CheckedCode, PhoneCodes, SentCode } from './phone-codes.ts';

type CodeQuestion = Extract<Question, { kind: 'send-code' | 'check-code' }>;

export class CodeAnswers {
  readonly #store: Store;
  readonly #opener: Opener;
  readonly #codes: PhoneCodes;

  constructor(store: Store, opener: Opener, codes: PhoneCodes) {
    this.#store = store;
    this.#opener = opener;
    this.#codes = codes;
  }

  async answer(terminal: TerminalId, { id, kind, words }: CodeQuestion): Promise<CodeAnswer> {
    const opened = this.#opener.open(words, sealBond(terminal, { id, kind, schema: 1 }));
    const text: unknown = opened === undefined ? undefined : JSON.parse(opened);
    if (kind === 'send-code') {
      const asked = v.safeParse(codeWordsSchema, text);
      const phone = asked.success ? await this.#phoneOf(asked.output) : undefined;
      return answerOf(id, phone === undefined ? undefined : await this.#codes.send(phone));
    }
    const tried = v.safeParse(codeTryWordsSchema, text);
    const phone = tried.success ? await this.#phoneOf(tried.output) : undefined;
    return answerOf(
      id,
      tried.success && phone !== undefined ? await this.#codes.check(phone, tried.output.code) : undefined,
    );
  }

  async #phoneOf({ phone, member }: v.InferOutput<typeof codeWordsSchema>): Promise<string | undefined> {
    if (phone !== null) return phone;
    const row = await this.#store.db
      .selectFrom('member as m')
      .leftJoin('member as survivor', 'survivor.id', 'm.merged_into')
      .select(['m.phone', 'survivor.phone as now'])
      .where('m.id', '=', member ?? '')
      .executeTakeFirst();
    return (row?.now ?? row?.phone) || undefined;
  }
}

function answerOf(id: CodeQuestion['id'], end: SentCode | CheckedCode | undefined): CodeAnswer {
  return {
    v: 1,
    id,
    kind: 'code',
    outcome: end?.outcome ?? 'no-phone',
    until: end && 'until' in end ? end.until : null,
    triesLeft: end && 'triesLeft' in end ? end.triesLeft : null,
  };
}
