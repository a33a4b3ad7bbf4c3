// Somebody of whom headquarters knows all that it can know, with words that stand nowhere else, for tests.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { MemberId } from '../../../../sync/contract/ids.ts';
import { Photos } from '../../../../sync/headquarters/photos/photos.ts';
import { everyTable } from '../../../../sync/headquarters/store/schema.ts';
import type { Store } from '../../../../sync/headquarters/store/store.ts';
import { blank, idKeyOf, issued, joined, newMember, profile } from '../club/joining-facts.ts';
import { checkIn, fact, now, send, type World } from '../world.ts';

export const secrets = {
  name: '诸葛明月',
  otherName: '诸葛名月',
  surname: '诸葛',
  phone: '13711112222',
  oldPhone: '13711113333',
  callBack: '13711114444',
  maskedPhone: '137****2222',
  birthday: '1988-03-04',
  idKey: idKeyOf('110101198803040011'),
  pin: 'scrypt-of-a-pin-that-stands-nowhere-else',
  text: '我的原话甲',
  taskText: '我的原话乙',
  note: '我的原话丙',
  verdict: '我的原话丁',
  answer: '给您的答复戊',
  deskNote: '电话里说的话己',
  survey: '问卷里写的话庚',
  treatment: '素食座位辛',
  late: '迟到的话壬',
  photoKey: 'K'.repeat(43),
} as const;

export interface KnownPerson {
  readonly id: MemberId;
  /** who became them */
  readonly merged: MemberId;
  readonly request: string;
  /** of a request that was refused: a letter holds its words */
  readonly refused: string;
  readonly photos: Photos;
  /** of the picture */
  readonly file: string;
}

export async function knowPerson(world: World): Promise<KnownPerson> {
  const { store } = world;
  const [id, merged] = [newMember(), newMember()];
  const { name, otherName, phone, oldPhone, birthday, idKey, pin } = secrets;
  const filed = fact(6, filing(id));
  const request = String(filed['id']);
  const refused = fact(7, {
    ...filing(id),
    body: { ...filing(id).body, number: 'H01-0009', unit: 'milan-301' },
  });
  await send(world, [
    fact(1, joined(id, { name, phone: oldPhone, birthday, idKey, card: blank(7), pin })),
    fact(2, joined(merged, { name: otherName, phone, idKey, card: blank(8), pin })),
    fact(3, profile(id, { phone, mayContact: true })),
    fact(4, checkIn(id)),
    fact(5, issued(id, blank(9), blank(7), 'damaged')),
    filed,
    refused,
    fact(8, { kind: 'request-noted', body: { request, member: id, text: secrets.note } }),
    fact(9, {
      kind: 'request-judged',
      body: { request, member: id, verdict: 'solved', ratings: [], text: secrets.verdict },
    }),
    fact(10, {
      kind: 'survey-answered',
      body: {
        ...{ survey: 'spring', member: id, project: null, unit: null },
        ratings: [{ item: 'service', score: 5 }],
        text: secrets.survey,
      },
    }),
    fact(11, { kind: 'shortlist-kept', body: { member: id, units: ['milan-302'] } }),
    fact(12, {
      kind: 'interest-noted',
      body: { member: id, project: 'siji', unit: 'milan-302', what: 'unit', seconds: 30 },
    }),
  ]);
  const row = await store.db
    .selectFrom('member')
    .select(['id', 'merged_into'])
    .where('id', 'in', [id, merged])
    .execute();
  const lost = row.find((one) => one.merged_into !== null);
  if (!lost) throw new Error('the two did not become one');
  await sayTheRest(world, lost.id === id ? merged : id, request);
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-photos-'));
  const file = join(folder, request, 'p1.jpg');
  mkdirSync(join(folder, request));
  writeFileSync(file, 'a picture');
  const photos = new Photos({ ...world, now, folder, limits: { days: 7, perRequest: 3 } });
  return {
    id: (lost.id === id ? merged : id) as MemberId,
    merged: lost.id as MemberId,
    request,
    refused: String(refused['id']),
    photos,
    file,
  };
}

/** What people at headquarters and the developer's file add. */
async function sayTheRest(world: World, id: string, request: string): Promise<void> {
  const { store, codes } = world;
  await codes.send(secrets.phone);
  const at = now().toISOString();
  await store.transaction(async (tx) => {
    const answer = JSON.stringify({ zh: secrets.answer, en: secrets.answer });
    await tx.updateTable('request').set({ answer }).where('id', '=', request).execute();
    await tx.insertInto('photo').values({ id: 'p1', request, type: 'image/jpeg', bytes: 9, at }).execute();
    await tx
      .insertInto('call_back')
      .values({
        ...{ id: 'cb1', request, kind: 'repair', attempt: 9, due_at: at, done_at: at, actor: 'chen' },
        ...{ verdict: 'solved', note: secrets.deskNote },
      })
      .execute();
    const treatment = JSON.stringify({ zh: secrets.treatment, en: secrets.treatment });
    await store.insert(
      tx,
      'roster',
      [{ session: 'open-1', member: id, treatment, since: at, waiting: null }],
      {
        onConflict: { keys: ['session', 'member'] },
      },
    );
    const draft = { written_at: at, written_by: 'chen', published_at: null, published_by: null };
    await tx
      .insertInto('public_answer')
      .values({
        ...{
          id: 'pa1',
          request,
          project: null,
          state: 'draft',
          ...draft,
          withdrawn_at: null,
          withdrawn_by: null,
        },
        question: JSON.stringify({ zh: secrets.text, en: '' }),
        answer: JSON.stringify({ zh: secrets.answer, en: '' }),
      })
      .execute();
    const home = { unit: 'milan-301', project: 'siji', label: { zh: '301', en: '301' }, warrantyUntil: null };
    await tx
      .updateTable('member')
      .set({ homes: JSON.stringify([home]) })
      .where('id', '=', id)
      .execute();
    const buyer = { unit: 'milan-301', buyer: secrets.name, floor_price: 1, discount_limit: 2 };
    await store.insert(tx, 'unit_internal', [buyer], { onConflict: { keys: ['unit'] } });
    const decided = { proposed_at: at, decision: 'approved', decided_by: 'wu', decided_at: at };
    await tx
      .insertInto('board_decision')
      .values({
        ...{ unit: 'milan-301', project: 'siji', kind: 'state', hands: '["chen"]', ...decided },
        before: JSON.stringify({ state: 'available', price: 1, buyer: null }),
        after: JSON.stringify({ state: 'sold', buyer: secrets.name }),
        note: `${secrets.name} 已签约`,
        reason: null,
      })
      .execute();
    await world.publication.publish(tx, [world.service.changeOf([request as never])]);
  });
}

/** All that is open is closed. */
export async function closeAll({ store }: World): Promise<void> {
  await store.db
    .updateTable('request')
    .set({ closed_at: now().toISOString(), state: 'done', step: 'closed' })
    .execute();
}

export const filing = (member: string) => ({
  kind: 'request-filed',
  body: {
    ...{ number: 'H01-0008', request: 'repair', member, unit: null, libraryVersion: 1 },
    tasks: [
      {
        ...{ place: 'bathroom', element: 'ceiling', problem: 'leak', phrase: null, port: 'engineering' },
        text: secrets.taskText,
        label: { zh: '卫生间-天花', en: 'leak' },
      },
    ],
    text: secrets.text,
    replyBy: '2025-11-21T07:10:00.000Z',
    onSiteBy: null,
    callBack: { phone: secrets.callBack, when: 'morning' },
    photoKey: secrets.photoKey,
  },
});

/** @returns which of the words stand in which column of the whole database */
export async function wordsFound(store: Store, words: Readonly<Record<string, string>>): Promise<string[]> {
  const found = new Set<string>();
  for (const { name, columns } of everyTable) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(store.db);
    for (const row of rows) {
      for (const column of Object.keys(columns)) {
        const text = String(row[column] ?? '');
        for (const [which, word] of Object.entries(words))
          if (text.includes(word)) found.add(`${which} in ${name}.${column}`);
      }
    }
  }
  return [...found].sort();
}
