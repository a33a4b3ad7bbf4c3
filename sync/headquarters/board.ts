// The sales board's working copy: changes wait here until they are approved, and only then are published.

import { boardKeyOf, boardKeys, type UnitRow } from '../contract/board.ts';
import type { UnitId } from '../contract/ids.ts';
import type { Database, SqlValue } from '../database.ts';
import type { Publication } from './publication.ts';

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
  readonly [column: string]: SqlValue;
}

export class Board {
  readonly #db: Database;
  readonly #publication: Publication;
  readonly #now: () => Date;

  constructor(db: Database, publication: Publication, now: () => Date) {
    this.#db = db;
    this.#publication = publication;
    this.#now = now;
  }

  /** @returns by building, floor from the top, column */
  units(filter: UnitFilter): WorkingUnit[] {
    return this.#db
      .all<UnitRecord>(
        `SELECT u.row AS row, p.state AS state, p.price AS price, p.at AS at
         FROM unit u LEFT JOIN pending_change p ON p.unit=u.id
         WHERE (?1 IS NULL OR u.project=?1) AND (?2 IS NULL OR u.building=?2) AND (?3=0 OR p.unit IS NOT NULL)`,
        filter.project ?? null,
        filter.building ?? null,
        filter.isPending ? 1 : 0,
      )
      .map(toWorkingUnit)
      .sort(
        ({ approved: a }, { approved: b }) =>
          a.building.localeCompare(b.building) || b.floor - a.floor || a.column - b.column,
      );
  }

  unit(id: string): WorkingUnit | undefined {
    const record = this.#db.get<UnitRecord>(
      `SELECT u.row AS row, p.state AS state, p.price AS price, p.at AS at
       FROM unit u LEFT JOIN pending_change p ON p.unit=u.id WHERE u.id=?`,
      id,
    );
    return record && toWorkingUnit(record);
  }

  /** Notes a change for approval; what equals the approved row is no change any more. */
  change(id: string, change: UnitChange): ChangeOutcome {
    return this.#db.transaction(() => {
      const unit = this.unit(id);
      if (!unit) return 'unknown-unit';
      if (change.state !== undefined && !this.#hasState(change.state)) return 'unknown-state';
      const { approved, pending } = unit;
      const state = change.state ?? pending?.state ?? approved.state;
      const price = change.price ?? pending?.price ?? approved.price;
      this.#db.run('DELETE FROM pending_change WHERE unit=?', id);
      if (state === approved.state && price === approved.price) return 'changed';
      this.#db.run(
        'INSERT INTO pending_change(unit, state, price, at) VALUES (?, ?, ?, ?)',
        id,
        state === approved.state ? null : state,
        price === approved.price ? null : price,
        this.#now().toISOString(),
      );
      return 'changed';
    });
  }

  /**
   * Approves the pending changes of these units and publishes them, all in one.
   * @returns how many units changed
   */
  publish(units: readonly string[] | 'all'): number {
    return this.#db.transaction(() => {
      const changed = this.#pending(units).map(withPending);
      for (const row of changed) {
        this.#db.run('UPDATE unit SET row=? WHERE id=?', JSON.stringify(row), row.id);
        this.#db.run('DELETE FROM pending_change WHERE unit=?', row.id);
      }
      this.#publication.publish(
        'board',
        changed.map((row) => [boardKeyOf(row), row]),
      );
      return changed.length;
    });
  }

  /** @returns how many pending changes were dropped */
  discard(units: readonly UnitId[] | readonly string[] | 'all'): number {
    return this.#db.transaction(() => {
      if (units === 'all') return this.#db.run('DELETE FROM pending_change');
      return units.reduce((sum, id) => sum + this.#db.run('DELETE FROM pending_change WHERE unit=?', id), 0);
    });
  }

  pendingCount(): number {
    return this.#db.get<{ n: number }>('SELECT count(*) AS n FROM pending_change')?.n ?? 0;
  }

  #pending(units: readonly string[] | 'all'): WorkingUnit[] {
    const all = this.units({ isPending: true });
    if (units === 'all') return all;
    const wanted = new Set(units);
    return all.filter(({ approved }) => wanted.has(approved.id));
  }

  #hasState(code: string): boolean {
    return (
      this.#db.get(
        "SELECT 1 AS yes FROM dataset_row WHERE dataset='board' AND key=? AND body IS NOT NULL",
        `${boardKeys.states}${code}`,
      ) !== undefined
    );
  }
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
