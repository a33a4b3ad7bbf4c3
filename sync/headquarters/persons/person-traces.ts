// Everything that tells of one person, whichever ids, names and telephones they ever had.
import type { FactContent } from '../../contract/facts.ts';
import type { Home } from '../../contract/members.ts';
import { personalKinds } from '../../contract/personal-fields.ts';
import type { Reader, Store } from '../store/store.ts';
import type { Found } from './personal-columns.ts';

export interface KeptFact {
  readonly n: number;
  readonly id: string;
  readonly kind: string;
  /** parsed */
  readonly body: unknown;
}

export interface Traces {
  /** who stays, and everybody who became them */
  readonly ids: Readonly<Record<Found, readonly string[]>>;
  readonly names: readonly string[];
  readonly phones: readonly string[];
  /** theirs, or to be: elsewhere the same name is somebody else's */
  readonly units: readonly string[];
  /** with something of their own in it */
  readonly facts: readonly KeptFact[];
}

/** A shorter name stands in too many words that are not theirs. */
const shortestName = 2;

/** @returns undefined when there is nobody of this id */
export async function tracesOf(store: Store, db: Reader, id: string): Promise<Traces | undefined> {
  const asked = await db
    .selectFrom('member')
    .select(['id', 'merged_into'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!asked) return undefined;
  const root = asked.merged_into ?? asked.id;
  const members = await db
    .selectFrom('member')
    .select(['id', 'name', 'phone', 'homes', 'stamps'])
    .where(({ eb, or }) => or([eb('id', '=', root), eb('merged_into', '=', root)]))
    .orderBy('id')
    .execute();
  const ids = members.map((member) => member.id);
  const told = await factsNaming(db, ids);
  const said = told.map((fact) => saidIn(fact as unknown as FactContent));
  const names = [...members.map(({ name }) => name), ...said.flatMap(({ name }) => name ?? [])];
  const own = [...members.map(({ phone }) => phone), ...members.flatMap(({ stamps }) => saidBefore(stamps))];
  const phones = unique([...own, ...said.flatMap(({ phone }) => phone ?? [])]);
  const requests = await requestsOf(store, db, ids, phones);
  // filed by somebody who did not say who, but to be called back under this number
  const known = new Set(told.map((fact) => fact.id));
  const others = await factsById(
    store,
    db,
    requests.filter((each) => !known.has(each)),
  );
  return {
    ids: {
      member: ids,
      request: requests,
      task: await idsIn(store, db, 'task', 'request', requests),
      purchase: await idsIn(store, db, 'purchase', 'member', ids),
    },
    names: unique(names).filter((name) => name.length >= shortestName),
    phones,
    units: await unitsOf(store, db, ids, members),
    facts: [...told, ...others],
  };
}

async function factsNaming(db: Reader, ids: readonly string[]): Promise<KeptFact[]> {
  const found = new Map<number, KeptFact>();
  for (const id of ids) {
    const rows = await db
      .selectFrom('fact')
      .select(['n', 'id', 'kind', 'body'])
      .where('kind', 'in', [...personalKinds])
      .where('body', 'like', `%"${id.replace(/[\\%_]/g, '')}"%`)
      .execute();
    for (const row of rows) found.set(row.n, { ...row, body: JSON.parse(row.body) as unknown });
  }
  const own = new Set<unknown>(ids);
  return [...found.values()].filter(({ body }) => own.has((body as { member?: unknown }).member));
}

async function factsById(store: Store, db: Reader, ids: readonly string[]): Promise<KeptFact[]> {
  const rows = await db
    .selectFrom('fact')
    .select(['n', 'id', 'kind', 'body'])
    .where(store.among('id', ids))
    .execute();
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }));
}

async function requestsOf(
  store: Store,
  db: Reader,
  members: readonly string[],
  phones: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('request')
    .select('id')
    .where((it) =>
      it.or([
        store.among('member', members),
        it.and([it('member', 'is', null), store.among('phone', phones)]),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

async function idsIn(
  store: Store,
  db: Reader,
  table: 'task' | 'purchase',
  column: string,
  values: readonly string[],
): Promise<string[]> {
  const rows = await db.selectFrom(table).select('id').where(store.among(column, values)).execute();
  return rows.map(({ id }) => id);
}

async function unitsOf(
  store: Store,
  db: Reader,
  ids: readonly string[],
  members: readonly { readonly homes: string }[],
): Promise<string[]> {
  const bought = db.selectFrom('purchase').select('unit').where(store.among('member', ids));
  const invited = db.selectFrom('hand_over').select('unit').where(store.among('member', ids));
  const rows = await bought.union(invited).execute();
  const homes = members.flatMap((member) => JSON.parse(member.homes) as Home[]);
  return unique([...homes, ...rows].map(({ unit }) => unit));
}

function saidIn({ kind, body }: FactContent): {
  readonly name?: string;
  readonly phone?: string | null | undefined;
} {
  if (kind === 'member-joined') return { name: body.name, phone: body.phone };
  if (kind === 'profile-changed') return { phone: body.phone };
  return kind === 'request-filed' ? { phone: body.callBack?.phone } : {};
}

/** What they changed before they were known by name waits there: see `Joining`. */
function saidBefore(stamps: string | null): string[] {
  const { said = '' } = stamps === null ? {} : (JSON.parse(stamps) as { readonly said?: string });
  return said.split(' ').filter((word) => !word.includes('-'));
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words.filter((word) => word !== ''))];
}
