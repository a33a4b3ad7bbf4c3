// Finds persons by name, sound of the name, telephone or card state; whoever opens one is put on record.
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Home } from '../../contract/members.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { PersonAnswers, PersonItem } from '../api/person-api.ts';
import { maskName, maskPhone } from '../mask.ts';
import { namePinyin } from '../sales/name-pinyin.ts';
import type { Reader, Store } from '../store/store.ts';

interface Found {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly homes: string;
}

/** Names whose sound is looked up before others get a turn. */
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
    const ofCard = (found: readonly Found[]): Promise<string[]> => this.#withCard(found, card, limit);
    const all = this.#store.db
      .selectFrom('member')
      .select(['id', 'name', 'phone', 'homes'])
      // who became another member, or is not named yet, is nobody to be found
      .where('merged_into', 'is', null)
      .where('name', '<>', '')
      .orderBy('id');
    if (query === '') return card === undefined ? [] : await ofCard(await all.execute());
    if (/^[a-z ]{2,}$/i.test(query)) return await ofCard(await this.#bySound(await all.execute(), query));
    const like = query.toLowerCase().replace(/[\\%_]/g, '\\$&');
    const found = all.where((it) =>
      it.or([
        it('id', '=', query),
        sql<boolean>`lower(name) like ${`%${like}%`} escape '\\'`,
        ...(/^\d{4,}$/.test(query)
          ? [
              sql<boolean>`phone like ${`${query}%`} escape '\\'`,
              sql<boolean>`phone like ${`%${query}`} escape '\\'`,
            ]
          : []),
      ]),
    );
    return await ofCard(await found.execute());
  }

  async #bySound(all: readonly Found[], query: string): Promise<Found[]> {
    const letters = query.toLowerCase().replaceAll(' ', '');
    if (this.#sounds.size > keptNames) this.#sounds.clear();
    const found: Found[] = [];
    let fresh = 0;
    for (const one of all) {
      let sound = this.#sounds.get(one.name);
      if (sound === undefined) {
        sound = soundOf(one.name);
        this.#sounds.set(one.name, sound);
        fresh += 1;
        if (fresh % soundsAtOnce === 0) await setImmediate();
      }
      const isSound = sound.split(' ').some((word) => word.startsWith(letters));
      if (isSound || one.id === query || one.name.toLowerCase().includes(query.toLowerCase()))
        found.push(one);
    }
    return found;
  }

  async #withCard(found: readonly Found[], state: string | undefined, limit: number): Promise<string[]> {
    const ids = found.map(({ id }) => id);
    if (state === undefined) return ids.slice(0, limit);
    const cards = await this.#cards(this.#store.db, ids);
    return ids.filter((id) => cards.get(id)?.includes(state)).slice(0, limit);
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
