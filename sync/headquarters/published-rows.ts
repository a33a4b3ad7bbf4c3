// Reads rows of a dataset back as they were published.
import type { Reader } from './store/store.ts';

/** @param prefix of their keys; `''` = all @returns in the order of their keys */
export async function publishedRows<Row>(db: Reader, dataset: string, prefix: string): Promise<Row[]> {
  const rows = await db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', dataset)
    .where('key', '>=', prefix)
    .where('key', '<', `${prefix}\u{10ffff}`)
    .where('body', 'is not', null)
    .orderBy('key')
    .execute();
  return rows.map(({ body }) => JSON.parse(String(body)) as Row);
}
