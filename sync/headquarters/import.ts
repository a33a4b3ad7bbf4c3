// Brings a developer's file into headquarters' tables and publishes it, all in one transaction.

import { boardKeyOf } from '../contract/board.ts';
import { eventKeys } from '../contract/events.ts';
import type { CardRow } from '../contract/members.ts';
import { pinHash } from '../contract/pin.ts';
import type { Club } from './club/club.ts';
import type { Ledger } from './club/ledger.ts';
import { memberCards } from './club/member-cards.ts';
import { importIdentities, importStaff, knownMembers, type MemberImportParts } from './club/member-import.ts';
import { renewedOwnData } from './club/own-data.ts';
import type { PointsRules } from './club/points-rules.ts';
import type { Developer } from './developer-file.ts';
import type { Erasures } from './persons/erasures.ts';
import type { Change, Publication, PublishedRow } from './publication.ts';
import { importRegions } from './reports/regions.ts';
import { withPinyin } from './sales/name-pinyin.ts';
import type { Sales } from './sales/sales.ts';
import { importSales } from './sales/sales-file.ts';
import { importedLibrary } from './service/library/import-library.ts';
import type { Tx } from './store/store.ts';
import type { Surveys } from './surveys/surveys.ts';

export interface ImportParts extends MemberImportParts {
  readonly ledger: Ledger;
  readonly club: Club;
  readonly rules: PointsRules;
  readonly publication: Publication;
  readonly surveys: Surveys;
  readonly sales: Sales;
  readonly erasures: Erasures;
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
  file: Developer,
  onProgress: (share: number) => void = () => {},
): Promise<ImportCounts> {
  const developer = await withoutErased(parts, file);
  // refused here, nobody has waited for the PINs
  await memberCards(parts, developer.members);
  const pins = await hashPins(parts.fleetKey, developer, onProgress);
  const counts = await parts.store.transaction(async (tx): Promise<ImportCounts> => {
    await parts.store.allowSilence(tx);
    const cards = await memberCards(parts, developer.members, tx);
    const changes = [
      await importBoard(tx, parts, developer),
      importedLibrary(parts.publication, {
        library: developer.library,
        projects: developer.board.flatMap((row) => (row.kind === 'project' ? [row.id] : [])),
      }),
      ...(await importMembers(tx, parts, developer, cards, pins)),
      ...(await importStaff(tx, parts, developer)),
      ...(await parts.consent.seed(tx)),
      ...(await importEvents(tx, parts, developer)),
      ...(await parts.surveys.seed(tx)),
      ...(await importSales(tx, parts, developer.sales)),
    ];
    await importRegions(tx, parts.store, developer.regions);
    await parts.publication.publish(tx, changes);
    return {
      units: developer.board.filter(({ kind }) => kind === 'unit').length,
      members: developer.members.length,
      cards: cards.length,
      events: developer.events.length,
      sessions: developer.sessions.length,
      library: developer.library.length,
    };
  });
  await parts.store.refreshStatistics();
  return counts;
}

/** A file that is older than an erasure does not bring anybody back. */
async function withoutErased({ store, erasures }: ImportParts, file: Developer): Promise<Developer> {
  const erased = await erasures.among(
    store.db,
    file.members.map(({ id }) => id),
  );
  if (erased.size === 0) return file;
  return {
    ...file,
    members: file.members.filter(({ id }) => !erased.has(id)),
    rosters: file.rosters.filter(({ member }) => !erased.has(member)),
  };
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

async function importBoard(
  tx: Tx,
  { store, publication }: ImportParts,
  { board }: Developer,
): Promise<Change> {
  const units = board.flatMap((row) =>
    row.kind === 'unit'
      ? [{ id: row.id, project: row.project, building: row.building, row: JSON.stringify(row) }]
      : [],
  );
  await tx.deleteFrom('unit').execute();
  await store.insert(tx, 'unit', units);
  return publication.replacement(
    'board',
    withPinyin(board).map((row) => [boardKeyOf(row), row]),
  );
}

async function importMembers(
  tx: Tx,
  parts: ImportParts,
  { levels, members }: Developer,
  cards: readonly CardRow[],
  pins: ReadonlyMap<string, string>,
): Promise<Change[]> {
  const { store, ledger, club, rules } = parts;
  const changes = await rules.importLevels(tx, levels);
  const known = await knownMembers(tx, store, members);
  await store.insert(
    tx,
    'member',
    members.map(({ id, name, phone, birthday = null, pinHash: hash, homes }) => {
      const told = { id, name, phone, birthday, pin: hash ?? pins.get(id) ?? null };
      return { ...renewedOwnData(told, known.get(id)), homes: JSON.stringify(homes) };
    }),
    { onConflict: { keys: ['id'] } },
  );
  await ledger.book(
    tx,
    members.flatMap(({ id: member, ledger: entries }) =>
      entries.map((entry) => ({ ...entry, businessKey: `import/${entry.id}`, member, fact: null })),
    ),
  );
  await club.settle(
    tx,
    members.map(({ id }) => id),
  );
  return [
    ...changes,
    ...(await importIdentities(tx, parts, members, cards)),
    club.memberChange(members.map(({ id }) => id)),
  ];
}

async function importEvents(
  tx: Tx,
  { store, club }: ImportParts,
  { events, sessions, rosters }: Developer,
): Promise<Change[]> {
  await store.insert(
    tx,
    'event',
    events.map((row) => ({ id: row.id, row: JSON.stringify(row) })),
    { onConflict: { keys: ['id'] } },
  );
  await store.insert(
    tx,
    'session',
    sessions.map((row) => ({
      id: row.id,
      event: row.event,
      points: row.points,
      opens_at: row.opensAt,
      row: JSON.stringify(row),
    })),
    { onConflict: { keys: ['id'] } },
  );
  const rows = [
    ...events.map((row): PublishedRow => [eventKeys.event(row.id), row]),
    ...sessions.map((row): PublishedRow => [eventKeys.session(row.id), row]),
  ];
  return [{ dataset: 'events', rows: async () => rows }, await club.rosters.import(tx, rosters)];
}
