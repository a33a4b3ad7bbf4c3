// How a table is described, the same for both databases.

/** `?` may be null; `number` counts up by itself and is the primary key. */
export type ColumnKind = 'text' | 'text?' | 'integer' | 'integer?' | 'number';

export interface TableShape {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnKind>>;
  /** the primary key; left out when a column is a `number` */
  readonly key?: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  /** column → table whose `id` it holds; each gets an index, or every change there would read this whole table */
  readonly refers?: Readonly<Record<string, string>>;
  readonly indexes?: readonly (readonly string[])[];
}
