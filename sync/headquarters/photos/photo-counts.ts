// How many pictures each request has, for what its owner sees.
import type { Reader, Store } from '../store/store.ts';

export async function photoCounts(
  store: Store,
  db: Reader,
  requests: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('photo')
    .select(({ fn }) => ['request', fn.countAll<number>().as('count')])
    .where(store.among('request', requests))
    .groupBy('request')
    .execute();
  return new Map(rows.map(({ request, count }) => [request, Number(count)]));
}
