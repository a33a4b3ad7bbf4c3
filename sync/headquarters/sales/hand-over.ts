// Hand-over day 集中交付: who is invited, the queue of those who came, and how each home was taken.
import { randomUUID } from 'node:crypto';
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { TerminalId, Words } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import { maskName } from '../mask.ts';
import { applied, type Effects, type Outcome, refused } from '../outcome.ts';
import type { Change, Publication } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import {
  type Closed,
  figuresOf,
  type HandOverFigures,
  isBefore,
  type PlaceDeed,
  type PlaceOutcome,
  refusalOf,
  scoreOf,
} from './hand-over-figures.ts';
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
  /** why it is over without a signature */
  readonly closed: Closed | null;
  readonly defects: number;
  /** 1 … 5; null = not rated */
  readonly score: number | null;
}
export interface HandOverParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly purchases: Purchases;
  readonly audit: Pick<Audit, 'note'>;
  readonly now: () => Date;
}

/** so many of the newest */
const shownDays = 60;

export class HandOver {
  readonly #store: Store;
  readonly #publication: Publication;
  readonly #purchases: Purchases;
  readonly #audit: Pick<Audit, 'note'>;
  readonly #now: () => Date;

  constructor({ store, publication, purchases, audit, now }: HandOverParts) {
    this.#store = store;
    this.#publication = publication;
    this.#purchases = purchases;
    this.#audit = audit;
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
        signed_by: null,
        outcome: null,
        closed: null,
        defects: '[]',
        ratings: '[]',
      })),
      { onConflict: 'skip' },
    );
    // who is invited once more is invited
    await tx
      .updateTable('hand_over')
      .set({ closed: null })
      .where('day', '=', id)
      .where('closed', '=', 'withdrawn')
      .where(
        this.#store.among(
          'unit',
          invited.map(({ unit }) => unit),
        ),
      )
      .execute();
    return id;
  }

  /** As `define`, for people who own a home of the project; whoever was invited for another day comes on the later one. */
  async plan(
    day: Omit<HandOverDay, 'id'>,
    units: readonly string[],
    by: string,
  ): Promise<{ readonly id: string } | { readonly unknown: readonly string[] }> {
    return await this.#store.transaction(async (tx) => {
      const bought = await tx
        .selectFrom('purchase')
        .select(['id', 'unit', 'member', 'label'])
        .where('project', '=', day.project)
        .where(this.#store.among('unit', units))
        .execute();
      const known = new Set(bought.map(({ unit }) => unit));
      const unknown = units.filter((unit) => !known.has(unit));
      if (unknown.length > 0) return { unknown };
      const invited = bought.map(({ label, ...rest }) => ({ ...rest, label: JSON.parse(label) as Words }));
      const id = await this.define(tx, day, invited);
      await this.#audit.note(tx, { account: by }, 'hand-over-planned', id, {
        day: day.day,
        homes: invited.length,
      });
      const care = await this.#purchases.settleCare(
        tx,
        bought.map((purchase) => purchase.id),
      );
      await this.#publication.publish(tx, [handOverChange(this.#store, id), ...care]);
      return { id };
    });
  }

  /** Somebody at the desk says what became of a place that is not signed. */
  async settle(id: string, unit: string, deed: PlaceDeed, by: string): Promise<PlaceOutcome> {
    return await this.#store.transaction(async (tx) => {
      const query = tx.selectFrom('hand_over').selectAll().where('day', '=', id).where('unit', '=', unit);
      const row = await this.#store.locked(query).executeTakeFirst();
      if (!row) return 'unknown-invitation';
      const refusal = refusalOf(row, deed);
      if (refusal) return refusal;
      const isBack = deed === 'readmit' && row.queued_at !== null;
      await tx
        .updateTable('hand_over')
        .set({
          closed: deed === 'readmit' ? null : deed === 'absent' ? 'absent' : 'withdrawn',
          // at the end of the line: those who stayed were first
          ...(isBack ? { queued_at: this.#now().toISOString(), called_at: null } : {}),
        })
        .where('day', '=', id)
        .where('unit', '=', unit)
        .execute();
      await this.#audit.note(tx, { account: by }, `hand-over-${deed}`, row.member, { unit });
      const days = await tx.selectFrom('hand_over').select('day').where('unit', '=', unit).execute();
      const changes = days.map(({ day }) => handOverChange(this.#store, day));
      await this.#publication.publish(tx, changes);
      return 'done';
    });
  }

  /** Whoever arrived keeps the number of their first arrival, in whichever order it is heard of; until they were called. */
  async applyQueued(tx: Tx, terminal: TerminalId, facts: readonly QueuedFact[]): Promise<Effects> {
    const days = new Set<string>();
    const outcomes: Outcome[] = [];
    for (const { at, body } of facts) {
      const row = await this.#invited(tx, body);
      outcomes.push(row ? applied : refused('unknown-hand-over'));
      if (!row) continue;
      const isFirst = row.queued_at === null || (at < row.queued_at && row.called_by === null);
      if (!isFirst) continue;
      days.add(row.day);
      await tx
        .updateTable('hand_over')
        // the terminal had not heard of a withdrawal: they are here
        .set({ number: body.number, terminal, queued_at: at, closed: null })
        .where('day', '=', row.day)
        .where('unit', '=', body.unit)
        .execute();
    }
    return { outcomes, changes: [...days].map((day) => handOverChange(this.#store, day)) };
  }

  /** The first acceptance counts, else the first refusal, in whichever order they are heard of. */
  async applySigned(tx: Tx, _terminal: TerminalId, facts: readonly SignedFact[]): Promise<Effects> {
    const changes: Change[] = [];
    const outcomes: Outcome[] = [];
    for (const { id, at, body } of facts) {
      const row = await this.#invited(tx, body);
      outcomes.push(row ? applied : refused('unknown-hand-over'));
      if (!row || (row.signed_at !== null && !isBefore({ at, outcome: body.outcome }, row))) continue;
      await tx
        .updateTable('hand_over')
        .set({
          signed_at: at,
          signed_by: id,
          outcome: body.outcome,
          closed: null,
          defects: JSON.stringify(body.defects),
          ratings: JSON.stringify(body.ratings),
        })
        .where('day', '=', row.day)
        .where('unit', '=', body.unit)
        .execute();
      if (row.signed_by !== null) {
        await tx.deleteFrom('rating').where('source', '=', row.signed_by).execute();
      }
      await this.#rate(tx, row.project, { id, at, body });
      changes.push(handOverChange(this.#store, row.day));
      if (body.outcome === 'refused') continue;
      changes.push(...(await this.#purchases.noteHandedOver(tx, body.unit, body.member, body.day)));
    }
    return { outcomes, changes };
  }

  /** What they rated counts in the month's report. */
  async #rate(
    tx: Tx,
    project: string,
    { id, at, body }: Pick<SignedFact, 'id' | 'at' | 'body'>,
  ): Promise<void> {
    const { member, unit } = body;
    await this.#store.insert(
      tx,
      'rating',
      body.ratings.map(({ item, score }) => ({
        request: null,
        call_back: null,
        survey: null,
        member,
        project,
        unit,
        item,
        score,
        at,
        source: id,
      })),
      { onConflict: 'skip' },
    );
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
      await this.#audit.note(tx, { account: by }, 'hand-over-called', next.member, { unit: next.unit });
      await this.#publication.publish(tx, [handOverChange(this.#store, id)]);
      return next.unit;
    });
    return unit === undefined ? undefined : (await this.places(id)).find((place) => place.unit === unit);
  }

  /** @returns the newest day first, the last 60 of them */
  async days(): Promise<(HandOverDay & { readonly figures: HandOverFigures })[]> {
    const { db } = this.#store;
    const days = await db
      .selectFrom('hand_over_day')
      .selectAll()
      .orderBy('day', 'desc')
      .orderBy('project')
      .limit(shownDays)
      .execute();
    const rows = await db
      .selectFrom('hand_over')
      .selectAll()
      .where(
        this.#store.among(
          'day',
          days.map(({ id }) => id),
        ),
      )
      .execute();
    return days.map(({ id, project, day, from_at: from, to_at: to, place }) => ({
      id,
      project,
      day,
      from,
      to,
      place: JSON.parse(place) as Words,
      figures: figuresOf(rows.filter((row) => row.day === id)),
    }));
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
        closed: row.closed as Closed | null,
        score: scoreOf(row.ratings),
        defects: (JSON.parse(row.defects) as unknown[]).length,
      }))
      .sort((a, b) => (a.queuedAt ?? '~').localeCompare(b.queuedAt ?? '~') || a.unit.localeCompare(b.unit));
  }

  /** What was noted about this home when it was handed over, as it stands by now. */
  async defects(
    id: string,
    unit: string,
  ): Promise<{ readonly number: string; readonly label: Words; readonly state: string }[]> {
    const { db } = this.#store;
    const row = await db
      .selectFrom('hand_over as h')
      .innerJoin('hand_over_day as d', 'd.id', 'h.day')
      .select(['h.member', 'h.defects', 'd.from_at', 'd.to_at'])
      .where('h.day', '=', id)
      .where('h.unit', '=', unit)
      .executeTakeFirst();
    if (!row) return [];
    const found = await db
      .selectFrom('request as r')
      .innerJoin('task as t', 't.request', 'r.id')
      .select(['r.number', 'r.state', 't.label'])
      .where('r.kind', '=', 'handover')
      .where('r.unit', '=', unit)
      .where('r.member', '=', row.member)
      .orderBy('r.filed_at')
      .orderBy('r.id')
      .limit(100)
      .execute();
    return found.map(({ number, state, label }) => ({ number, state, label: JSON.parse(label) as Words }));
  }

  async #invited(tx: Tx, body: { readonly unit: string; readonly member: string; readonly day: string }) {
    const query = tx
      .selectFrom('hand_over as h')
      .innerJoin('hand_over_day as d', 'd.id', 'h.day')
      .select(['h.day', 'h.queued_at', 'h.called_by', 'h.signed_at', 'h.signed_by', 'h.outcome', 'd.project'])
      .where('d.day', '=', body.day)
      .where('h.unit', '=', body.unit)
      .where('h.member', '=', body.member);
    return await this.#store.locked(query).executeTakeFirst();
  }
}
