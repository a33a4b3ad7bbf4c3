// Finds persons by name, sound of the name, telephone or card state; whoever opens one is put on record.
import { setImmediate } from 'node:timers/promises';
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Home } from '../../contract/members.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { PersonAnswers, PersonItem } from '../api/person-api.ts';
import { maskName, maskPhone } from '../mask.ts';
import { namePinyin } from '../sales/name-pinyin.ts';
import type { Reader, Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Names that are read and listened to before others get a turn. */
const soundsAtOnce = 1_000;
const keptNames = 200_000;

export class Persons {
  readonly #store: Store;
  readonly #audit: Audit;
  /** joined syllables and initials of a name: `zhangxiaoming zxm` */
  readonly #sounds = new Map<string, string>();

  constructor(store: Store, audit: Audit) {
    this.#store = store;
    this.#audit = audit;
  }

  /** The search itself is on record too, by what was looked for and how many were found; names and numbers stay out of it. */
  async find(actor: Actor, query: string, card: string | undefined, limit: number): Promise<PersonItem[]> {
    const store = this.#store;
    const ids = await this.#byWords(query, card, limit);
    const found = await store.db
      .selectFrom('member')
      .select(['id', 'name', 'phone', 'homes'])
      .where(store.among('id', ids))
      .orderBy('id')
      .execute();
    await store.transaction((tx) =>
      this.#audit.note(tx, actor, 'persons-searched', null, {
        by: kindOf(query),
        found: found.length,
        card: card ?? null,
      }),
    );
    const cards = await this.#cards(store.db, ids);
    return found.map(({ id, name, phone, homes }) => ({
      id,
      name: maskName(name),
      phone: maskPhone(phone),
      cards: cards.get(id) ?? [],
      homes: (JSON.parse(homes) as Home[]).length,
    }));
  }

  /** @returns undefined when there is nobody of this id */
  async open(actor: Actor, id: string): Promise<PersonAnswers['person'] | undefined> {
    const { db } = this.#store;
    const row = await db
      .selectFrom('member')
      .select(['id', 'name', 'phone', 'homes'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return undefined;
    await this.#store.transaction((tx) => this.#audit.note(tx, actor, 'person-viewed', id));
    const requests = await db
      .selectFrom('request')
      .select(['id', 'number', 'kind', 'state', 'filed_at'])
      .where('member', '=', id)
      .orderBy('filed_at', 'desc')
      .limit(50)
      .execute();
    return {
      id,
      name: row.name,
      phone: row.phone,
      cards: (await this.#cards(db, [id])).get(id) ?? [],
      homes: JSON.parse(row.homes) as Home[],
      requests: requests.map(({ filed_at: filedAt, ...request }) => ({ ...request, filedAt })),
      looked: await this.#audit.list({ about: id, limit: 20 }),
    };
  }

  async #byWords(query: string, card: string | undefined, limit: number): Promise<string[]> {
    if (query === '' && card === undefined) return [];
    const all = this.#store.db
      .selectFrom('member')
      .select(['id', 'name'])
      // who became another member, or is not named yet, is nobody to be found
      .where('merged_into', 'is', null)
      .where('name', '<>', '')
      .orderBy('id')
      .$if(card !== undefined, (found) =>
        found.where('id', 'in', (it) =>
          it
            .selectFrom('card')
            .select('member')
            .where('state', '=', card ?? ''),
        ),
      );
    if (/^[a-z ]{2,}$/i.test(query)) {
      const after = (id: string) => all.where('id', '>', id).limit(soundsAtOnce).execute();
      return await this.#bySound(after, query, limit);
    }
    const found = query === '' ? all : all.where((it) => it.or(matches(it, query)));
    return (await found.limit(limit).execute()).map(({ id }) => id);
  }

  /** Page by page until there are enough: nobody else waits for a search. */
  async #bySound(
    after: (id: string) => Promise<readonly Named[]>,
    query: string,
    limit: number,
  ): Promise<string[]> {
    const letters = query.toLowerCase().replaceAll(' ', '');
    if (this.#sounds.size > keptNames) this.#sounds.clear();
    const found: string[] = [];
    for (let last = ''; ; ) {
      const page = await after(last);
      for (const { id, name } of page) {
        const isSound = this.#soundOf(name)
          .split(' ')
          .some((word) => word.startsWith(letters));
        if (isSound || id === query || name.toLowerCase().includes(query.toLowerCase())) found.push(id);
      }
      const end = page.at(-1);
      if (!end || page.length < soundsAtOnce || found.length >= limit) return found.slice(0, limit);
      last = end.id;
      await setImmediate();
    }
  }

  #soundOf(name: string): string {
    const known = this.#sounds.get(name);
    if (known !== undefined) return known;
    const sound = soundOf(name);
    this.#sounds.set(name, sound);
    return sound;
  }

  async #cards(db: Reader, members: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await db
      .selectFrom('card')
      .select(['member', 'state'])
      .where(this.#store.among('member', members))
      .execute();
    const cards = new Map<string, string[]>();
    for (const { member, state } of rows) cards.set(member, [...(cards.get(member) ?? []), state]);
    return cards;
  }
}

/** By id, a part of the name, or the beginning or end of the telephone. */
function matches(it: ExpressionBuilder<Tables, 'member'>, query: string): Expression<SqlBool>[] {
  const like = query.toLowerCase().replace(/[\\%_]/g, '\\$&');
  return [
    it('id', '=', query),
    sql<boolean>`lower(name) like ${`%${like}%`} escape '\\'`,
    ...(/^\d{4,}$/.test(query)
      ? [
          sql<boolean>`phone like ${`${query}%`} escape '\\'`,
          sql<boolean>`phone like ${`%${query}`} escape '\\'`,
        ]
      : []),
  ];
}

function soundOf(name: string): string {
  const syllables = namePinyin(name).split(' ');
  return `${syllables.join('')} ${syllables.map(([first = '']) => first).join('')}`;
}

/** How somebody was looked for, without saying whom. */
function kindOf(query: string): string {
  if (query === '') return 'card';
  if (/^\d+$/.test(query)) return 'phone';
  return /^[a-z ]+$/i.test(query) ? 'sound' : 'name';
}
