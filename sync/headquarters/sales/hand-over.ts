// Hand-over day 集中交付: who is invited, the queue of those who came, and how each home was taken.
import { randomUUID } from 'node:crypto';
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { TerminalId, Words } from '../../contract/ids.ts';
import { ownerKeys } from '../../contract/owners.ts';
import { maskName } from '../mask.ts';
import { applied, type Effects, type Outcome, refused } from '../outcome.ts';
import type { Change, Publication } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import { handOverChange, isWaiting } from './owner-rows.ts';
import type { Purchases } from './purchases.ts';

export type QueuedFact = Fact & Extract<FactContent, { kind: 'hand-over-queued' }>;
export type SignedFact = Fact & Extract<FactContent, { kind: 'hand-over-signed' }>;

export interface HandOverDay {
  readonly id: string;
  readonly project: string;
  /** local */
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly place: Words;
}
export interface Invitation {
  readonly unit: string;
  readonly member: string;
  readonly label: Words;
}
export interface HandOverPlace extends Invitation {
  /** masked */
  readonly name: string;
  readonly number: string | null;
  readonly queuedAt: string | null;
  readonly calledAt: string | null;
  readonly signedAt: string | null;
  readonly outcome: string | null;
  readonly defects: number;
}
export interface HandOverFigures {
  readonly invited: number;
  readonly came: number;
  readonly waiting: number;
  readonly signed: number;
  readonly accepted: number;
  readonly refused: number;
  readonly defects: number;
  /** 满意度: rated 4 or 5 among all who rated, in hundredths of a per cent; null = nobody did */
  readonly satisfied: number | null;
}

export class HandOver {
  readonly #store: Store;
  readonly #publication: Publication;
  readonly #purchases: Purchases;
  readonly #now: () => Date;

  constructor(store: Store, publication: Publication, purchases: Purchases, now: () => Date) {
    this.#store = store;
    this.#publication = publication;
    this.#purchases = purchases;
    this.#now = now;
  }

  /** Defines a day and who is invited; invitations of a day that is there are added or renewed. @returns its id */
  async define(tx: Tx, day: Omit<HandOverDay, 'id'>, invited: readonly Invitation[]): Promise<string> {
    const { project, day: on, from, to, place } = day;
    const there = await tx
      .selectFrom('hand_over_day')
      .select('id')
      .where('project', '=', project)
      .where('day', '=', on)
      .executeTakeFirst();
    const id = there?.id ?? randomUUID();
    const times = { from_at: from, to_at: to, place: JSON.stringify(place) };
    if (there) await tx.updateTable('hand_over_day').set(times).where('id', '=', id).execute();
    else
      await tx
        .insertInto('hand_over_day')
        .values({ id, project, day: on, ...times })
        .execute();
    await this.#store.insert(
      tx,
      'hand_over',
      invited.map(({ unit, member, label }) => ({
        day: id,
        unit,
        member,
        label: JSON.stringify(label),
        number: null,
        terminal: null,
        queued_at: null,
        called_at: null,
        called_by: null,
        signed_at: null,
        outcome: null,
        defects: '[]',
        ratings: '[]',
      })),
      { onConflict: 'skip' },
    );
    return id;
  }

  /** As `define`, for people who own a home of the project. */
  async plan(
    day: Omit<HandOverDay, 'id'>,
    units: readonly string[],
  ): Promise<{ readonly id: string } | { readonly unknown: readonly string[] }> {
    return await this.#store.transaction(async (tx) => {
      const bought = await tx
        .selectFrom('purchase')
        .select(['unit', 'member', 'label'])
        .where('project', '=', day.project)
        .where(this.#store.among('unit', units))
        .execute();
      const known = new Set(bought.map(({ unit }) => unit));
      const unknown = units.filter((unit) => !known.has(unit));
      if (unknown.length > 0) return { unknown };
      const invited = bought.map(({ label, ...rest }) => ({ ...rest, label: JSON.parse(label) as Words }));
      const id = await this.define(tx, day, invited);
      await this.#publication.publish(tx, [handOverChange(id)]);
      return { id };
    });
  }

  async withdraw(id: string, unit: string): Promise<'done' | 'unknown-invitation' | 'has-come'> {
    return await this.#store.transaction(async (tx) => {
      const row = await this.#locked(tx, id, unit);
      if (!row) return 'unknown-invitation';
      if (row.queued_at !== null || row.signed_at !== null) return 'has-come';
      await tx.deleteFrom('hand_over').where('day', '=', id).where('unit', '=', unit).execute();
      const key = ownerKeys.handOver(row.member, unit);
      await this.#publication.publish(tx, [{ dataset: 'owners', rows: async () => [[key, null]] }]);
      return 'done';
    });
  }

  /** Whoever arrived keeps the number of their first arrival. */
  async applyQueued(tx: Tx, terminal: TerminalId, facts: readonly QueuedFact[]): Promise<Effects> {
    const days = new Set<string>();
    const outcomes: Outcome[] = [];
    for (const { at, body } of facts) {
      const row = await this.#invited(tx, body);
      outcomes.push(row ? applied : refused('unknown-hand-over'));
      if (!row) continue;
      days.add(row.day);
      await tx
        .updateTable('hand_over')
        .set({ number: body.number, terminal, queued_at: at })
        .where('day', '=', row.day)
        .where('unit', '=', body.unit)
        .where('queued_at', 'is', null)
        .execute();
    }
    return { outcomes, changes: [...days].map((day) => handOverChange(day)) };
  }

  /** The first signature counts. */
  async applySigned(tx: Tx, _terminal: TerminalId, facts: readonly SignedFact[]): Promise<Effects> {
    const changes: Change[] = [];
    const outcomes: Outcome[] = [];
    for (const { at, body } of facts) {
      const row = await this.#invited(tx, body);
      outcomes.push(row ? applied : refused('unknown-hand-over'));
      if (!row || row.signed_at !== null) continue;
      await tx
        .updateTable('hand_over')
        .set({
          signed_at: at,
          outcome: body.outcome,
          defects: JSON.stringify(body.defects),
          ratings: JSON.stringify(body.ratings),
        })
        .where('day', '=', row.day)
        .where('unit', '=', body.unit)
        .execute();
      changes.push(handOverChange(row.day));
      if (body.outcome === 'refused') continue;
      changes.push(...(await this.#purchases.noteHandedOver(tx, body.unit, body.member, body.day)));
    }
    return { outcomes, changes };
  }

  /** Calls the first who waits. @returns undefined when nobody does */
  async callNext(id: string, by: string): Promise<HandOverPlace | undefined> {
    const unit = await this.#store.transaction(async (tx) => {
      await this.#store.locked(tx.selectFrom('hand_over_day').select('id').where('id', '=', id)).execute();
      const rows = await tx
        .selectFrom('hand_over')
        .selectAll()
        .where('day', '=', id)
        .where('queued_at', 'is not', null)
        .orderBy('queued_at')
        .orderBy('number')
        .execute();
      const next = rows.find(isWaiting);
      if (!next) return undefined;
      await tx
        .updateTable('hand_over')
        .set({ called_at: this.#now().toISOString(), called_by: by })
        .where('day', '=', id)
        .where('unit', '=', next.unit)
        .execute();
      await this.#publication.publish(tx, [handOverChange(id)]);
      return next.unit;
    });
    return unit === undefined ? undefined : (await this.places(id)).find((place) => place.unit === unit);
  }

  /** @returns the newest day first */
  async days(): Promise<(HandOverDay & { readonly figures: HandOverFigures })[]> {
    const days = await this.#store.db
      .selectFrom('hand_over_day')
      .selectAll()
      .orderBy('day', 'desc')
      .orderBy('project')
      .execute();
    return await Promise.all(
      days.map(async ({ id, project, day, from_at: from, to_at: to, place }) => ({
        id,
        project,
        day,
        from,
        to,
        place: JSON.parse(place) as Words,
        figures: await this.figures(id),
      })),
    );
  }

  /** @returns those who came in the order of arrival, then the others */
  async places(id: string): Promise<HandOverPlace[]> {
    const rows = await this.#store.db
      .selectFrom('hand_over as h')
      .innerJoin('member as m', 'm.id', 'h.member')
      .selectAll('h')
      .select('m.name')
      .where('h.day', '=', id)
      .execute();
    return rows
      .map((row) => ({
        unit: row.unit,
        member: row.member,
        label: JSON.parse(row.label) as Words,
        name: maskName(row.name),
        number: row.number,
        queuedAt: row.queued_at,
        calledAt: row.called_at,
        signedAt: row.signed_at,
        outcome: row.outcome,
        defects: (JSON.parse(row.defects) as unknown[]).length,
      }))
      .sort((a, b) => (a.queuedAt ?? '~').localeCompare(b.queuedAt ?? '~') || a.unit.localeCompare(b.unit));
  }

  async figures(id: string): Promise<HandOverFigures> {
    const rows = await this.#store.db.selectFrom('hand_over').selectAll().where('day', '=', id).execute();
    const scores = rows.flatMap(({ ratings }) => {
      const all = JSON.parse(ratings) as { item: string; score: number }[];
      return all.filter(({ item }) => item === handOverItem).map(({ score }) => score);
    });
    const signed = rows.filter(({ signed_at }) => signed_at !== null);
    return {
      invited: rows.length,
      came: rows.filter(({ queued_at }) => queued_at !== null).length,
      waiting: rows.filter(isWaiting).length,
      signed: signed.length,
      accepted: signed.filter(({ outcome }) => outcome !== 'refused').length,
      refused: signed.filter(({ outcome }) => outcome === 'refused').length,
      defects: rows.reduce((sum, { defects }) => sum + (JSON.parse(defects) as unknown[]).length, 0),
      satisfied:
        scores.length === 0
          ? null
          : Math.round((scores.filter((score) => score >= 4).length * 10_000) / scores.length),
    };
  }

  async #invited(tx: Tx, body: { readonly unit: string; readonly member: string; readonly day: string }) {
    return await tx
      .selectFrom('hand_over as h')
      .innerJoin('hand_over_day as d', 'd.id', 'h.day')
      .select(['h.day', 'h.signed_at'])
      .where('d.day', '=', body.day)
      .where('h.unit', '=', body.unit)
      .where('h.member', '=', body.member)
      .executeTakeFirst();
  }

  async #locked(tx: Tx, id: string, unit: string) {
    const query = tx.selectFrom('hand_over').selectAll().where('day', '=', id).where('unit', '=', unit);
    return await this.#store.locked(query).executeTakeFirst();
  }
}

/** 交付入伙 among the satisfaction items */
const handOverItem = 'property-handover';
