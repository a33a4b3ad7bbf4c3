// What people at headquarters see of members and their cards, and do about them: each deed is on record with its author.
import { randomUUID } from 'node:crypto';
import { bitsOfDigits, type CardWidth, cardToken, isWideEnough } from '../../contract/card-token.ts';
import type { CardToken, MemberId, ProjectId } from '../../contract/ids.ts';
import type { CardState, Home, MemberRow } from '../../contract/members.ts';
import { memberKeys } from '../../contract/members.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { CardAct, MemberFault, MemberView, PairItem, PairSide, StaffItem } from '../api/member-api.ts';
import { maskName, maskPhone } from '../mask.ts';
import type { Publication } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type CardEvent, type Cards, isIssue } from './cards.ts';
import type { Joining } from './joining.ts';
import type { Staff } from './staff.ts';
import type { Suspicion, Suspicions } from './suspicions.ts';

export interface MemberDeskParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly audit: Audit;
  readonly cards: Cards;
  readonly joining: Joining;
  readonly suspicions: Suspicions;
  readonly staff: Staff;
  readonly fleetKey: Uint8Array;
  /** what the whole fleet tells cards apart by */
  readonly cardWidth: CardWidth;
  readonly now: () => Date;
}
type By = Pick<Actor, 'account'>;
type Done = { readonly id: MemberId };
interface TypedCard {
  readonly technology: string;
  readonly number: string;
}

const eventOf: Readonly<Record<CardAct, CardState>> = {
  block: 'blocked',
  unblock: 'active',
  lost: 'lost',
  expire: 'expired',
};

export class MemberDesk {
  readonly #parts: MemberDeskParts;

  constructor(parts: MemberDeskParts) {
    this.#parts = parts;
  }

  /** With whole name and number, so the audit gets a line. @returns undefined when there is nobody of this id */
  async open(actor: By, id: string): Promise<MemberView | undefined> {
    const { store, audit } = this.#parts;
    const row = await this.#record(store.db, id);
    if (!row) return undefined;
    await store.transaction((tx) => audit.note(tx, actor, 'person-viewed', row.id, { page: 'members' }));
    return await this.#view(row.id);
  }

  /** Blocks, unblocks, or says what became of a card. What was there before stays in its history. */
  async act(
    actor: By,
    id: string,
    { act, card, reason }: { readonly act: CardAct; readonly card: CardToken; readonly reason: string },
  ): Promise<MemberView | MemberFault> {
    const { store, audit, now } = this.#parts;
    const done = await store.transaction(async (tx): Promise<Done | MemberFault> => {
      const row = await this.#record(tx, id);
      if (!row) return 'unknown-member';
      const known = await tx
        .selectFrom('card')
        .selectAll()
        .where('token', '=', card)
        .where('member', '=', row.id)
        .executeTakeFirst();
      if (!known) return 'unknown-card';
      const what = eventOf[act];
      const isStopped = known.state !== 'active' && known.state !== 'replaced';
      if (act === 'unblock' ? !isStopped : known.state === what) return 'card-as-before';
      await this.#note(tx, row.id, [
        {
          id: `desk/${randomUUID()}`,
          token: card,
          member: row.id,
          at: now().toISOString(),
          what,
          detail: reason,
          source: actor.account,
        },
      ]);
      await audit.note(tx, actor, `card-${act}`, row.id, { card: shortCard(card), reason });
      return row;
    });
    return typeof done === 'string' ? done : await this.#view(done.id);
  }

  /** A blank card becomes theirs; the one of before is replaced, and lost when that is why. */
  async issue(
    actor: By,
    id: string,
    { reason, ...typed }: TypedCard & { readonly reason: string },
  ): Promise<MemberView | MemberFault> {
    const { store, audit, now } = this.#parts;
    const done = await store.transaction(async (tx): Promise<Done | MemberFault> => {
      const row = await this.#record(tx, id);
      if (!row) return 'unknown-member';
      const blank = await this.#blank(tx, typed);
      if (typeof blank === 'string') return blank;
      const { token } = blank;
      const event = { member: row.id, at: now().toISOString(), source: actor.account };
      const key = `desk/${randomUUID()}`;
      const isLost = reason === 'lost' || reason === 'stolen';
      await this.#note(tx, row.id, [
        ...(isLost ? [{ ...event, id: `${key}/1`, token: null, what: 'lost', detail: reason }] : []),
        { ...event, id: `${key}/2`, token, what: 'issued', detail: reason },
      ]);
      await audit.note(tx, actor, 'card-issued', row.id, { card: shortCard(token), reason });
      return row;
    });
    return typeof done === 'string' ? done : await this.#view(done.id);
  }

  /** @returns masked, newest first */
  async pairs(isOpen: boolean, limit: number): Promise<PairItem[]> {
    const { db } = this.#parts.store;
    const found = await this.#parts.suspicions.list(db, isOpen, limit);
    const sides = await this.#sides(
      db,
      found.flatMap(({ a, b }) => [a, b]),
    );
    return found.flatMap((one) => {
      const pair = pairItem(one, sides);
      return pair ? [{ ...pair, a: masked(pair.a), b: masked(pair.b) }] : [];
    });
  }

  /** Both in full, to be told apart; both are on record as looked at. */
  async openPair(actor: By, one: string, two: string): Promise<PairItem | undefined> {
    const { store, suspicions, audit } = this.#parts;
    const found = await suspicions.find(store.db, one, two);
    const pair = found && pairItem(found, await this.#sides(store.db, [found.a, found.b]));
    if (!pair) return undefined;
    await store.transaction(async (tx) => {
      for (const { id } of [pair.a, pair.b]) {
        await audit.note(tx, actor, 'person-viewed', id, { page: 'pairs' });
      }
    });
    return pair;
  }

  /** @returns who they are now, of two that are one */
  async decide(
    actor: By,
    { a, b, verdict }: { readonly a: MemberId; readonly b: MemberId; readonly verdict: 'same' | 'distinct' },
  ): Promise<{ readonly member: string } | MemberFault> {
    const { store, suspicions, joining, audit, publication } = this.#parts;
    return await store.transaction(async (tx): Promise<{ readonly member: string } | MemberFault> => {
      if (!(await suspicions.decide(tx, a, b, verdict, actor.account))) return 'unknown-pair';
      if (verdict === 'distinct') {
        for (const [one, other] of [
          [a, b],
          [b, a],
        ] as const) {
          await audit.note(tx, actor, 'members-told-apart', one, { other });
        }
        return { member: a };
      }
      await publication.publish(tx, await joining.join(tx, a, b, actor.account));
      const now = (await this.#record(tx, a))?.id ?? a;
      await audit.note(tx, actor, 'members-merged', now, { other: now === a ? b : a });
      return { member: now };
    });
  }

  async staff(): Promise<StaffItem[]> {
    const list = await this.#parts.staff.list(this.#parts.store.db);
    return list.map(({ token, name, project, ended_at: endedAt }) => ({
      ...{ card: token as CardToken, name, project, endedAt },
    }));
  }

  async giveStaff(
    actor: By,
    { name, project, ...typed }: TypedCard & { readonly name: string; readonly project: ProjectId | null },
  ): Promise<MemberFault | undefined> {
    const { store, staff, audit, publication } = this.#parts;
    return await store.transaction(async (tx): Promise<MemberFault | undefined> => {
      const blank = await this.#blank(tx, typed);
      if (typeof blank === 'string') return blank;
      const { token } = blank;
      const change = await staff.give(tx, [{ token, name, project }]);
      if (change === 'member-card') return 'card-in-use';
      await audit.note(tx, actor, 'staff-card-given', null, { card: shortCard(token), project });
      await publication.publish(tx, [change]);
      return undefined;
    });
  }

  async endStaff(actor: By, token: CardToken): Promise<MemberFault | undefined> {
    const { store, staff, audit, publication } = this.#parts;
    return await store.transaction(async (tx): Promise<MemberFault | undefined> => {
      const change = await staff.end(tx, token);
      if (!change) return 'unknown-staff-card';
      await audit.note(tx, actor, 'staff-card-ended', null, { card: shortCard(token) });
      await publication.publish(tx, [change]);
      return undefined;
    });
  }

  async #note(tx: Tx, member: MemberId, events: readonly CardEvent[]): Promise<void> {
    const { cards, joining, publication } = this.#parts;
    await cards.note(tx, events);
    await publication.publish(tx, await joining.settle(tx, [member]));
  }

  async #blank(
    tx: Tx,
    { technology, number }: TypedCard,
  ): Promise<{ readonly token: CardToken } | MemberFault> {
    const { fleetKey, cardWidth } = this.#parts;
    if (!isWideEnough(technology, bitsOfDigits(technology, number), cardWidth)) return 'card-narrow';
    const token = cardToken(fleetKey, technology, number, cardWidth);
    const given = await tx
      .selectFrom('card_event')
      .select('id')
      .where('token', '=', token)
      .executeTakeFirst();
    const ours = await tx
      .selectFrom('staff_card')
      .select('token')
      .where('token', '=', token)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return given || ours ? 'card-in-use' : { token };
  }

  /** Who somebody is now. */
  async #record(db: Reader, id: string) {
    const row = await db.selectFrom('member').selectAll().where('id', '=', id).executeTakeFirst();
    const now = row?.merged_into
      ? await db.selectFrom('member').selectAll().where('id', '=', row.merged_into).executeTakeFirst()
      : row;
    return now && { ...now, id: now.id as MemberId };
  }

  async #view(id: MemberId): Promise<MemberView> {
    const { store, cards } = this.#parts;
    const row = await store.db
      .selectFrom('member')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const history = await cards.history(store.db, id);
    const states = await store.db.selectFrom('card').selectAll().where('member', '=', id).execute();
    const merged = await store.db
      .selectFrom('member_merge')
      .innerJoin('member', 'member.id', 'member_merge.loser')
      .select(['loser', 'at', 'why', 'by_whom'])
      .where('member.merged_into', '=', id)
      .orderBy('at')
      .execute();
    const open = await this.#parts.suspicions.openOf(store.db, id);
    const others = await this.#sides(
      store.db,
      open.map(({ a, b }) => (a === id ? b : a)),
    );
    return {
      id,
      name: row.name,
      phone: row.phone,
      birthday: row.birthday,
      mayContact: row.may_contact === null ? null : row.may_contact === 1,
      hasPin: row.pin !== null,
      joinedAt: row.joined_at,
      channel: row.channel,
      homes: JSON.parse(row.homes) as Home[],
      cards: states.map(({ token, state }) => {
        const issue = history.findLast((event) => event.token === token && isIssue(event));
        return {
          card: token as CardToken,
          state: state as CardState,
          since: issue?.at ?? '',
          how: issue?.what ?? '',
        };
      }),
      history: history
        .map(({ id: event, at, token, what, detail, source }) => ({
          ...{ id: event, at, card: token as CardToken | null, what, detail, source },
        }))
        .toReversed(),
      merged: merged.map(({ loser, at, why, by_whom: by }) => ({ id: loser, at, why, by })),
      like: open.flatMap(({ a, b, traits }) => {
        const other = others.get(a === id ? b : a);
        return other
          ? [{ id: other.id, name: maskName(other.name), traits: JSON.parse(traits) as string[] }]
          : [];
      }),
    };
  }

  async #sides(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, PairSide>> {
    const { store } = this.#parts;
    const rows = await db.selectFrom('member').selectAll().where(store.among('id', ids)).execute();
    const cards = await db.selectFrom('card').selectAll().where(store.among('member', ids)).execute();
    const published = await db
      .selectFrom('dataset_row')
      .select(['key', 'body'])
      .where('dataset', '=', 'members')
      .where(
        store.among(
          'key',
          ids.map((id) => memberKeys.member(id)),
        ),
      )
      .execute();
    const told = new Map(
      published.map(({ key, body }) => [key, JSON.parse(String(body ?? 'null')) as MemberRow | null]),
    );
    return new Map(
      rows.map((row): [string, PairSide] => [
        row.id,
        {
          id: row.id,
          name: row.name,
          phone: row.phone,
          birthday: row.birthday,
          joinedAt: row.joined_at,
          channel: row.channel,
          cards: cards.flatMap(({ member, state }) => (member === row.id ? [state as CardState] : [])),
          homes: (JSON.parse(row.homes) as Home[]).map(({ label }) => label),
          balance: told.get(memberKeys.member(row.id))?.balance ?? 0,
        },
      ]),
    );
  }
}

function pairItem(
  { a, b, traits, at, verdict, decided_by: decidedBy, decided_at: decidedAt }: Suspicion,
  sides: ReadonlyMap<string, PairSide>,
): PairItem | undefined {
  const [one, two] = [sides.get(a), sides.get(b)];
  if (!one || !two) return undefined;
  const known = verdict === 'same' || verdict === 'distinct' ? verdict : null;
  return { a: one, b: two, traits: JSON.parse(traits) as string[], at, verdict: known, decidedBy, decidedAt };
}

function masked(side: PairSide): PairSide {
  const { name, phone, birthday } = side;
  return { ...side, name: maskName(name), phone: maskPhone(phone), birthday: birthday?.slice(5) ?? null };
}

/** Enough to tell one member's cards apart. */
function shortCard(token: string): string {
  return token.slice(-6);
}
