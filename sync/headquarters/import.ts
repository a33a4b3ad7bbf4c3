// Brings a developer's file into headquarters' tables and publishes it, all in one transaction.

import { type BoardRow, boardKeyOf } from '../contract/board.ts';
import type { CardWidth } from '../contract/card-token.ts';
import { eventKeys } from '../contract/events.ts';
import { libraryKeyOf } from '../contract/library.ts';
import { memberKeys } from '../contract/members.ts';
import { pinHash } from '../contract/pin.ts';
import type { Database } from '../database.ts';
import type { Club } from './club.ts';
import type { Developer } from './developer-file.ts';
import type { Ledger } from './ledger.ts';
import { memberCards } from './member-cards.ts';
import type { Publication, PublishedRow } from './publication.ts';

export interface ImportParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly club: Club;
  readonly publication: Publication;
  readonly fleetKey: Uint8Array;
  /** what the whole fleet tells cards apart by */
  readonly cardWidth: CardWidth;
}
export interface ImportCounts {
  readonly units: number;
  readonly members: number;
  readonly cards: number;
  readonly events: number;
  readonly sessions: number;
  readonly library: number;
}

/**
 * Board and library become what the file says; members, cards, events and lists are added or renewed.
 * The imported board counts as approved. Importing the same file twice changes nothing.
 * @param onProgress share of the PINs that are hashed, 0 … 1: the slow part
 * @throws HeadquartersError hq-import-card-clash | hq-import-card-narrow, and then nothing has changed
 */
export async function importDeveloper(
  parts: ImportParts,
  developer: Developer,
  onProgress: (share: number) => void = () => {},
): Promise<ImportCounts> {
  const { db } = parts;
  // refused here, nobody has waited for the PINs
  memberCards(parts, developer.members);
  const pins = await hashPins(parts.fleetKey, developer, onProgress);
  return db.transaction(() => {
    importBoard(parts, developer);
    parts.publication.replace(
      'library',
      developer.library.map((row) => [libraryKeyOf(row), row]),
    );
    const cards = importMembers(parts, developer, pins);
    importEvents(parts, developer);
    return {
      units: developer.board.filter(({ kind }) => kind === 'unit').length,
      members: developer.members.length,
      cards,
      events: developer.events.length,
      sessions: developer.sessions.length,
      library: developer.library.length,
    };
  });
}

/** scrypt runs in libuv's threads; more in flight than threads only costs memory. */
async function hashPins(
  fleetKey: Uint8Array,
  { members }: Developer,
  onProgress: (share: number) => void,
): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const todo = members.flatMap(({ id, pin }) => (pin === null ? [] : [{ id, pin }]));
  let next = 0;
  const work = async (): Promise<void> => {
    for (let item = todo[next++]; item; item = todo[next++]) {
      hashes.set(item.id, await pinHash(fleetKey, item.id, item.pin));
      onProgress(hashes.size / todo.length);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return hashes;
}

function importBoard({ db, publication }: ImportParts, { board }: Developer): void {
  db.run('DELETE FROM unit');
  for (const row of board) {
    if (row.kind !== 'unit') continue;
    db.run(
      'INSERT INTO unit(id, project, building, row) VALUES (?, ?, ?, ?)',
      row.id,
      row.project,
      row.building,
      JSON.stringify(row),
    );
  }
  publication.replace(
    'board',
    board.map((row: BoardRow) => [boardKeyOf(row), row]),
  );
}

function importMembers(
  parts: ImportParts,
  { levels, members }: Developer,
  pins: ReadonlyMap<string, string>,
): number {
  const { db, ledger, club, publication } = parts;
  const cards = memberCards(parts, members);
  db.run('DELETE FROM level');
  for (const level of levels) {
    const row = JSON.stringify(level);
    db.run('INSERT INTO level(code, from_points, row) VALUES (?, ?, ?)', level.code, level.from, row);
  }
  for (const member of members) {
    db.run(
      `INSERT INTO member(id, name, phone, pin, homes) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT(id) DO UPDATE SET name=excluded.name, phone=excluded.phone, pin=excluded.pin, homes=excluded.homes`,
      member.id,
      member.name,
      member.phone,
      member.pinHash ?? pins.get(member.id) ?? null,
      JSON.stringify(member.homes),
    );
    for (const { id, at, points, reason } of member.ledger) {
      ledger.book({ id, businessKey: `import/${id}`, member: member.id, at, points, reason, fact: null });
    }
  }
  for (const { token, member, state } of cards) {
    db.run(
      `INSERT INTO card(token, member, state) VALUES (?, ?, ?)
       ON CONFLICT(token) DO UPDATE SET member=excluded.member, state=excluded.state`,
      token,
      member,
      state,
    );
  }
  publication.publish('members', [
    ...levels.map((row): PublishedRow => [memberKeys.level(row.code), row]),
    ...cards.map((row): PublishedRow => [memberKeys.card(row.token), row]),
  ]);
  club.publishMembers(members.map(({ id }) => id));
  return cards.length;
}

function importEvents({ db, club, publication }: ImportParts, developer: Developer): void {
  const { events, sessions, rosters } = developer;
  for (const row of events) {
    db.run(
      'INSERT INTO event(id, row) VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET row=excluded.row',
      row.id,
      JSON.stringify(row),
    );
  }
  for (const row of sessions) {
    db.run(
      `INSERT INTO session(id, event, points, opens_at, row) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT(id) DO UPDATE SET event=excluded.event, points=excluded.points, opens_at=excluded.opens_at, row=excluded.row`,
      row.id,
      row.event,
      row.points,
      row.opensAt,
      JSON.stringify(row),
    );
  }
  for (const { session, member, treatment } of rosters) {
    db.run(
      `INSERT INTO roster(session, member, treatment) VALUES (?, ?, ?)
       ON CONFLICT(session, member) DO UPDATE SET treatment=excluded.treatment`,
      session,
      member,
      treatment === null ? null : JSON.stringify(treatment),
    );
  }
  publication.publish('events', [
    ...events.map((row): PublishedRow => [eventKeys.event(row.id), row]),
    ...sessions.map((row): PublishedRow => [eventKeys.session(row.id), row]),
    ...rosters.map(({ session, member }) => club.rosterRow(session, member)),
  ]);
}
