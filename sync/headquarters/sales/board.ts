// The sales board's working copy: changes wait here until they are approved, and only then are published.

import { boardKeyOf, boardKeys, type UnitRow } from '../../contract/board.ts';
import type { UnitId } from '../../contract/ids.ts';
import type { Publication } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';

/** A unit as terminals have it, and what waits for approval. */
export interface WorkingUnit {
  readonly approved: UnitRow;
  readonly pending: {
    readonly state: string | null;
    readonly price: number | null;
    readonly at: string;
  } | null;
}

export interface UnitChange {
  readonly state?: string | undefined;
  /** total price in fen */
  readonly price?: number | undefined;
}
export type ChangeOutcome = 'changed' | 'unknown-unit' | 'unknown-state';

export interface UnitFilter {
  readonly project?: string | undefined;
  readonly building?: string | undefined;
  readonly isPending?: boolean | undefined;
}

interface UnitRecord {
  readonly row: string;
  readonly state: string | null;
  readonly price: number | null;
  readonly at: string | null;
}

export class Board {
  readonly #store: Store;
  readonly #publication: Publication;
  readonly #now: () => Date;

  constructor(store: Store, publication: Publication, now: () => Date) {
    this.#store = store;
    this.#publication = publication;
    this.#now = now;
  }

  /** @returns by building, floor from the top, column */
  async units(filter: UnitFilter, db: Reader = this.#store.db): Promise<WorkingUnit[]> {
    let query = records(db);
    if (filter.project !== undefined) query = query.where('u.project', '=', filter.project);
    if (filter.building !== undefined) query = query.where('u.building', '=', filter.building);
    if (filter.isPending) query = query.where('p.unit', 'is not', null);
    return (await query.execute())
      .map(toWorkingUnit)
      .sort(
        ({ approved: a }, { approved: b }) =>
          a.building.localeCompare(b.building) || b.floor - a.floor || a.column - b.column,
      );
  }

  async unit(id: string, db: Reader = this.#store.db): Promise<WorkingUnit | undefined> {
    const record = await records(db).where('u.id', '=', id).executeTakeFirst();
    return record && toWorkingUnit(record);
  }

  /** Notes a change for approval; what equals the approved row is no change any more. */
  async change(id: string, change: UnitChange): Promise<ChangeOutcome> {
    return await this.#store.transaction(async (tx) => {
      await this.#store.locked(tx.selectFrom('unit').select('id').where('id', '=', id)).execute();
      const unit = await this.unit(id, tx);
      if (!unit) return 'unknown-unit';
      if (change.state !== undefined && !(await hasState(tx, change.state))) return 'unknown-state';
      const { approved, pending } = unit;
      const state = change.state ?? pending?.state ?? approved.state;
      const price = change.price ?? pending?.price ?? approved.price;
      await tx.deleteFrom('pending_change').where('unit', '=', id).execute();
      if (state === approved.state && price === approved.price) return 'changed';
      await tx
        .insertInto('pending_change')
        .values({
          unit: id,
          state: state === approved.state ? null : state,
          price: price === approved.price ? null : price,
          at: this.#now().toISOString(),
        })
        .execute();
      return 'changed';
    });
  }

  /**
   * Approves the pending changes of these units and publishes them, all in one.
   * @returns how many units changed
   */
  async publish(units: readonly string[] | 'all'): Promise<number> {
    return await this.#store.transaction(async (tx) => {
      const changed = (await this.#takePending(tx, units)).map(withPending);
      for (const row of changed) {
        await tx
          .updateTable('unit')
          .set({ row: JSON.stringify(row) })
          .where('id', '=', row.id)
          .execute();
      }
      await this.#publication.publish(tx, [
        { dataset: 'board', rows: async () => changed.map((row) => [boardKeyOf(row), row]) },
      ]);
      return changed.length;
    });
  }

  /** @returns how many pending changes were dropped */
  async discard(units: readonly UnitId[] | readonly string[] | 'all'): Promise<number> {
    const query = this.#store.db.deleteFrom('pending_change');
    const chosen = units === 'all' ? query : query.where(this.#store.among('unit', units));
    return Number((await chosen.executeTakeFirst()).numDeletedRows);
  }

  async pendingCount(): Promise<number> {
    const row = await this.#store.db
      .selectFrom('pending_change')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirst();
    return row?.n ?? 0;
  }

  /** Approving takes a change away; two who approve at once take each change once. */
  async #takePending(tx: Tx, units: readonly string[] | 'all'): Promise<WorkingUnit[]> {
    const query = tx.selectFrom('pending_change').select('unit').orderBy('unit');
    const chosen = units === 'all' ? query : query.where(this.#store.among('unit', units));
    const ids = (await this.#store.locked(chosen).execute()).map(({ unit }) => unit);
    const taken = await records(tx).where(this.#store.among('u.id', ids)).execute();
    await tx.deleteFrom('pending_change').where(this.#store.among('unit', ids)).execute();
    return taken.map(toWorkingUnit);
  }
}

function records(db: Reader) {
  return db
    .selectFrom('unit as u')
    .leftJoin('pending_change as p', 'p.unit', 'u.id')
    .select(['u.row', 'p.state', 'p.price', 'p.at']);
}

async function hasState(db: Reader, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('dataset_row')
    .select('key')
    .where('dataset', '=', 'board')
    .where('key', '=', `${boardKeys.states}${code}`)
    .where('body', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

function toWorkingUnit({ row, state, price, at }: UnitRecord): WorkingUnit {
  return { approved: JSON.parse(row) as UnitRow, pending: at === null ? null : { state, price, at } };
}

function withPending({ approved, pending }: WorkingUnit): UnitRow {
  const price = pending?.price ?? approved.price;
  return {
    ...approved,
    state: pending?.state ?? approved.state,
    price,
    // area is in 0.01 m²
    pricePerM2:
      price === approved.price || approved.area === 0
        ? approved.pricePerM2
        : Math.round((price * 100) / approved.area),
  };
}
