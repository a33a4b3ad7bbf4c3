// Inserts many rows with few statements whose texts repeat, so that neither builder nor database works them out anew.
import { CompiledQuery, type Insertable, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Rows in one statement: all parameters stay far below both databases' limits. */
const rowsPerStatement = 100;

export interface BulkOptions<Row> {
  /** `skip` what is there already, or on the same `keys` replace all other columns; else a double is an error */
  readonly onConflict?: 'skip' | { readonly keys: readonly (keyof Row & string)[] };
  /** columns to give back of the rows that were really written */
  readonly returning?: readonly (keyof Row & string)[];
}
type Row = Record<string, unknown>;

export class BulkInsert {
  /** one text for each table, columns, ending and number of rows */
  readonly #texts = new Map<string, string>();

  /**
   * @param rows all with the same columns
   * @returns the columns asked for, of each row that was written, in no order
   */
  async insert<Name extends keyof Tables & string>(
    tx: Transaction<Tables>,
    table: Name,
    rows: readonly Insertable<Tables[Name]>[],
    options: BulkOptions<Tables[Name]>,
  ): Promise<Row[]> {
    const [first] = rows;
    if (!first) return [];
    const columns = Object.keys(first);
    const written: Row[] = [];
    for (let start = 0; start < rows.length; start += rowsPerStatement) {
      const some = rows.slice(start, start + rowsPerStatement) as readonly Row[];
      const key = JSON.stringify([table, columns, some.length, options]);
      let text = this.#texts.get(key);
      if (text === undefined) {
        text = compile(tx, table, some, columns, options as BulkOptions<Row>);
        this.#texts.set(key, text);
      }
      const values: unknown[] = [];
      for (const row of some) for (const column of columns) values.push(row[column]);
      const { rows: returned } = await tx.executeQuery<Row>(CompiledQuery.raw(text, values));
      written.push(...returned);
    }
    return written;
  }
}

/** The parameters of the text are the rows' values, row by row in the order of `columns`. */
function compile(
  tx: Transaction<Tables>,
  table: string,
  rows: readonly Row[],
  columns: readonly string[],
  { onConflict, returning }: BulkOptions<Row>,
): string {
  const anyTable = tx as unknown as Transaction<Record<string, Row>>;
  const query = anyTable.insertInto(table).values(rows);
  const kept =
    onConflict === undefined
      ? query
      : query.onConflict((conflict) =>
          onConflict === 'skip'
            ? conflict.doNothing()
            : conflict
                .columns(onConflict.keys)
                .doUpdateSet((row) =>
                  Object.fromEntries(
                    columns
                      .filter((column) => !onConflict.keys.includes(column))
                      .map((column) => [column, row.ref(`excluded.${column}`)]),
                  ),
                ),
        );
  return (returning === undefined ? kept : kept.returning(returning)).compile().sql;
}
