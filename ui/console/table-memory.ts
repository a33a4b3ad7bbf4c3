// How each table was left, so that who opens a row and comes back finds it so; for one session, in memory alone.
import type { Facets, Order } from './table-columns.ts';

export interface LeftTable {
  readonly search: string;
  readonly facets: Facets;
  readonly order: Order | undefined;
}

const left = new Map<string, LeftTable>();

export const tableMemory = {
  /** @param name the table's `file` */
  keep(name: string, table: LeftTable): void {
    left.set(name, table);
  },
  recall(name: string): LeftTable | undefined {
    return left.get(name);
  },
  /** What somebody searched is nothing for the next person at this desk. */
  forget(): void {
    left.clear();
  },
} as const;
