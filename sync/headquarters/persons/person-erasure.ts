// Takes a person out of headquarters (PIPL art. 47): what names them goes, what was counted stays and names nobody.
import { sql } from 'kysely';
import type { MemberId } from '../../contract/ids.ts';
import { memberKeys } from '../../contract/members.ts';
import { purchaseStages } from '../../contract/owners.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { ErasureReason, OpenThing, PersonAnswers } from '../api/person-api.ts';
import type { FactReader } from '../arrival.ts';
import type { Identity } from '../club/identity.ts';
import type { Photos } from '../photos/photos.ts';
import type { Change, Publication, PublishedRow } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Erasures } from './erasures.ts';
import { type Traces, tracesOf } from './person-traces.ts';
import { emptyWords } from './person-words.ts';
import { type PersonalTable, personalTables } from './personal-columns.ts';

export interface PersonErasureParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly audit: Audit;
  readonly identity: Identity;
  readonly reader: FactReader;
  readonly erasures: Erasures;
  /** undefined = this process does not see the pictures' folder */
  readonly photos?: Photos | undefined;
  readonly now: () => Date;
}

/** `open`: what needs the person still, to be closed first; nothing was written. */
export type ErasureOutcome =
  | ({ readonly kind: 'erased' } & PersonAnswers['erased'])
  | { readonly kind: 'open'; readonly open: readonly OpenThing[] }
  | { readonly kind: 'unknown' };

/** @returns what needs the person still, and when they were erased; undefined when there is nobody of this id */
export async function erasureOutlook(
  { store, photos }: Pick<PersonErasureParts, 'store' | 'photos'>,
  id: string,
): Promise<PersonAnswers['outlook'] | undefined> {
  const traces = await tracesOf(store, store.db, id);
  if (!traces) return undefined;
  const erased = await store.db
    .selectFrom('erasure')
    .select('at')
    .where('member', '=', id)
    .executeTakeFirst();
  return {
    open: await openThings(store, store.db, traces, photos !== undefined),
    erasedAt: erased?.at ?? null,
  };
}

/** To be done again after a restored backup; then it finds little, and changes what came back. */
export async function erasePerson(
  parts: PersonErasureParts,
  actor: Actor,
  id: string,
  reason: ErasureReason,
): Promise<ErasureOutcome> {
  const { store, photos } = parts;
  const done = await overwriting(store, () =>
    store.transaction(async (tx): Promise<{ outcome: ErasureOutcome; requests: readonly string[] }> => {
      await parts.erasures.hold(tx);
      const traces = await tracesOf(store, tx, id);
      if (!traces) return { outcome: { kind: 'unknown' }, requests: [] };
      const open = await openThings(store, tx, traces, photos !== undefined);
      if (open.length > 0) return { outcome: { kind: 'open', open }, requests: [] };
      const erased = await erase(parts, tx, traces, { actor, id, reason });
      return { outcome: { kind: 'erased', ...erased }, requests: traces.ids.request };
    }),
  );
  // by the folder, so that doing it once more takes what a fault left behind
  await photos?.forget(done.requests);
  return done.outcome;
}

async function erase(
  { store, publication, audit, identity, reader, now }: PersonErasureParts,
  tx: Tx,
  traces: Traces,
  { actor, id, reason }: { readonly actor: Actor; readonly id: string; readonly reason: ErasureReason },
): Promise<PersonAnswers['erased']> {
  const at = now().toISOString();
  const members = traces.ids.member;
  const identities = await identityChanges(store, tx, identity, members);
  const facts = await emptyWords(store, tx, reader, traces);
  for (const [name, table] of Object.entries(personalTables)) await eraseRows(store, tx, name, table, traces);
  const rows = members.map((member) => ({ member, at, reason, by_account: actor.account }));
  await store.insert(tx, 'erasure', rows, { onConflict: { keys: ['member'] } });
  await audit.note(tx, actor, 'person-erased', id, { reason, ids: members.length, facts });
  await publication.publish(tx, [...(await publishedOf(tx, members)), ...identities]);
  return { id, at, facts };
}

/** A request that is not closed, a purchase that runs, a hand-over that is appointed. */
async function openThings(
  store: Store,
  db: Reader,
  { ids }: Traces,
  hasPhotos: boolean,
): Promise<OpenThing[]> {
  const requests = await db
    .selectFrom('request')
    .select(['id', 'number'])
    .where(store.among('id', ids.request))
    .where('closed_at', 'is', null)
    .orderBy('filed_at')
    .execute();
  const purchases = await db
    .selectFrom('purchase')
    .select(['id', 'unit', 'stage', 'paid', 'total'])
    .where(store.among('id', ids.purchase))
    .orderBy('id')
    .execute();
  const running = purchases.filter(
    ({ stage, paid, total }) => stage !== purchaseStages.at(-1) || paid < total,
  );
  const handOvers = await db
    .selectFrom('hand_over as h')
    .innerJoin('hand_over_day as d', 'd.id', 'h.day')
    .select(['h.day', 'h.unit', 'd.day as on'])
    .where(store.among('h.member', ids.member))
    .where('h.signed_at', 'is', null)
    .where('h.closed', 'is', null)
    .orderBy('d.day')
    .execute();
  const photos = hasPhotos
    ? []
    : await db
        .selectFrom('photo')
        .select(['id', 'request'])
        .where(store.among('request', ids.request))
        .execute();
  return [
    ...requests.map(({ id, number }) => ({ kind: 'request' as const, id, label: number })),
    ...running.map(({ id, unit }) => ({ kind: 'purchase' as const, id, label: unit })),
    ...handOvers.map(({ day, unit, on }) => ({
      kind: 'hand-over' as const,
      id: day,
      label: `${on} ${unit}`,
    })),
    // nobody here could delete the file
    ...photos.map(({ id, request }) => ({ kind: 'photo' as const, id, label: request })),
  ];
}

async function eraseRows(
  store: Store,
  tx: Tx,
  name: string,
  { by, empties = {}, goes }: PersonalTable,
  { ids }: Traces,
): Promise<void> {
  const theirs = Object.entries(by).map(([column, found]) => store.among(column, ids[found]));
  if (theirs.length === 0) return;
  const rows = sql.join(theirs, sql` or `);
  if (goes !== undefined) {
    await sql`delete from ${sql.table(name)} where ${rows}`.execute(tx);
    return;
  }
  const values = Object.entries(empties).map(([column, empty]) => sql`${sql.ref(column)} = ${empty}`);
  if (values.length === 0) return;
  await sql`update ${sql.table(name)} set ${sql.join(values)} where ${rows}`.execute(tx);
}

/** @returns that every row about them is gone, in whichever dataset it stands */
async function publishedOf(tx: Tx, members: readonly string[]): Promise<Change[]> {
  const own = new Set<unknown>(members);
  const gone = new Map<string, Set<string>>();
  for (const member of members) {
    const rows = await tx
      .selectFrom('dataset_row')
      .select(['dataset', 'key', 'body'])
      .where('body', 'like', `%"${member.replace(/[\\%_]/g, '')}"%`)
      .execute();
    for (const { dataset, key, body } of rows) {
      const row = JSON.parse(String(body)) as {
        readonly kind?: unknown;
        readonly id?: unknown;
        readonly member?: unknown;
      };
      if (!own.has(row.member) && !(row.kind === 'member' && own.has(row.id))) continue;
      gone.set(dataset, (gone.get(dataset) ?? new Set()).add(key));
    }
  }
  return [...gone].map(([dataset, keys]) => ({
    dataset: dataset as Change['dataset'],
    rows: async () => [...keys].map((key): PublishedRow => [key, null]),
  }));
}

/** Keys that others share are theirs alone from now on. */
async function identityChanges(
  store: Store,
  tx: Tx,
  identity: Identity,
  members: readonly string[],
): Promise<Change[]> {
  const own = await tx.selectFrom('identity').select('key').where(store.among('member', members)).execute();
  const keys = [...new Set(own.map(({ key }) => key))];
  const sharers = await tx
    .selectFrom('identity')
    .select('member')
    .distinct()
    .where(store.among('key', keys))
    .execute();
  const others = sharers.flatMap(({ member }) => (members.includes(member) ? [] : [member as MemberId]));
  const gone = keys.map((key): PublishedRow => [memberKeys.identity(key), null]);
  return [{ dataset: 'members', rows: async () => gone }, identity.change(others)];
}

/**
 * SQLite leaves what was deleted in pages that are free until they are used again, and in its log; not so here. Of
 * PostgreSQL the next vacuum takes it.
 */
async function overwriting<T>(store: Store, work: () => Promise<T>): Promise<T> {
  if (store.kind !== 'sqlite') return await work();
  await sql`pragma secure_delete = on`.execute(store.db);
  try {
    return await work();
  } finally {
    await sql`pragma secure_delete = fast`.execute(store.db);
    await sql`pragma wal_checkpoint(truncate)`.execute(store.db);
  }
}
