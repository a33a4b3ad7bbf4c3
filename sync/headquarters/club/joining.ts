// Joining and its consequences: members, cards and own data as terminals tell of them, in any order (rules CL1–CL8).
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { MemberId, TerminalId } from '../../contract/ids.ts';
import { notAhead } from '../boot-clocks.ts';
import type { Notices } from '../notices/notices.ts';
import { applied, type Effects, type Outcome, refused } from '../outcome.ts';
import type { Change, Publication } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import type { CardEvent, Cards } from './cards.ts';
import type { Club } from './club.ts';
import type { Identity } from './identity.ts';
import type { MemberRecord, Merge } from './merge.ts';
import { changeStamp, joiningStamp, stampsOf } from './own-data.ts';
import type { Suspicions } from './suspicions.ts';

type FactOf<K extends FactContent['kind']> = Fact & Extract<FactContent, { kind: K }>;
export type JoinedFact = FactOf<'member-joined'>;
export type IssuedFact = FactOf<'card-issued'>;
export type LostFact = FactOf<'card-reported-lost'>;
export type ProfileFact = FactOf<'profile-changed'>;
export type ClubFact = JoinedFact | IssuedFact | LostFact | ProfileFact;

/** How terminals name who joins there: whoever is named so will be heard of, if they were not yet. */
const madeHere = /^m-[0-9a-f]{32}$/;

export interface JoiningParts {
  readonly store: Store;
  readonly club: Club;
  readonly identity: Identity;
  readonly cards: Cards;
  readonly merge: Merge;
  readonly suspicions: Suspicions;
  readonly notices: Notices;
  readonly publication: Publication;
  readonly now: () => Date;
}

export class Joining {
  readonly #parts: JoiningParts;
  readonly #homes;

  constructor(parts: JoiningParts) {
    const { store } = parts;
    this.#parts = parts;
    this.#homes = store.prepared((db, { members }: { readonly members: readonly string[] }) =>
      db.selectFrom('member').select(['id', 'merged_into']).where(store.among('id', members)),
    );
  }

  /**
   * Facts about a member who turned out to be another are that one's. Who joined at a terminal that is still silent
   * gets a place of their own, so that nothing which comes before them is lost.
   */
  async resolved(tx: Tx, facts: readonly Fact[]): Promise<readonly Fact[]> {
    const named = [...new Set(facts.flatMap((fact) => memberOf(fact) ?? []))];
    if (named.length === 0) return facts;
    const { store } = this.#parts;
    const known = await this.#homes(tx, { members: named });
    const ids = new Set(known.map(({ id }) => id));
    const strangers = named.filter((id) => !ids.has(id) && madeHere.test(id));
    await store.insert(tx, 'member', strangers.map(unnamed), { onConflict: 'skip' });
    const other = new Map(known.flatMap(({ id, merged_into }) => (merged_into ? [[id, merged_into]] : [])));
    if (other.size === 0) return facts;
    return facts.map((fact) => {
      const survivor = isAboutIdentity(fact) ? undefined : other.get(memberOf(fact) ?? '');
      return survivor === undefined
        ? fact
        : ({ ...fact, body: { ...fact.body, member: survivor } } as unknown as Fact);
    });
  }

  async applyJoins(tx: Tx, terminal: TerminalId, facts: readonly JoinedFact[]): Promise<Effects> {
    for (const fact of facts) await this.#keepJoin(tx, terminal, fact);
    return await this.#effects(tx, facts, () => true);
  }

  async applyIssues(tx: Tx, terminal: TerminalId, facts: readonly IssuedFact[]): Promise<Effects> {
    return await this.#applyCards(tx, facts, ({ id, at, body }) => [
      {
        id,
        token: body.card,
        member: body.member,
        at,
        what: 'issued',
        detail: body.reason,
        source: terminal,
      },
      ...(body.replaces === null || (body.reason !== 'lost' && body.reason !== 'stolen')
        ? []
        : [{ ...lostEvent(body.member, body.replaces, at, terminal), id: `${id}/lost` }]),
    ]);
  }

  async applyLosses(tx: Tx, terminal: TerminalId, facts: readonly LostFact[]): Promise<Effects> {
    return await this.#applyCards(tx, facts, ({ id, at, body }) => [
      { ...lostEvent(body.member, body.card, at, terminal), id },
    ]);
  }

  async applyProfiles(tx: Tx, facts: readonly ProfileFact[]): Promise<Effects> {
    const known = await this.#roots(tx, facts);
    for (const fact of facts) {
      const root = known.get(fact.body.member);
      if (root !== undefined) await this.#keepProfile(tx, root, fact);
    }
    return await this.#effects(tx, facts, ({ body }) => known.has(body.member));
  }

  /**
   * Brings merges, cards and suspicions in line with what is known of these members.
   * @returns what terminals must be told
   */
  async settle(tx: Tx, members: readonly MemberId[], by = 'headquarters'): Promise<Change[]> {
    const { club, identity, cards, suspicions } = this.#parts;
    await this.#oneAtATime(tx);
    const changes: Change[] = [];
    const roots = new Set<MemberId>();
    for (const member of members) {
      const root = await this.#mergeAll(tx, member, by, changes);
      if (root !== undefined) roots.add(root);
    }
    const settled = [...roots];
    changes.push(await cards.settle(tx, settled));
    for (const root of settled) await suspicions.note(tx, root);
    return [...changes, identity.change(settled), club.memberChange([...new Set([...members, ...settled])])];
  }

  /** What came under an id while another process made it somebody else's, moves after them. */
  async sweep(): Promise<void> {
    const { store, merge, publication, now } = this.#parts;
    await store.transaction(async (tx) => {
      const { members, changes } = await merge.sweep(tx, now().toISOString());
      if (members.length === 0) return;
      await publication.publish(tx, [...changes, ...(await this.settle(tx, members))]);
    });
  }

  /** The desk decided that two are one. */
  async join(tx: Tx, one: MemberId, two: MemberId, by: string): Promise<Change[]> {
    await this.#oneAtATime(tx);
    const records = await this.#records(tx, [one, two]);
    const [a, b] = [one, two].map((id) => records.get(id));
    if (!a || !b || a.id === b.id) return [];
    const merged = this.#parts.merge.elect(a, b);
    const at = this.#parts.now().toISOString();
    const changes = await this.#parts.merge.merge(tx, merged, { at, why: 'desk', by });
    return [...changes, ...(await this.settle(tx, [merged.survivor], by))];
  }

  async #applyCards<F extends IssuedFact | LostFact>(
    tx: Tx,
    facts: readonly F[],
    eventsOf: (fact: F) => CardEvent[],
  ): Promise<Effects> {
    const known = await this.#roots(tx, facts);
    const events = facts.flatMap((fact) => {
      const member = known.get(fact.body.member);
      const timed = { ...fact, at: notAhead(fact.at, this.#parts.now()) };
      return member === undefined ? [] : eventsOf(timed).map((event) => ({ ...event, member }));
    });
    await this.#parts.cards.note(tx, events);
    return await this.#effects(tx, facts, ({ body }) => known.has(body.member));
  }

  async #effects<F extends ClubFact>(
    tx: Tx,
    facts: readonly F[],
    isGood: (fact: F) => boolean,
  ): Promise<Effects> {
    const good = facts.filter(isGood);
    const outcomes = facts.map((fact): Outcome => (isGood(fact) ? applied : refused('unknown-member')));
    const changes = await this.settle(tx, [...new Set(good.map(({ body }) => body.member))]);
    return { outcomes, changes: good.length === 0 ? [] : changes };
  }

  async #keepJoin(tx: Tx, terminal: TerminalId, { id, at: saidAt, body }: JoinedFact): Promise<void> {
    const { store, identity, cards, now } = this.#parts;
    const at = notAhead(saidAt, now());
    const { member, name, phone, birthday, idKey, card } = body;
    await store.insert(tx, 'member', [unnamed(member)], { onConflict: 'skip' });
    const before = (await this.#exact(tx, member)) ?? unnamed(member);
    const home = (before.merged_into ?? member) as MemberId;
    const stamps = stampsOf(before);
    const told = [{ phone, birthday, idKey }, ...(stamps['said'] ?? '').split(' ').flatMap(saidOf)];
    await identity.remember(
      tx,
      told.map((traits) => ({ member: home, person: { name, ...traits } })),
      true,
    );
    const stamp = joiningStamp(at, id);
    // own data that was changed here may be heard of before the joining itself
    const isNewest = (field: string): boolean => (stamps[field] ?? '') < stamp;
    await tx
      .updateTable('member')
      .set({
        name,
        joined_at: at,
        channel: body.channel,
        referrer: body.referrer,
        ...(isNewest('phone') ? { phone } : {}),
        ...(isNewest('birthday') ? { birthday } : {}),
        ...(isNewest('pin') ? { pin: body.pin } : {}),
        stamps: JSON.stringify({
          ...stamps,
          ...Object.fromEntries(['phone', 'birthday', 'pin'].filter(isNewest).map((key) => [key, stamp])),
        }),
      })
      .where('id', '=', member)
      .execute();
    if (card === null) return;
    await cards.note(tx, [
      { id, token: card, member: home, at, what: 'joined', detail: body.channel, source: terminal },
    ]);
  }

  async #keepProfile(tx: Tx, root: MemberId, { id, at: told, body }: ProfileFact): Promise<void> {
    const stamp = changeStamp(notAhead(told, this.#parts.now()), id);
    // a PIN is bound to the id it was chosen under
    if (body.pin !== undefined) await this.#setNewest(tx, body.member, stamp, { pin: body.pin });
    const { phone, birthday, mayContact } = body;
    await this.#setNewest(tx, root, stamp, {
      ...(phone === undefined ? {} : { phone }),
      ...(birthday === undefined ? {} : { birthday }),
      ...(mayContact === undefined ? {} : { may_contact: mayContact ? 1 : 0 }),
    });
    const own = await this.#exact(tx, body.member);
    if (!own || (phone === undefined && !birthday)) return;
    const said = [...(phone === undefined ? [] : [phone]), ...(birthday ? [birthday] : [])];
    if (own.name === '') {
      const stamps = stampsOf(own);
      const all = [...new Set([...(stamps['said'] ?? '').split(' '), ...said])].filter(Boolean);
      await tx
        .updateTable('member')
        .set({ stamps: JSON.stringify({ ...stamps, said: all.join(' ') }) })
        .where('id', '=', own.id)
        .execute();
      return;
    }
    const people = said
      .flatMap(saidOf)
      .map((traits) => ({ member: root, person: { name: own.name, ...traits } }));
    await this.#parts.identity.remember(tx, people, true);
  }

  async #setNewest(
    tx: Tx,
    member: MemberId,
    stamp: string,
    fields: Partial<Pick<MemberRecord, 'phone' | 'birthday' | 'may_contact' | 'pin'>>,
  ): Promise<void> {
    const record = await this.#exact(tx, member);
    if (!record) return;
    const stamps = stampsOf(record);
    const newest = Object.entries(fields).filter(([field]) => (stamps[field] ?? '') < stamp);
    if (newest.length === 0) return;
    await tx
      .updateTable('member')
      .set({
        ...Object.fromEntries(newest),
        stamps: JSON.stringify({ ...stamps, ...Object.fromEntries(newest.map(([field]) => [field, stamp])) }),
      })
      .where('id', '=', member)
      .execute();
  }

  /** @returns whose id holds now, or undefined when nobody has this one */
  async #mergeAll(tx: Tx, member: MemberId, by: string, changes: Change[]): Promise<MemberId | undefined> {
    const { identity, merge, notices, now } = this.#parts;
    let root = (await this.#records(tx, [member])).get(member);
    for (;;) {
      const [same] = root ? await identity.samePersons(tx, root.id as MemberId) : [];
      const other = same && (await this.#records(tx, [same.member])).get(same.member);
      if (!root || !same || !other || other.id === root.id) return root && (root.id as MemberId);
      const merged = merge.elect(root, other);
      changes.push(...(await merge.merge(tx, merged, { at: now().toISOString(), why: same.trait, by })));
      await notices.queue(tx, [mergedNotice(merged)]);
      root = (await this.#records(tx, [merged.survivor])).get(merged.survivor);
    }
  }

  /** Who each of these is now. */
  async #records(tx: Tx, members: readonly MemberId[]): Promise<ReadonlyMap<string, MemberRecord>> {
    const { store } = this.#parts;
    const asked = await tx.selectFrom('member').selectAll().where(store.among('id', members)).execute();
    const others = asked.flatMap(({ merged_into }) => merged_into ?? []);
    const survivors =
      others.length === 0
        ? []
        : await tx.selectFrom('member').selectAll().where(store.among('id', others)).execute();
    return new Map(
      asked.flatMap((record) => {
        const now = survivors.find(({ id }) => id === record.merged_into) ?? record;
        return [[record.id, now] as const];
      }),
    );
  }

  async #roots(tx: Tx, facts: readonly ClubFact[]): Promise<ReadonlyMap<string, MemberId>> {
    const records = await this.#records(tx, [...new Set(facts.map(({ body }) => body.member))]);
    return new Map([...records].map(([id, record]) => [id, record.id as MemberId]));
  }

  async #exact(tx: Tx, member: string): Promise<MemberRecord | undefined> {
    return await tx.selectFrom('member').selectAll().where('id', '=', member).executeTakeFirst();
  }

  /** Two processes that hear of the same person at the same moment would not see each other. */
  async #oneAtATime(tx: Tx): Promise<void> {
    const { store } = this.#parts;
    await store.insert(tx, 'mark', [{ name: 'joining', value: '' }], { onConflict: 'skip' });
    await store.locked(tx.selectFrom('mark').select('name').where('name', '=', 'joining')).execute();
  }
}

/** What somebody said of themselves besides joining, each by itself: a telephone or a birthday. */
function saidOf(word: string): { phone: string; birthday: string | null; idKey: null }[] {
  if (word === '') return [];
  return word.includes('-')
    ? [{ phone: '', birthday: word, idKey: null }]
    : [{ phone: word, birthday: null, idKey: null }];
}

function unnamed(id: string): MemberRecord {
  return {
    id,
    name: '',
    phone: '',
    pin: null,
    homes: '[]',
    birthday: null,
    may_contact: null,
    joined_at: null,
    channel: null,
    referrer: null,
    merged_into: null,
    stamps: null,
  };
}

/** Who they are is found out from these themselves. */
export function isAboutIdentity({ kind }: Fact): boolean {
  return (
    kind === 'member-joined' ||
    kind === 'card-issued' ||
    kind === 'card-reported-lost' ||
    kind === 'profile-changed'
  );
}

function memberOf({ body }: Fact): MemberId | undefined {
  return 'member' in body && body.member !== null ? body.member : undefined;
}

function lostEvent(
  member: MemberId,
  token: string | null,
  at: string,
  source: string,
): Omit<CardEvent, 'id'> {
  return { token, member, at, what: 'lost', detail: null, source };
}

function mergedNotice({ loser, survivor }: { readonly loser: MemberId; readonly survivor: MemberId }) {
  return {
    key: `merged/${loser}`,
    to: { kind: 'role', role: 'club' },
    subject: { zh: '两份会员资料已合并', en: 'Two memberships became one' },
    text: {
      zh: '同一位客户在两处入会，积分与记录已合并，只保留一张有效卡。',
      en: 'One person joined twice. Points and records are together now, and one card is active.',
    },
    about: survivor,
  } as const;
}
