// What members wished for at this terminal, until headquarters' lists answer it.
import type { Ack } from '../../sync/contract/facts.ts';
import type { MemberId, SessionId } from '../../sync/contract/ids.ts';
import type { Database, Migration } from '../../sync/database.ts';

export type Wish = 'join' | 'leave';

export const wishMigrations: readonly Migration[] = [
  {
    name: 'session-wish-1',
    sql: `
      CREATE TABLE session_wish(
        session TEXT, member TEXT, place INTEGER NOT NULL, wish TEXT NOT NULL, visible_from INTEGER,
        PRIMARY KEY(session, member)) WITHOUT ROWID;
    `,
  },
];

/** In the transaction of the fact at `place`. */
export function rememberWish(
  db: Database,
  place: number,
  { session, member, wish }: { readonly session: SessionId; readonly member: MemberId; readonly wish: Wish },
): void {
  db.run(
    'INSERT OR REPLACE INTO session_wish(session, member, place, wish, visible_from) VALUES (?, ?, ?, ?, NULL)',
    session,
    member,
    place,
    wish,
  );
}

/** Headquarters has applied facts up to this place; its lists answer them from that version on. */
export function noteWishesApplied(db: Database, place: number, { events }: Ack['visible']): void {
  db.run('UPDATE session_wish SET visible_from = ? WHERE place <= ? AND visible_from IS NULL', events, place);
}

/** @param version of the events that are known here: what they answer is no longer a wish */
export function wishOf(
  db: Database,
  session: SessionId,
  member: MemberId,
  version: number,
): Wish | undefined {
  const row = db.get(
    'SELECT wish FROM session_wish WHERE session = ? AND member = ? AND (visible_from IS NULL OR visible_from > ?)',
    session,
    member,
    version,
  );
  if (!row) return undefined;
  return row['wish'] === 'join' ? 'join' : 'leave';
}

export function dropAnsweredWishes(db: Database, version: number): void {
  db.run('DELETE FROM session_wish WHERE visible_from <= ?', version);
}
