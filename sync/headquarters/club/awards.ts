// What earns points by the rules: site visits as terminals tell them, purchases, referrals, and what the club books by hand.
import { randomUUID } from 'node:crypto';
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { FactId, MemberId, Words } from '../../contract/ids.ts';
import { pointsFor, visitKey } from '../../contract/points.ts';
import { applied, type Effects } from '../outcome.ts';
import type { Change, Publication } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Club } from './club.ts';
import type { Entry, Ledger } from './ledger.ts';
import { RulesInForce } from './rules-in-force.ts';

export type VisitFact = Fact & Extract<FactContent, { kind: 'visit-recorded' }>;

/** What a person at headquarters books. */
export type HandBooking =
  | { readonly item: 'manual'; readonly points: number; readonly reason: string }
  /** once for each purchase; `amount` in fen */
  | { readonly item: 'purchase'; readonly purchase: string; readonly amount: number }
  /** once for each person who was brought */
  | { readonly item: 'referral'; readonly referred: string };
export type BookingOutcome =
  | 'booked'
  | 'booked-before'
  | 'unknown-member'
  | 'nothing-earned'
  | 'too-few-points';

export class Awards {
  readonly #store: Store;
  readonly #ledger: Ledger;
  readonly #club: Club;
  readonly #publication: Publication;
  readonly #now: () => Date;

  constructor(store: Store, ledger: Ledger, club: Club, publication: Publication, now: () => Date) {
    this.#store = store;
    this.#ledger = ledger;
    this.#club = club;
    this.#publication = publication;
    this.#now = now;
  }

  /** The first swipe of a day at a project's site earns; every swipe stays recorded. */
  async applyVisits(tx: Tx, facts: readonly VisitFact[]): Promise<Effects> {
    const outcomes = facts.map(() => applied);
    const atSite = facts.filter(({ body }) => body.project);
    if (atSite.length === 0) return { outcomes, changes: [] };
    const known = await this.#club.knownMembers(
      tx,
      atSite.map(({ body }) => body.member),
    );
    const rules = await RulesInForce.read(tx);
    const entries = atSite.flatMap(({ id, at: told, body: { member, project } }): Entry[] => {
      if (!known.has(member) || !project) return [];
      const at = new Date(Math.min(Date.parse(told), this.#now().getTime())).toISOString();
      const inForce = rules.at(at);
      const points = pointsFor(inForce, 'visit');
      const name = inForce.items.find(({ code }) => code === 'visit')?.name;
      if (points === 0 || !name) return [];
      const key = visitKey(project, at, member);
      return [{ id: key, businessKey: key, member, at, points, reason: name, fact: id, item: 'visit' }];
    });
    const booked = await this.#ledger.book(tx, entries);
    const members = entries.filter(({ id }) => booked.has(id)).map(({ member }) => member);
    return { outcomes, changes: members.length === 0 ? [] : [this.#club.memberChange(members)] };
  }

  /** A home was bought: once for each purchase. @returns what terminals must be told */
  async bookPurchase(
    tx: Tx,
    { member, purchase, amount, at }: { member: MemberId; purchase: string; amount: number; at: string },
    by: string | null = null,
  ): Promise<Change[]> {
    return await this.#bookItem(tx, {
      item: 'purchase',
      key: `purchase/${purchase}`,
      member,
      amount,
      at,
      by,
    });
  }

  /** Somebody whom this member brought has subscribed: once for each of them. @returns what terminals must be told */
  async bookReferral(
    tx: Tx,
    { member, referred, at }: { member: MemberId; referred: string; at: string },
    by: string | null = null,
  ): Promise<Change[]> {
    return await this.#bookItem(tx, {
      item: 'referral',
      key: `referral/${referred}`,
      member,
      amount: null,
      at,
      by,
    });
  }

  async bookByHand(id: string, booking: HandBooking, by: string): Promise<BookingOutcome> {
    const member = id as MemberId;
    const at = this.#now().toISOString();
    return await this.#store.transaction(async (tx): Promise<BookingOutcome> => {
      if (!(await this.#club.knownMembers(tx, [member])).has(member)) return 'unknown-member';
      if (booking.item === 'manual') return await this.#bookManual(tx, member, booking, by);
      const rules = (await RulesInForce.read(tx)).at(at);
      const isPurchase = booking.item === 'purchase';
      if (pointsFor(rules, booking.item, isPurchase ? booking.amount : 0) === 0) return 'nothing-earned';
      const changes = isPurchase
        ? await this.bookPurchase(tx, { member, purchase: booking.purchase, amount: booking.amount, at }, by)
        : await this.bookReferral(tx, { member, referred: booking.referred, at }, by);
      await this.#publication.publish(tx, changes);
      return changes.length > 0 ? 'booked' : 'booked-before';
    });
  }

  async #bookManual(
    tx: Tx,
    member: MemberId,
    { points, reason: said }: { readonly points: number; readonly reason: string },
    by: string,
  ): Promise<BookingOutcome> {
    const now = this.#now();
    if (points === 0) return 'nothing-earned';
    await this.#ledger.lockMember(tx, member);
    const { balance } = (await this.#ledger.standings(tx, [member], now)).get(member) ?? { balance: 0 };
    if (points < 0 && balance + points < 0) return 'too-few-points';
    const reason: Words = { zh: said, en: said };
    const id = randomUUID();
    const entry: Entry = {
      id,
      businessKey: `manual/${id}`,
      member,
      at: now.toISOString(),
      points,
      reason,
      fact: null,
    };
    await this.#ledger.settle(tx, [member], now);
    await this.#ledger.book(tx, [{ ...entry, item: 'manual', by }]);
    await this.#publication.publish(tx, [this.#club.memberChange([member])]);
    return 'booked';
  }

  async #bookItem(
    tx: Tx,
    what: {
      readonly item: string;
      readonly key: string;
      readonly member: MemberId;
      readonly amount: number | null;
      readonly at: string;
      readonly by: string | null;
    },
  ): Promise<Change[]> {
    const { item, key, member, amount, at, by } = what;
    const rules = (await RulesInForce.read(tx)).at(at);
    const points = pointsFor(rules, item, amount ?? 0);
    const reason = rules.items.find(({ code }) => code === item)?.name;
    if (points === 0 || !reason) return [];
    const fact: FactId | null = null;
    const entry = { id: key, businessKey: key, member, at, points, reason, fact, item, amount, by };
    const booked = await this.#ledger.book(tx, [entry]);
    return booked.size === 0 ? [] : [this.#club.memberChange([member])];
  }
}
