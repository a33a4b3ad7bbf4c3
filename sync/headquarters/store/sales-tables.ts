// The sales' tables: the board's working copy. As the SQL builder knows them, and as they are made.
import type { TableShape } from './table-shape.ts';

interface PendingChangeTable {
  readonly unit: string;
  readonly state: string | null;
  readonly price: number | null;
  readonly at: string;
}

export interface SalesTables {
  readonly unit: {
    readonly id: string;
    readonly project: string;
    readonly building: string;
    readonly row: string;
  };
  readonly pending_change: PendingChangeTable;
}

export const salesShapes: readonly TableShape[] = [
  {
    name: 'unit',
    columns: { id: 'text', project: 'text', building: 'text', row: 'text' },
    key: ['id'],
    indexes: [['project', 'building']],
  },
  {
    name: 'pending_change',
    columns: { unit: 'text', state: 'text?', price: 'integer?', at: 'text' },
    key: ['unit'],
    refers: { unit: 'unit' },
  },
];
