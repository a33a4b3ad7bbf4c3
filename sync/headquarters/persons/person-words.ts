// Takes a person's words out of rows that are found by what stands in them: facts, letters, notices, the board's papers.

import type { TerminalId } from '../../contract/ids.ts';
import { emptiedBody } from '../../contract/personal-fields.ts';
import type { FactReader } from '../arrival.ts';
import type { Store, Tx } from '../store/store.ts';
import { memberOf, nothingKept } from './erasures.ts';
import type { Traces } from './person-traces.ts';
import { noWords } from './personal-columns.ts';

const lettersAtOnce = 500;
const nothingRead = JSON.stringify(nothingKept);

/** @returns how many facts are without words now */
export async function emptyWords(store: Store, tx: Tx, reader: FactReader, traces: Traces): Promise<number> {
  const facts = await emptyFacts(tx, traces);
  await emptyLetters(store, tx, reader, traces);
  await removeMessages(store, tx, traces);
  await emptyNotices(store, tx, traces);
  await emptyDrafts(store, tx, traces);
  await emptyBoard(store, tx, traces);
  return facts;
}

async function emptyFacts(tx: Tx, { facts }: Traces): Promise<number> {
  let count = 0;
  for (const { n, kind, body } of facts) {
    const before = JSON.stringify(body);
    const emptied = JSON.stringify(emptiedBody(kind, body));
    if (emptied === before) continue;
    await tx.updateTable('fact').set({ body: emptied }).where('n', '=', n).execute();
    count += 1;
  }
  return count;
}

/** Letters hold what arrived, sealed to headquarters itself: of each that can be opened it is seen whose it is. */
async function emptyLetters(store: Store, tx: Tx, reader: FactReader, { ids, facts }: Traces): Promise<void> {
  const theirs = new Set<string>([...ids.member, ...ids.request]);
  const known = new Set(facts.map(({ id }) => id));
  for (let after = 0; ; ) {
    const letters = await tx
      .selectFrom('dead_letter')
      .select(['n', 'id', 'terminal', 'raw'])
      .where('n', '>', after)
      .orderBy('n')
      .limit(lettersAtOnce)
      .execute();
    const about = letters.filter(({ id, terminal, raw }) => {
      if (known.has(id ?? '')) return true;
      const read = reader.read(terminal as TerminalId, parsed(raw));
      return read.kind === 'fact' && theirs.has(memberOf(read.fact) ?? '');
    });
    await tx
      .updateTable('dead_letter')
      .set({ raw: nothingRead })
      .where(
        store.among(
          'n',
          about.map(({ n }) => n),
        ),
      )
      .execute();
    const last = letters.at(-1);
    if (!last || letters.length < lettersAtOnce) return;
    after = last.n;
  }
}

/** Codes and messages to their telephones go altogether. */
async function removeMessages(store: Store, tx: Tx, { phones }: Traces): Promise<void> {
  await tx.deleteFrom('phone_code').where(store.among('phone', phones)).execute();
  const messages = await tx
    .selectFrom('notice')
    .select('id')
    .where('to_kind', '=', 'phone')
    .where(store.among('to_whom', phones))
    .execute();
  const ids = messages.map(({ id }) => id);
  for (const table of ['notice_delivery', 'notice_read'] as const)
    await tx.deleteFrom(table).where(store.among('notice', ids)).execute();
  await tx.deleteFrom('notice').where(store.among('id', ids)).execute();
}

/** What our own people were told of them stays, unless it says who they are. */
async function emptyNotices(store: Store, tx: Tx, { ids, names, phones }: Traces): Promise<void> {
  const rows = await tx
    .selectFrom('notice')
    .select(['id', 'subject', 'text'])
    .where(store.among('about', [...ids.member, ...ids.request, ...ids.task, ...ids.purchase]))
    .execute();
  const saying = rows.filter(({ subject, text }) => says(`${subject} ${text}`, [...names, ...phones]));
  await tx
    .updateTable('notice')
    .set({ subject: noWords, text: noWords })
    .where(
      store.among(
        'id',
        saying.map(({ id }) => id),
      ),
    )
    .execute();
}

/** An answer that nobody has looked over yet may hold their own words. */
async function emptyDrafts(store: Store, tx: Tx, { ids }: Traces): Promise<void> {
  await tx
    .updateTable('public_answer')
    .set({ question: noWords, answer: noWords })
    .where(store.among('request', ids.request))
    .where('state', '=', 'draft')
    .execute();
}

/** The sales board names buyers in words of its own; of other homes the same name may be another's. */
async function emptyBoard(store: Store, tx: Tx, { names, phones, units }: Traces): Promise<void> {
  const theirs = [...names, ...phones];
  if (theirs.length === 0) return;
  const theirUnits = store.among('unit', units);
  const cut = <T extends string | null>(text: T): T =>
    text !== null && says(text, theirs) ? (null as T) : text;
  const inJson = (json: string): string => JSON.stringify(withoutBuyer(JSON.parse(json), theirs));
  for (const { unit, buyer } of await tx
    .selectFrom('unit_internal')
    .select(['unit', 'buyer'])
    .where(theirUnits)
    .where('buyer', 'is not', null)
    .execute()) {
    if (cut(buyer) === buyer) continue;
    await tx.updateTable('unit_internal').set({ buyer: null }).where('unit', '=', unit).execute();
  }
  for (const row of await tx
    .selectFrom('pending_change')
    .select(['unit', 'internal', 'note'])
    .where(theirUnits)
    .execute()) {
    if (!says(`${row.internal} ${row.note}`, theirs)) continue;
    await tx
      .updateTable('pending_change')
      .set({ internal: row.internal && inJson(row.internal), note: cut(row.note) })
      .where('unit', '=', row.unit)
      .execute();
  }
  const decisions = await tx
    .selectFrom('board_decision')
    .select(['n', 'before', 'after', 'note', 'reason'])
    .where(theirUnits)
    .execute();
  for (const { n, before, after, note, reason } of decisions) {
    if (!says(`${before} ${after} ${note} ${reason}`, theirs)) continue;
    await tx
      .updateTable('board_decision')
      .set({ before: inJson(before), after: inJson(after), note: cut(note), reason: cut(reason) })
      .where('n', '=', n)
      .execute();
  }
}

function withoutBuyer(value: unknown, theirs: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || !('buyer' in value)) return value;
  return says(String(value.buyer), theirs) ? { ...value, buyer: null } : value;
}

function says(text: string, words: readonly string[]): boolean {
  return words.some((word) => text.includes(word));
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    // a frame that could not even be read as one
    return undefined;
  }
}
