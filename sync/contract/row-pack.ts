// Rows as columns: what repeats from row to row stands together, which is what compression wants.
import * as v from 'valibot';

const key = v.pipe(v.string(), v.maxLength(140));

/**
 * `runs`: rows that have the same fields in the same order; `columns[c][r]` is field `fields[c]` of row r.
 * `gone`: keys of deleted rows. The keys of the others follow from their words (`keyOfRow`).
 */
export const rowPackSchema = v.object({
  runs: v.array(
    v.object({
      fields: v.pipe(v.array(v.string()), v.maxLength(100)),
      columns: v.array(v.custom<unknown[]>(Array.isArray)),
    }),
  ),
  gone: v.array(key),
});
export type RowPack = v.InferOutput<typeof rowPackSchema>;

/** @param rows JSON texts of objects, and keys of what is gone */
export function packRows(rows: Iterable<object>, gone: readonly string[] = []): RowPack {
  const runs = new Map<string, { fields: string[]; columns: unknown[][] }>();
  for (const row of rows) {
    const fields = Object.keys(row);
    const name = fields.join('\n');
    let run = runs.get(name);
    if (!run) {
      run = { fields, columns: fields.map(() => []) };
      runs.set(name, run);
    }
    for (const [column, value] of Object.values(row).entries()) run.columns[column]?.push(value);
  }
  return { runs: [...runs.values()], gone: [...gone] };
}

/** @returns the rows, or undefined when columns are missing, of different lengths, or would change what an object is */
export function unpackRows({ runs }: RowPack): Record<string, unknown>[] | undefined {
  const rows: Record<string, unknown>[] = [];
  for (const { fields, columns } of runs) {
    const count = columns[0]?.length ?? 0;
    const isWhole =
      columns.length === fields.length &&
      columns.every((column) => column.length === count) &&
      new Set(fields).size === fields.length &&
      !fields.includes('__proto__');
    if (!isWhole) return undefined;
    for (let row = 0; row < count; row += 1) {
      const body: Record<string, unknown> = {};
      for (let field = 0; field < fields.length; field += 1) {
        body[fields[field] as string] = columns[field]?.[row];
      }
      rows.push(body);
    }
  }
  return rows;
}
