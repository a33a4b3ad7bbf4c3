// What the keeper has to tell headquarters becomes a fact exactly once, however often it is said.

import type { Fact } from '../../sync/contract/facts.ts';
import type { Database, Migration } from '../../sync/database.ts';
import type { Recording } from '../decision.ts';
import type { Report } from '../keeper-line.ts';

export const keeperReportMigrations: readonly Migration[] = [
  {
    name: 'add-keeper-report-1',
    sql: 'CREATE TABLE keeper_report(source TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;',
  },
];

/** As much of the terminal's store as this needs. */
interface FactStore {
  readonly database: Database;
  record(recording: Recording, also: () => void): Fact;
}

/**
 * On disk when this returns, now or before.
 * @returns whether it is a new fact
 * @throws SyncError sync-store-full
 */
export function recordReport(
  store: FactStore,
  { source, number, report }: { readonly source: string; readonly number: number; readonly report: Report },
): boolean {
  const { database } = store;
  const last = database.get('SELECT number FROM keeper_report WHERE source = ?', source)?.['number'];
  if (last !== undefined && Number(last) >= number) return false;
  store.record({ fact: { kind: 'twin-reported', body: report }, effects: [] }, () =>
    database.run('INSERT OR REPLACE INTO keeper_report(source, number) VALUES (?, ?)', source, number),
  );
  return true;
}
