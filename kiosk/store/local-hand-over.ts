// What was done here about hand-overs: numbers that were given and what was signed.
import type { Database, Migration } from '../../sync/database.ts';
import type { Effect } from '../decision.ts';
import type { SignedOutcome } from '../owners-knowledge.ts';
import type { PlacedFact } from './own-rows.ts';

export const handOverMigration: Migration = {
  name: 'hand-over-1',
  sql: `
    CREATE TABLE hand_over(
      unit TEXT, day TEXT, number TEXT NOT NULL, outcome TEXT, signed_at TEXT, PRIMARY KEY(unit, day)) WITHOUT ROWID;
  `,
};

export interface LocalHandOver {
  readonly number: string | null;
  readonly outcome: SignedOutcome | null;
  readonly signedAt: string | null;
}

export function rememberArrival(
  db: Database,
  { place, hour }: PlacedFact,
  { unit, day, number }: Extract<Effect, { kind: 'remember-arrival' }>,
): void {
  db.run(
    'INSERT OR IGNORE INTO hand_over(unit, day, number, place, hour) VALUES (?, ?, ?, ?, ?)',
    unit,
    day,
    number,
    place,
    hour,
  );
}

export function rememberSignature(
  db: Database,
  { at, place, hour }: PlacedFact,
  { unit, day, outcome }: Extract<Effect, { kind: 'remember-signature' }>,
): void {
  // the number may have been taken at another terminal
  db.run(
    `INSERT INTO hand_over(unit, day, number, outcome, signed_at, place, hour) VALUES (?, ?, '', ?, ?, ?, ?)
     ON CONFLICT(unit, day) DO UPDATE SET outcome = excluded.outcome, signed_at = excluded.signed_at,
       place = excluded.place, hour = excluded.hour`,
    unit,
    day,
    outcome,
    at,
    place,
    hour,
  );
}

/** What was done here about the hand-over of this home on that day. */
export function handOverOf(db: Database, unit: string, day: string): LocalHandOver | undefined {
  const row = db.get(
    'SELECT number, outcome, signed_at FROM hand_over WHERE unit = ? AND day = ?',
    unit,
    day,
  );
  if (!row) return undefined;
  const text = (name: string): string | null => (row[name] ? String(row[name]) : null);
  return {
    number: text('number'),
    outcome: text('outcome') as SignedOutcome | null,
    signedAt: text('signed_at'),
  };
}

/** How many numbers were given here on that day. */
export function arrivalsOf(db: Database, day: string): number {
  const row = db.get(`SELECT count(*) AS n FROM hand_over WHERE day = ? AND number <> ''`, day);
  return Number(row?.['n'] ?? 0);
}
