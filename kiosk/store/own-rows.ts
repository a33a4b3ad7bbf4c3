// How long the terminal holds what was done here: until headquarters has it, and `limits.ownRowsDays` of serving.
import type { Fact } from '../../sync/contract/facts.ts';
import type { Database, Migration } from '../../sync/database.ts';

/** A fact, its place in this file, which outlasts its number, and how many hours the store had served. */
export type PlacedFact = Fact & { readonly place: number; readonly hour: number };

const tables = ['check_in', 'local_request', 'survey_answer', 'said_verdict', 'hand_over'] as const;

export const ownRowsMigration: Migration = {
  name: 'own-rows-1',
  sql: tables
    .map(
      (table) => `
        ALTER TABLE ${table} ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE ${table} ADD COLUMN hour INTEGER NOT NULL DEFAULT 0;
        UPDATE ${table} SET hour = coalesce((SELECT hours FROM outbox_head), 0);`,
    )
    .join('\n'),
};

/**
 * By hours of serving, because no wall clock is to be trusted (CK1). Facts themselves are the outbox's.
 * @param appliedPlace of the last fact that headquarters has applied: what is beyond it is known here alone
 */
export function forgetOwnRows(db: Database, hour: number, appliedPlace: number): void {
  if (hour <= 0) return;
  for (const table of tables)
    db.run(`DELETE FROM ${table} WHERE hour < ? AND place <= ?`, hour, appliedPlace);
}
