// Who somebody is, as keys that can be compared: what makes two members one person, and what only makes it likely.
import { sql } from 'kysely';
import { pinyin } from 'pinyin-pro';
import { askedKeys, type IdentityTrait, identityKey, plainName } from '../../contract/identity-key.ts';
import type { MemberId } from '../../contract/ids.ts';
import type { IdentityKey, IdentityRow } from '../../contract/members.ts';
import { memberKeys } from '../../contract/members.ts';
import type { Change, PublishedRow } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';

export interface Person {
  readonly name: string;
  readonly phone: string;
  readonly birthday: string | null;
  readonly idKey: IdentityKey | null;
}
export interface TraitKey {
  readonly trait: IdentityTrait;
  readonly key: IdentityKey;
}

/** Whoever shares one of these is the same person. A telephone alone is not enough: families share them. */
export const samePerson: ReadonlySet<string> = new Set<IdentityTrait>(['id', 'phone-pinyin']);
/** What terminals are told, so that they can ask "already a member?" without a network. */
const published: ReadonlySet<string> = new Set<IdentityTrait>([
  'phone',
  'id',
  'name-birthday',
  'name-phone-tail',
  'pinyin-birthday',
]);
/** More members than this under one key say nothing about any two of them. */
const mostSharers = 20;

/** 张曉明, 张小明, Zhang Xiaoming → `zhangxiaoming`; what no dictionary has stays as it is. */
export function soundOf(name: string): string {
  const plain = plainName(name);
  if (!/\p{Script=Han}/u.test(plain)) return plain;
  return pinyin(plain, { toneType: 'none', surname: 'head', v: true, type: 'array' }).join('');
}

export class Identity {
  readonly #store: Store;
  readonly #fleetKey: Uint8Array;

  constructor(store: Store, fleetKey: Uint8Array) {
    this.#store = store;
    this.#fleetKey = fleetKey;
  }

  keysOf({ name, phone, birthday, idKey }: Person): TraitKey[] {
    const sound = soundOf(name);
    const own = (trait: IdentityTrait, value: string): TraitKey => ({
      trait,
      key: identityKey(this.#fleetKey, trait, value),
    });
    const digits = digitsOf(phone);
    if (digits === '') {
      return askedKeys(this.#fleetKey, { phone: '', idKey, name, sound, birthday }).filter(
        ({ trait }) => trait !== 'phone' && trait !== 'name-phone-tail',
      );
    }
    return [
      ...askedKeys(this.#fleetKey, { phone: digits, idKey, name, sound, birthday }),
      own('phone-pinyin', `${digits}|${sound}`),
      own('pinyin-phone-tail', `${sound}|${digits.slice(-4)}`),
    ];
  }

  /** @param isTold they said so themselves, at a terminal */
  async remember(
    tx: Tx,
    people: readonly { readonly member: MemberId; readonly person: Person }[],
    isTold: boolean,
  ): Promise<void> {
    const rows = people.flatMap(({ member, person }) =>
      this.keysOf(person).map(({ key, trait }) => ({ key, trait, member, told: isTold ? 1 : 0 })),
    );
    await this.#store.insert(tx, 'identity', rows, {
      onConflict: isTold ? { keys: ['key', 'member'] } : 'skip',
    });
  }

  /** Members who must be one with this one; of two from a developer's file nobody says so but the desk. */
  async samePersons(db: Reader, member: MemberId): Promise<{ member: MemberId; trait: string }[]> {
    const rows = await db
      .selectFrom('identity as mine')
      .innerJoin('identity as theirs', 'theirs.key', 'mine.key')
      .select(['theirs.member', 'mine.trait'])
      .where('mine.member', '=', member)
      .where('theirs.member', '<>', member)
      .where('mine.trait', 'in', [...samePerson])
      .where((it) => it.or([it('mine.told', '=', 1), it('theirs.told', '=', 1)]))
      // what the desk has told apart stays apart
      .where(isNotToldApart)
      .orderBy('theirs.member')
      .execute();
    return rows.map((row) => ({ member: row.member as MemberId, trait: row.trait }));
  }

  /** Members who may be this one too, with what they share. */
  async likePersons(db: Reader, member: MemberId): Promise<ReadonlyMap<MemberId, readonly string[]>> {
    const rows = await db
      .selectFrom('identity as mine')
      .innerJoin('identity as theirs', 'theirs.key', 'mine.key')
      .select(['theirs.member', 'mine.trait', 'mine.key'])
      .where('mine.member', '=', member)
      .where('theirs.member', '<>', member)
      .orderBy('mine.key')
      .orderBy('theirs.member')
      .execute();
    const sharers = new Map<string, number>();
    for (const { key } of rows) sharers.set(key, (sharers.get(key) ?? 0) + 1);
    const like = new Map<MemberId, string[]>();
    for (const { key, member: other, trait } of rows) {
      if ((sharers.get(key) ?? 0) > mostSharers) continue;
      const traits = like.get(other as MemberId) ?? [];
      like.set(other as MemberId, [...traits, trait]);
    }
    return like;
  }

  /** Who shares with this person what a terminal would ask for, the surest sign first. */
  async matches(
    db: Reader,
    person: Person,
  ): Promise<{ member: MemberId; name: string; phone: string; trait: string }[]> {
    const keys = this.keysOf(person).filter(({ trait }) => published.has(trait));
    const rows = await db
      .selectFrom('identity as i')
      .innerJoin('member as m', 'm.id', 'i.member')
      .select(['i.key', 'i.trait', 'i.member', 'm.name', 'm.phone'])
      .where(
        this.#store.among(
          'i.key',
          keys.map(({ key }) => key),
        ),
      )
      .orderBy('i.member')
      .execute();
    const order = keys.map(({ key }) => key as string);
    return rows
      .filter(({ trait, phone }) => trait !== 'phone' || digitsOf(phone) === digitsOf(person.phone))
      .sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
      .map(({ member, name, phone, trait }) => ({ member: member as MemberId, name, phone, trait }));
  }

  /** What terminals compare with; of several members under one key the first is named. */
  change(members: readonly MemberId[]): Change {
    return {
      dataset: 'members',
      rows: async (tx) => {
        const keys = await tx
          .selectFrom('identity')
          .select('key')
          .distinct()
          .where(this.#store.among('member', members))
          .execute();
        return await this.#rows(
          tx,
          keys.map(({ key }) => key),
        );
      },
    };
  }

  async #rows(tx: Tx, keys: readonly string[]): Promise<PublishedRow[]> {
    const rows: PublishedRow[] = [];
    const keysPerQuery = 5_000;
    for (let start = 0; start < keys.length; start += keysPerQuery) {
      const found = await tx
        .selectFrom('identity as i')
        .innerJoin('member as m', 'm.id', 'i.member')
        .select(['i.key', 'i.trait', 'i.member', 'm.phone'])
        .where(this.#store.among('i.key', keys.slice(start, start + keysPerQuery)))
        .orderBy('i.member', 'desc')
        .execute();
      const owners = new Map<string, IdentityRow | null>();
      for (const { key, trait, member, phone } of found) {
        if (!published.has(trait)) continue;
        // a number that was given up may be somebody else's by now
        const isHeld = trait !== 'phone' || key === identityKey(this.#fleetKey, 'phone', digitsOf(phone));
        const row: IdentityRow = {
          kind: 'identity',
          key: key as IdentityKey,
          member: member as MemberId,
        };
        if (isHeld) owners.set(key, row);
        else if (!owners.has(key)) owners.set(key, null);
      }
      for (const [key, row] of owners) rows.push([memberKeys.identity(key), row]);
    }
    return rows;
  }
}

const isNotToldApart = sql<boolean>`not exists (select 1 from suspicion as s where s.verdict = 'distinct'
  and ((s.a = mine.member and s.b = theirs.member) or (s.a = theirs.member and s.b = mine.member)))`;

/** `+86 138 1234 1234` is `13812341234`. */
function digitsOf(phone: string): string {
  return phone.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
}
