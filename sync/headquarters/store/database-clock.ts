// The clock of a shared database, which all processes that use it go by: theirs may differ.
import { sql } from 'kysely';
import type { Store } from './store.ts';

/** Milliseconds since 1970, for SQL of PostgreSQL. */
export const databaseNowMs = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

export interface DatabaseClock {
  now(): Date;
  close(): void;
}

const lookEveryMs = 30_000;

/** @throws the database's own error when it does not answer the first time; later ones keep what is known */
export async function openDatabaseClock({ db }: Store): Promise<DatabaseClock> {
  let offsetMs = 0;
  const look = async (): Promise<void> => {
    const before = performance.now();
    const { rows } = await sql<{ ms: number }>`select ${databaseNowMs} as ms`.execute(db);
    const halfWayMs = (performance.now() - before) / 2;
    offsetMs = (rows[0]?.ms ?? Date.now()) + halfWayMs - Date.now();
  };
  await look();
  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs);
  return { now: () => new Date(Date.now() + offsetMs), close: () => clearInterval(timer) };
}
