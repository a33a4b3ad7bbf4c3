// Inserts many rows with few statements whose texts repeat, so that neither builder nor database works them out anew.
import {
  CompiledQuery,
  type Insertable,
  type InsertQueryBuilder,
  type InsertResult,
  sql,
  type Transaction,
} from 'kysely';
import type { StoreKind, Tables } from './tables.ts';

/**
 * Rows in one statement. SQLite gets a parameter for each value, far below its limit; PostgreSQL, which would parse and
 * plan them all, one for all rows.
 */
const rowsPerStatement: Readonly<Record<StoreKind, number>> = { sqlite: 100, postgres: 1_000 };

export interface BulkOptions<Row> {
  /** `skip` what is there already, or on the same `keys` replace all other columns; else a double is an error */
  readonly onConflict?: 'skip' | { readonly keys: readonly (keyof Row & string)[] };
  /** columns to give back of the rows that were really written */
  readonly returning?: readonly (keyof Row & string)[];
}
type Row = Record<string, unknown>;

export class BulkInsert {
  readonly #kind: StoreKind;
  /** one text for each table, columns, ending and, on SQLite, number of rows */
  readonly #texts = new Map<string, string>();

  constructor(kind: StoreKind) {
    this.#kind = kind;
  }

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
    const most = rowsPerStatement[this.#kind];
    for (let start = 0; start < rows.length; start += most) {
      const some = rows.slice(start, start + most) as readonly Row[];
      const shape = this.#kind === 'sqlite' ? some.length : 'any';
      const key = JSON.stringify([table, columns, shape, options]);
      let text = this.#texts.get(key);
      if (text === undefined) {
        text = this.#compile(tx, table, some, columns, options as BulkOptions<Row>);
        this.#texts.set(key, text);
      }
      const values = this.#kind === 'sqlite' ? valuesOf(some, columns) : [recordsOf(some)];
      const { rows: returned } = await tx.executeQuery<Row>(CompiledQuery.raw(text, values));
      written.push(...returned);
    }
    return written;
  }

  #compile(
    tx: Transaction<Tables>,
    table: string,
    rows: readonly Row[],
    columns: readonly string[],
    options: BulkOptions<Row>,
  ): string {
    const into = (tx as unknown as Transaction<Record<string, Row>>).insertInto(table);
    if (this.#kind === 'sqlite') return ended(into.values(rows), columns, options);
    const names = sql.join(columns.map((column) => sql.ref(column)));
    const records = sql<Row>`select ${names} from json_populate_recordset(null::${sql.table(table)}, ${''})`;
    return ended(into.columns(columns).expression(records), columns, options);
  }
}

/** Row by row, in the order of `columns`. */
function valuesOf(rows: readonly Row[], columns: readonly string[]): unknown[] {
  const values: unknown[] = [];
  for (const row of rows) for (const column of columns) values.push(row[column]);
  return values;
}

const loneSurrogate = /\\ud[89a-f]/i;

/** The rows as PostgreSQL's JSON, which knows no half of a character; as a parameter one becomes U+FFFD. */
function recordsOf(rows: readonly Row[]): string {
  const text = JSON.stringify(rows);
  if (!loneSurrogate.test(text)) return text;
  return JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string' ? Buffer.from(value).toString() : value,
  );
}

function ended(
  query: InsertQueryBuilder<Record<string, Row>, string, InsertResult>,
  columns: readonly string[],
  { onConflict, returning }: BulkOptions<Row>,
): string {
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
