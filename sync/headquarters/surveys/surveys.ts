// Node surveys: who is asked what and when, what they answered, and that each member counts once.
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Fact, FactContent } from '../../contract/facts.ts';
import {
  formKeys,
  type ItemRow,
  itemRowSchema,
  type SurveyRow,
  surveyRowSchema,
} from '../../contract/forms.ts';
import type { SurveyId, TerminalId } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import { applied, type Effects, refused } from '../outcome.ts';
import type { Change, Publication, PublishedRow } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { shippedItems } from './satisfaction-items.ts';
import { answersOf, type Turn, turnsChange } from './survey-turns.ts';

export type SurveyFact = Fact & Extract<FactContent, { kind: 'survey-answered' }>;
export type SurveyDraft = Omit<SurveyRow, 'kind' | 'id'>;
export type DefineOutcome =
  | { readonly kind: 'defined'; readonly id: SurveyId }
  | { readonly kind: 'refused'; readonly code: 'unknown-item' | 'unknown-project' | 'wrong-window' };
export type ItemOutcome = 'kept' | 'unknown-parent' | 'wrong-level' | 'item-in-use';

export interface SurveyGround {
  readonly store: Store;
  readonly publication: Publication;
  readonly audit: Audit;
  readonly now: () => Date;
}

export class Surveys {
  readonly #store: Store;
  readonly #publication: Publication;
  readonly #audit: Audit;
  readonly #now: () => Date;

  constructor({ store, publication, audit, now }: SurveyGround) {
    this.#store = store;
    this.#publication = publication;
    this.#audit = audit;
    this.#now = now;
  }

  /** The items that ship, where there are none yet. */
  async seed(tx: Tx): Promise<Change[]> {
    const known = await tx.selectFrom('satisfaction_item').select('code').limit(1).execute();
    if (known.length > 0) return [];
    await this.#store.insert(tx, 'satisfaction_item', shippedItems.map(itemRecord));
    const rows = shippedItems.map((row): PublishedRow => [formKeys.item(row.code), row]);
    return [{ dataset: 'forms', rows: async () => rows }];
  }

  /** Every level above a level below it: 1, then 2, then 3, each by its order. */
  async items(db: Reader = this.#store.db): Promise<ItemRow[]> {
    const rows = await db.selectFrom('satisfaction_item').select('row').orderBy('code').execute();
    return rows
      .map(({ row }) => v.parse(itemRowSchema, JSON.parse(row)))
      .sort((a, b) => a.level - b.level || a.order - b.order || (a.code < b.code ? -1 : 1));
  }

  /** Adds an item or gives it other words; its level stays once something was rated by it. */
  async keepItem(row: ItemRow, actor: string): Promise<ItemOutcome> {
    return await this.#store.transaction(async (tx) => {
      const items = new Map((await this.items(tx)).map((item) => [item.code, item]));
      const parent = row.parent === null ? undefined : items.get(row.parent);
      if (row.parent !== null && !parent) return 'unknown-parent';
      if (row.level === 1 ? row.parent !== null : parent?.level !== row.level - 1) return 'wrong-level';
      const before = items.get(row.code);
      if (before && before.level !== row.level && (await isRated(tx, row.code))) return 'item-in-use';
      await this.#store.insert(tx, 'satisfaction_item', [itemRecord(row)], {
        onConflict: { keys: ['code'] },
      });
      await this.#audit.note(tx, { account: actor }, 'satisfaction-item-kept', row.code);
      await this.#publish(tx, formKeys.item(row.code), row);
      return 'kept';
    });
  }

  /** Terminals ask no longer about it; what was rated stays. */
  async dropItem(code: string, actor: string): Promise<ItemOutcome> {
    return await this.#store.transaction(async (tx) => {
      const items = await this.items(tx);
      const isParent = items.some(({ parent }) => parent === code);
      const surveys = await this.#rows(tx);
      if (isParent || (await isRated(tx, code)) || surveys.some(({ items: asked }) => asked.includes(code)))
        return 'item-in-use';
      await tx.deleteFrom('satisfaction_item').where('code', '=', code).execute();
      await this.#audit.note(tx, { account: actor }, 'satisfaction-item-dropped', code);
      await this.#publish(tx, formKeys.item(code), null);
      return 'kept';
    });
  }

  /** @param actor account that does it */
  async define(draft: SurveyDraft, actor: string): Promise<DefineOutcome> {
    return await this.#store.transaction(async (tx) => {
      const codes = new Set((await this.items(tx)).map(({ code }) => code));
      if (draft.items.some((code) => !codes.has(code))) return { kind: 'refused', code: 'unknown-item' };
      if (Date.parse(draft.endsAt) <= Date.parse(draft.opensAt))
        return { kind: 'refused', code: 'wrong-window' };
      if (draft.project !== null && !(await isProject(tx, draft.project)))
        return { kind: 'refused', code: 'unknown-project' };
      const id = `survey-${randomUUID().slice(0, 8)}` as SurveyId;
      const row: SurveyRow = { kind: 'survey', id, ...draft };
      await tx
        .insertInto('survey')
        .values({
          id,
          project: row.project,
          opens_at: row.opensAt,
          ends_at: row.endsAt,
          audience: row.audience,
          row: JSON.stringify(row),
          created_at: this.#now().toISOString(),
          created_by: actor,
          withdrawn_at: null,
          opened_at: null,
        })
        .execute();
      await this.#audit.note(tx, { account: actor }, 'survey-defined', id);
      await this.#publish(tx, formKeys.survey(id), row);
      return { kind: 'defined', id };
    });
  }

  /** It is asked no longer; what was answered stays. @returns whether there was such a survey */
  async withdraw(id: string, actor: string): Promise<boolean> {
    return await this.#store.transaction(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('survey')
        .set({ withdrawn_at: this.#now().toISOString() })
        .where('id', '=', id)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await this.#audit.note(tx, { account: actor }, 'survey-withdrawn', id);
      await this.#publish(tx, formKeys.survey(id), null);
      return true;
    });
  }

  /**
   * Of a member's answers to one survey the first by its time counts, whichever arrived first; the others stay visible.
   * @param facts of one terminal, oldest first
   */
  async applyAnswers(tx: Tx, terminal: TerminalId, facts: readonly SurveyFact[]): Promise<Effects> {
    const wanted = [...new Set(facts.map(({ body }) => body.survey))];
    // two answers of one member at the same time settle one after the other
    const surveys = tx.selectFrom('survey').select('id').where(this.#store.among('id', wanted)).orderBy('id');
    const found = await this.#store.locked(surveys).execute();
    const known = new Set<string>(found.map(({ id }) => id));
    const good = facts.filter(({ body }) => known.has(body.survey));
    await this.#store.insert(
      tx,
      'survey_answer',
      good.map(({ id, at, body }) => ({
        fact: id,
        survey: body.survey,
        member: body.member,
        project: body.project,
        unit: body.unit,
        terminal,
        at,
        counts: body.member === null ? 1 : 0,
        ratings: JSON.stringify(body.ratings),
        text: body.text,
      })),
    );
    const named = good.flatMap(({ body: { survey, member } }) =>
      member === null ? [] : [{ survey, member }],
    );
    await this.#settle(
      tx,
      named,
      good.filter(({ body }) => body.member === null).map(({ id }) => id),
    );
    return {
      outcomes: facts.map(({ body }) => (known.has(body.survey) ? applied : refused('unknown-survey'))),
      changes: named.length === 0 ? [] : [turnsChange(this.#store, named)],
    };
  }

  /** Decides which answer counts, and lets the ratings say the same. */
  async #settle(tx: Tx, pairs: readonly Turn[], anonymous: readonly string[]): Promise<void> {
    const answers = await answersOf(this.#store, tx, pairs);
    const firsts = new Map<string, string>();
    for (const { survey, member, fact } of answers) {
      const key = `${survey} ${member}`;
      if (!firsts.has(key)) firsts.set(key, fact);
    }
    const counted = new Set([...firsts.values(), ...anonymous]);
    const facts = [...answers.map(({ fact }) => fact), ...anonymous];
    const later = facts.filter((fact) => !counted.has(fact));
    for (const [counts, some] of [
      [1, [...counted]],
      [0, later],
    ] as const) {
      await tx.updateTable('survey_answer').set({ counts }).where(this.#store.among('fact', some)).execute();
    }
    await tx.deleteFrom('rating').where(this.#store.among('source', later)).execute();
    const rated = await tx
      .selectFrom('survey_answer')
      .selectAll()
      .where(this.#store.among('fact', [...counted]))
      .execute();
    await this.#store.insert(tx, 'rating', rated.flatMap(ratingRecords), { onConflict: 'skip' });
  }

  async #rows(db: Reader): Promise<SurveyRow[]> {
    const rows = await db.selectFrom('survey').select('row').where('withdrawn_at', 'is', null).execute();
    return rows.map(({ row }) => v.parse(surveyRowSchema, JSON.parse(row)));
  }

  async #publish(tx: Tx, key: string, row: object | null): Promise<void> {
    await this.#publication.publish(tx, [{ dataset: 'forms', rows: async () => [[key, row]] }]);
  }
}

function itemRecord(row: ItemRow) {
  return { code: row.code, parent: row.parent, row: JSON.stringify(row) };
}

function ratingRecords(answer: {
  readonly fact: string;
  readonly survey: string;
  readonly member: string | null;
  readonly project: string | null;
  readonly unit: string | null;
  readonly at: string;
  readonly ratings: string;
}) {
  const ratings = JSON.parse(answer.ratings) as { item: string; score: number }[];
  return ratings.map(({ item, score }) => ({
    request: null,
    call_back: null,
    survey: answer.survey,
    member: answer.member,
    project: answer.project,
    unit: answer.unit,
    item,
    score,
    at: answer.at,
    source: answer.fact,
  }));
}

async function isRated(db: Reader, item: string): Promise<boolean> {
  const row = await db.selectFrom('rating').select('n').where('item', '=', item).limit(1).executeTakeFirst();
  return row !== undefined;
}

async function isProject(db: Reader, project: string): Promise<boolean> {
  const row = await db
    .selectFrom('dataset_row')
    .select('key')
    .where('dataset', '=', 'board')
    .where('key', '=', `project/${project}`)
    .where('body', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}
