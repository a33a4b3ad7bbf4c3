// What a table of the console shows of a row, how rows are sorted and found, and how they leave as CSV.
import type { TemplateResult } from 'lit';
import { csvText } from '../../sync/headquarters/api/csv-text.ts';

export type Cell = string | number | null;

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** what is sorted, searched and exported; instants as they are, money in yuan */
  readonly value: (row: Row) => Cell;
  /** how it looks, when it is not simply the value */
  readonly show?: (row: Row) => TemplateResult | string;
  /** numbers stand on the right */
  readonly isNumber?: boolean;
}
export interface Order {
  readonly column: string;
  readonly isDescending: boolean;
}

/** The rows that hold every word of `query` in some column. */
export function findRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  query: string,
): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = columns
      .map(({ value }) => value(row) ?? '')
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Stable; what is not known stands last either way. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | undefined,
): readonly Row[] {
  const column = columns.find(({ id }) => id === order?.column);
  if (!column || !order) return rows;
  const sign = order.isDescending ? -1 : 1;
  const collator = new Intl.Collator('zh-CN', { numeric: true });
  return rows
    .map((row) => ({ row, value: column.value(row) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === b) return 0;
      if (a === null || b === null) return a === null ? 1 : -1;
      if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
      return sign * collator.compare(String(a), String(b));
    })
    .map(({ row }) => row);
}

/** What is shown of the rows, as a spreadsheet takes it. */
export function tableCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  return csvText([
    columns.map(({ label }) => label),
    ...rows.map((row) => columns.map(({ value }) => value(row))),
  ]);
}
