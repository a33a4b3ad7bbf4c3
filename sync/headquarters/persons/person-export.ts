// Everything that headquarters has about one person, as a file for that person: by the schema, so that no table is forgotten.
import { sql } from 'kysely';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { PersonAnswers } from '../api/person-api.ts';
import { firstTables } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { TableShape } from '../store/table-shape.ts';

type Row = Readonly<Record<string, unknown>>;

/** What opens something, or only tells one person from another, is nobody's data. */
const withheld: ReadonlySet<string> = new Set(['pin', 'identity.key', 'photo_key']);

const about = (column: string): readonly TableShape[] =>
  firstTables.filter(({ columns }) => column in columns);

/**
 * Facts are looked through from the first to the last: a deed for the rare day on which somebody asks.
 * @returns undefined when there is nobody of this id
 */
export async function exportPerson(
  { store, audit, now }: { readonly store: Store; readonly audit: Audit; readonly now: () => Date },
  actor: Actor,
  id: string,
): Promise<PersonAnswers['exported'] | undefined> {
  const { db } = store;
  // whoever they were before they became one
  const members = await db
    .selectFrom('member')
    .selectAll()
    .where(({ eb, or }) => or([eb('id', '=', id), eb('merged_into', '=', id)]))
    .orderBy('id')
    .execute();
  if (!members.some((member) => member.id === id)) return undefined;
  const ids = members.map((member) => String(member.id));
  const tables: Record<string, Row[]> = { member: members.map((row) => told('member', row)) };
  for (const { name } of about('member')) tables[name] = await rowsOf(store, name, 'member', ids);
  const requests = (tables['request'] ?? []).map((row) => String(row['id']));
  for (const { name } of about('request')) {
    const rows = await rowsOf(store, name, 'request', requests);
    tables[name] = [...(tables[name] ?? []), ...rows];
  }
  const facts: PersonAnswers['exported']['facts'] = [];
  for (const each of ids) {
    const found = await db
      .selectFrom('fact')
      .select(['id', 'terminal', 'kind', 'at', 'body'])
      .where('body', 'like', `%"${each.replace(/[\\%_]/g, '')}"%`)
      .orderBy('n')
      .execute();
    facts.push(...found.map(({ body, ...fact }) => ({ ...fact, body: JSON.parse(body) as unknown })));
  }
  await store.transaction((tx) => audit.note(tx, actor, 'person-exported', id));
  const full = Object.entries(tables).filter(([, rows]) => rows.length > 0);
  return { id, at: now().toISOString(), tables: Object.fromEntries(full), facts };
}

async function rowsOf(store: Store, table: string, column: string, ids: readonly string[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`select * from ${sql.table(table)} where ${sql.ref(column)} in (${sql.join(
    ids,
  )})`.execute(store.db);
  return rows.map((row) => told(table, row));
}

function told(table: string, row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([column]) => !withheld.has(column) && !withheld.has(`${table}.${column}`)),
  );
}
