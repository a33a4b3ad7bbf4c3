// Questions and complaints that headquarters answers in public: written without the name, looked over by a second person.
import { randomUUID } from 'node:crypto';
import { type AnswerRow, formKeys } from '../../contract/forms.ts';
import type { ProjectId, Words } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Publication } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { type AskedBy, findPersonal, type PersonalFind } from './personal-words.ts';

export interface AnswerDraft {
  readonly request: string;
  readonly question: Words;
  readonly answer: Words;
}
export type DraftOutcome =
  | { readonly kind: 'kept'; readonly id: string }
  | {
      readonly kind: 'refused';
      readonly code: 'unknown-request' | 'unknown-answer' | 'may-not-publish' | 'answered-already';
    }
  /** what in the words could tell who asked */
  | { readonly kind: 'personal'; readonly finds: readonly PersonalFind[] };
export type AnswerMove = 'moved' | 'unknown-answer' | 'same-person' | 'not-a-draft' | 'may-not-publish';

/** What the person said, for whoever writes the answer. */
export interface AnswerCandidate {
  readonly request: string;
  readonly number: string;
  readonly kind: string;
  readonly project: string | null;
  readonly filedAt: string;
  readonly text: string | null;
  readonly labels: Words[];
  readonly answer: Words | null;
}
export type StoredAnswer = Omit<Tables['public_answer'], 'question' | 'answer'> & {
  readonly question: Words;
  readonly answer: Words;
};

export interface AnswerGround {
  readonly store: Store;
  readonly publication: Publication;
  readonly audit: Audit;
  readonly now: () => Date;
}

export class PublicAnswers {
  readonly #store: Store;
  readonly #publication: Publication;
  readonly #audit: Audit;
  readonly #now: () => Date;

  constructor({ store, publication, audit, now }: AnswerGround) {
    this.#store = store;
    this.#publication = publication;
    this.#audit = audit;
    this.#now = now;
  }

  /** Requests whose owners let us answer in public, and that have no answer there yet; newest first. */
  async candidates(limit = 200): Promise<AnswerCandidate[]> {
    return await this.#store.snapshot(async (tx) => {
      const requests = await tx
        .selectFrom('request')
        .select(['id', 'number', 'kind', 'project', 'filed_at', 'text', 'answer'])
        .where('may_publish', '=', 1)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('public_answer')
                .select('public_answer.id')
                .whereRef('public_answer.request', '=', 'request.id')
                .where('public_answer.state', '!=', 'withdrawn'),
            ),
          ),
        )
        .orderBy('filed_at', 'desc')
        .limit(limit)
        .execute();
      const ids = requests.map(({ id }) => id);
      const tasks = await tx
        .selectFrom('task')
        .select(['request', 'label', 'text'])
        .where(this.#store.among('request', ids))
        .orderBy('n')
        .execute();
      return requests.map(({ id, filed_at: filedAt, answer, text, ...request }) => {
        const own = tasks.filter((task) => task.request === id);
        return {
          ...request,
          request: id,
          filedAt,
          text: text ?? own.map((task) => task.text).find((words) => words !== null) ?? null,
          labels: own.map(({ label }) => JSON.parse(label) as Words),
          answer: answer === null ? null : (JSON.parse(answer) as Words),
        };
      });
    });
  }

  async list(limit = 500): Promise<StoredAnswer[]> {
    const rows = await this.#store.db
      .selectFrom('public_answer')
      .selectAll()
      .orderBy('written_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      ...row,
      question: JSON.parse(row.question) as Words,
      answer: JSON.parse(row.answer) as Words,
    }));
  }

  /** Writes a draft, or gives one that is not published other words. @param draftId of that draft */
  async write(draft: AnswerDraft, actor: string, draftId?: string): Promise<DraftOutcome> {
    const id = draftId ?? randomUUID();
    return await this.#store.transaction(async (tx) => {
      // two who write of one request at the same time come one after the other
      const request = await this.#request(tx, draft.request, true);
      if (!request) return { kind: 'refused', code: 'unknown-request' };
      const known = await this.#lock(tx, id);
      if (draftId !== undefined && known?.request !== draft.request)
        return { kind: 'refused', code: 'unknown-answer' };
      if (request.may_publish !== 1) return { kind: 'refused', code: 'may-not-publish' };
      const others = await tx
        .selectFrom('public_answer')
        .select(['id', 'state'])
        .where('request', '=', draft.request)
        .where('state', '!=', 'withdrawn')
        .execute();
      if (others.some((other) => other.id !== id || other.state !== 'draft'))
        return { kind: 'refused', code: 'answered-already' };
      const finds = personalIn(draft, await askedBy(tx, request));
      if (finds.length > 0) {
        await this.#audit.note(tx, { account: actor }, 'answer-refused', draft.request, {
          finds: finds.join(' '),
        });
        return { kind: 'personal', finds };
      }
      await this.#store.insert(
        tx,
        'public_answer',
        [
          {
            id,
            request: draft.request,
            project: request.project,
            question: JSON.stringify(draft.question),
            answer: JSON.stringify(draft.answer),
            state: 'draft',
            written_at: this.#now().toISOString(),
            written_by: actor,
            published_at: null,
            published_by: null,
            withdrawn_at: null,
            withdrawn_by: null,
          },
        ],
        { onConflict: { keys: ['id'] } },
      );
      await this.#audit.note(tx, { account: actor }, 'answer-written', id, { request: draft.request });
      return { kind: 'kept', id };
    });
  }

  /** The second look: by somebody else than who wrote it. */
  async publish(id: string, actor: string): Promise<AnswerMove> {
    return await this.#store.transaction(async (tx) => {
      const found = await this.#lock(tx, id);
      if (!found) return 'unknown-answer';
      if (found.state !== 'draft') return 'not-a-draft';
      if (found.written_by === actor) return 'same-person';
      const request = await this.#request(tx, found.request);
      if (request?.may_publish !== 1) return 'may-not-publish';
      const at = this.#now().toISOString();
      await tx
        .updateTable('public_answer')
        .set({ state: 'published', published_at: at, published_by: actor })
        .where('id', '=', id)
        .execute();
      await this.#audit.note(tx, { account: actor }, 'answer-published', id);
      const row: AnswerRow = {
        kind: 'answer',
        id,
        project: found.project as ProjectId | null,
        question: JSON.parse(found.question) as Words,
        answer: JSON.parse(found.answer) as Words,
        at,
      };
      await this.#publish(tx, id, row);
      return 'moved';
    });
  }

  /** Takes it from every terminal; a draft is thrown away. */
  async withdraw(id: string, actor: string): Promise<AnswerMove> {
    return await this.#store.transaction(async (tx) => {
      const found = await this.#lock(tx, id);
      if (!found || found.state === 'withdrawn') return 'unknown-answer';
      await tx
        .updateTable('public_answer')
        .set({ state: 'withdrawn', withdrawn_at: this.#now().toISOString(), withdrawn_by: actor })
        .where('id', '=', id)
        .execute();
      await this.#audit.note(tx, { account: actor }, 'answer-withdrawn', id);
      await this.#publish(tx, id, null);
      return 'moved';
    });
  }

  async #request(db: Reader, id: string, isLocked = false) {
    const found = db
      .selectFrom('request')
      .select(['id', 'member', 'phone', 'project', 'unit', 'may_publish'])
      .where('id', '=', id);
    return await (isLocked ? this.#store.locked(found) : found).executeTakeFirst();
  }

  async #lock(tx: Tx, id: string) {
    const [found] = await this.#store
      .locked(tx.selectFrom('public_answer').selectAll().where('id', '=', id))
      .execute();
    return found;
  }

  async #publish(tx: Tx, id: string, row: AnswerRow | null): Promise<void> {
    await this.#publication.publish(tx, [
      { dataset: 'forms', rows: async () => [[formKeys.answer(id), row]] },
    ]);
  }
}

function personalIn({ question, answer }: AnswerDraft, asked: AskedBy): PersonalFind[] {
  const texts = [question.zh, question.en, answer.zh, answer.en];
  return [...new Set(texts.flatMap((text) => findPersonal(text, asked)))];
}

async function askedBy(
  db: Reader,
  { member: id, phone, unit }: { member: string | null; phone: string | null; unit: string | null },
): Promise<AskedBy> {
  const member =
    id === null
      ? undefined
      : await db
          .selectFrom('member')
          .select(['name', 'phone', 'homes'])
          .where('id', '=', id)
          .executeTakeFirst();
  const homes = member ? (JSON.parse(member.homes) as { unit: string; label: Words }[]) : [];
  return {
    name: member?.name ?? null,
    phone: phone ?? member?.phone ?? null,
    homes: [...(unit === null ? [] : [unit]), ...homes.flatMap(({ label }) => [label.zh, label.en])],
  };
}
