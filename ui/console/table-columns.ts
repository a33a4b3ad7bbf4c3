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
  /** holds one of a few values, by which rows are chosen */
  readonly isFacet?: boolean;
}
/** Column id → the one value that rows must have there. */
export type Facets = ReadonlyMap<string, string>;
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

/** The rows that have each chosen value in its column. */
export function facetRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  facets: Facets,
): readonly Row[] {
  const wanted = columns.filter(({ id }) => facets.has(id));
  return wanted.length === 0
    ? rows
    : rows.filter((row) => wanted.every(({ id, value }) => String(value(row)) === facets.get(id)));
}

/** What a column holds and in how many rows, the most frequent first; what is not known is left out. */
export function facetValues<Row>(
  rows: readonly Row[],
  { value }: Column<Row>,
): readonly (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const held = value(row);
    if (held !== null) counts.set(String(held), (counts.get(String(held)) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'zh-CN'));
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
