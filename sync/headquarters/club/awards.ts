// What earns points by the rules: site visits as terminals tell them, and what the club books by hand.
import { randomUUID } from 'node:crypto';
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { MemberId } from '../../contract/ids.ts';
import type { RulesRow } from '../../contract/members.ts';
import { pointsFor, visitKey } from '../../contract/points.ts';
import type { Actor } from '../accounts/actor.ts';
import { notAhead } from '../boot-clocks.ts';
import { applied, type Effects } from '../outcome.ts';
import type { Tx } from '../store/store.ts';
import type { Entry } from './ledger.ts';
import type { PointsParts } from './points-parts.ts';
import { PurchasePoints } from './purchase-points.ts';

export type VisitFact = Fact & Extract<FactContent, { kind: 'visit-recorded' }>;

/** What a person at headquarters books; `id` is theirs, so that a second click books nothing. */
export type HandBooking =
  | {
      readonly item: 'manual';
      readonly points: number;
      readonly reason: string;
      readonly id?: string | undefined;
    }
  /** an item of the rules that nothing books by itself */
  | { readonly item: 'rule'; readonly code: string; readonly id?: string | undefined }
  /** once for each purchase; `amount` in fen */
  | { readonly item: 'purchase'; readonly purchase: string; readonly amount: number }
  /** once for each person who was brought */
  | { readonly item: 'referral'; readonly referred: string };
export type BookingOutcome =
  | 'booked'
  | 'booked-before'
  | 'booked-by-itself'
  | 'unknown-member'
  | 'unknown-referred'
  | 'own-referral'
  | 'not-their-purchase'
  | 'nothing-earned'
  | 'too-few-points';

type HandEntry = Pick<Entry, 'businessKey' | 'points' | 'reason' | 'amount'> & { readonly item: string };
type Who = Pick<Actor, 'account'>;

/** Items that events, visits and purchases book. */
export const bookedByThemselves: ReadonlySet<string> = new Set([
  'check-in',
  'event-attended',
  'visit',
  'referral',
  'purchase',
]);

export class Awards {
  readonly #parts: PointsParts;
  readonly purchases: PurchasePoints;

  constructor(parts: PointsParts) {
    this.#parts = parts;
    this.purchases = new PurchasePoints(parts);
  }

  /** The first swipe of a day at a project's site earns; every swipe stays recorded. */
  async applyVisits(tx: Tx, facts: readonly VisitFact[]): Promise<Effects> {
    const outcomes = facts.map(() => applied);
    const atSite = facts.filter(({ body }) => body.project);
    if (atSite.length === 0) return { outcomes, changes: [] };
    const known = await this.#parts.club.knownMembers(
      tx,
      atSite.map(({ body }) => body.member),
    );
    const rules = await this.#parts.ledger.rules.read(tx);
    const entries = atSite.flatMap(({ id, at: told, body: { member, project } }): Entry[] => {
      if (!known.has(member) || !project) return [];
      const at = notAhead(told, this.#parts.now());
      const inForce = rules.at(at);
      const points = pointsFor(inForce, 'visit');
      const name = inForce.items.find(({ code }) => code === 'visit')?.name;
      if (points === 0 || !name) return [];
      const key = visitKey(project, at, member);
      return [{ id: key, businessKey: key, member, at, points, reason: name, fact: id, item: 'visit' }];
    });
    const booked = await this.#parts.ledger.book(tx, entries);
    const members = entries.filter(({ id }) => booked.has(id)).map(({ member }) => member);
    return { outcomes, changes: members.length === 0 ? [] : [this.#parts.club.memberChange(members)] };
  }

  /** @param id of the booking: the same one again is refused, not doubled */
  async bookByHand(member: MemberId, booking: HandBooking, by: Who): Promise<BookingOutcome> {
    const { store, ledger, club, publication, audit, now } = this.#parts;
    return await store.transaction(async (tx): Promise<BookingOutcome> => {
      if (!(await club.knownMembers(tx, [member])).has(member)) return 'unknown-member';
      const entry = await this.#entryOf(tx, member, booking);
      if (typeof entry === 'string') return entry;
      await ledger.lockMember(tx, member);
      await ledger.settle(tx, [member], now());
      if (entry.points < 0) {
        const balance = (await ledger.standings(tx, [member], now())).get(member)?.balance ?? 0;
        if (balance + entry.points < 0) return 'too-few-points';
      }
      const booked = await ledger.book(tx, [
        { ...entry, id: entry.businessKey, member, at: now().toISOString(), fact: null, by: by.account },
      ]);
      if (booked.size === 0) return 'booked-before';
      await audit.note(tx, by, 'points-booked', member, { item: entry.item, points: entry.points });
      await publication.publish(tx, [club.memberChange([member])]);
      return 'booked';
    });
  }

  async #entryOf(tx: Tx, member: MemberId, booking: HandBooking): Promise<HandEntry | BookingOutcome> {
    const rules = (await this.#parts.ledger.rules.read(tx)).at(this.#parts.now());
    const { item } = booking;
    switch (item) {
      case 'manual': {
        const { points, reason: said, id = randomUUID() } = booking;
        if (points === 0) return 'nothing-earned';
        return { item, businessKey: `manual/${id}`, points, reason: { zh: said, en: said } };
      }
      case 'purchase': {
        const { purchase, amount } = booking;
        const known = await tx
          .selectFrom('purchase')
          .select('member')
          .where('id', '=', purchase)
          .executeTakeFirst();
        if (known && known.member !== member) return 'not-their-purchase';
        return byRule(rules, item, { businessKey: `purchase/${purchase}`, amount });
      }
      case 'referral': {
        const referred = booking.referred as MemberId;
        if (referred === member) return 'own-referral';
        if (!(await this.#parts.club.knownMembers(tx, [referred])).has(referred)) return 'unknown-referred';
        return byRule(rules, item, { businessKey: `referral/${referred}` });
      }
      case 'rule': {
        const { code, id = randomUUID() } = booking;
        if (bookedByThemselves.has(code)) return 'booked-by-itself';
        return byRule(rules, code, { businessKey: `rule/${code}/${id}` });
      }
    }
  }
}

/** What an item of the rules is worth for this. */
function byRule(
  rules: RulesRow,
  item: string,
  { businessKey, amount }: { readonly businessKey: string; readonly amount?: number },
): HandEntry | BookingOutcome {
  const points = pointsFor(rules, item, amount ?? 0);
  const reason = rules.items.find(({ code }) => code === item)?.name;
  if (points === 0 || !reason) return 'nothing-earned';
  return { item, businessKey, points, reason, ...(amount === undefined ? {} : { amount }) };
}
