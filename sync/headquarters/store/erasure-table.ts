// The table of who was erased. As the SQL builder knows it, and as it is made.
import type { TableShape } from './table-shape.ts';

/** One for each id that the person ever had: what still comes under it is taken without its words. */
interface ErasureTable {
  readonly member: string;
  /** of the last time that it was done */
  readonly at: string;
  /** an `ErasureReason` */
  readonly reason: string;
  readonly by_account: string;
}

export interface ErasureTables {
  readonly erasure: ErasureTable;
}

export const erasureShape: TableShape = {
  name: 'erasure',
  columns: { member: 'text', at: 'text', reason: 'text', by_account: 'text' },
  key: ['member'],
};
