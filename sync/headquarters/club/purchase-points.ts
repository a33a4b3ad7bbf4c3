// Points that follow from purchases: those of the buyer once a contract is signed, and those of who brought the buyer.
import { sql } from 'kysely';
import type { MemberId, Words } from '../../contract/ids.ts';
import { pointsFor } from '../../contract/points.ts';
import type { Change } from '../publication.ts';
import type { Tx } from '../store/store.ts';
import { type LedgerEntry, purposeOf } from './bookings.ts';
import type { PointsParts } from './points-parts.ts';

/** A purchase as sales know it. */
export interface EarningPurchase {
  readonly id: string;
  readonly member: MemberId;
  /** fen */
  readonly amount: number;
  /** null = not signed, or no longer */
  readonly signedAt: string | null;
}
interface Wanted extends EarningPurchase {
  readonly booked: readonly LedgerEntry[];
}

const takenBack: Words = {
  zh: '购房积分退回（签约撤回）',
  en: 'Purchase points taken back: no longer signed',
};
const otherPrice: Words = { zh: '购房积分更正（总价变更）', en: 'Purchase points corrected: another price' };
const purchasesAtOnce = 1_000;

export class PurchasePoints {
  readonly #parts: PointsParts;

  constructor(parts: PointsParts) {
    this.#parts = parts;
  }

  /**
   * Brings the ledger in line with these purchases, however often it is called: booked once when signed, taken back when
   * that was a mistake, corrected with the price. What people took back by hand stays so.
   * @returns what terminals must be told
   */
  async follow(tx: Tx, purchases: readonly EarningPurchase[]): Promise<Change[]> {
    const { ledger, club } = this.#parts;
    const touched = new Set<MemberId>();
    for (let start = 0; start < purchases.length; start += purchasesAtOnce) {
      const some = purchases.slice(start, start + purchasesAtOnce);
      const members = [...new Set(some.map(({ member }) => member))];
      const booked = new Map<string, LedgerEntry[]>();
      for (const entry of await ledger.entries(tx, members)) {
        if (entry.item !== 'purchase') continue;
        const purpose = purposeOf(entry.businessKey);
        booked.set(purpose, [...(booked.get(purpose) ?? []), entry]);
      }
      const fresh: EarningPurchase[] = [];
      for (const purchase of some) {
        const own = booked.get(keyOf(purchase.id)) ?? [];
        if (own.length === 0) fresh.push(purchase);
        else if (await this.#correct(tx, { ...purchase, booked: own })) touched.add(purchase.member);
      }
      for (const member of await this.#bookFresh(tx, fresh)) touched.add(member);
    }
    return touched.size === 0 ? [] : [club.memberChange([...touched])];
  }

  /**
   * Who was brought by a member's card and has bought: their bringer's points, once for each person, whichever of
   * joining, card and purchase was heard of last.
   * @param buyers all unless given
   * @returns what terminals must be told
   */
  async bookReferrals(tx: Tx, buyers?: readonly MemberId[]): Promise<Change[]> {
    const { ledger, club, now } = this.#parts;
    const rules = await ledger.rules.read(tx);
    const seen = new Set<string>();
    const entries = (await this.#owedReferrals(tx, buyers)).flatMap(
      ({ buyer, referrer, joinedAt, since }) => {
        // of several joinings the first one said who brought them
        if (seen.has(buyer)) return [];
        seen.add(buyer);
        const subscribedAt = since ?? now().toISOString();
        const at = joinedAt !== null && joinedAt > subscribedAt ? joinedAt : subscribedAt;
        const points = pointsFor(rules.at(at), 'referral');
        const reason = rules.at(at).items.find(({ code }) => code === 'referral')?.name;
        if (points === 0 || !reason) return [];
        const key = `referral/${buyer}`;
        const entry = { id: key, businessKey: key, member: referrer, at, points, reason, fact: null };
        return [{ ...entry, item: 'referral' }];
      },
    );
    const booked = await ledger.book(tx, entries);
    const members = entries.filter(({ id }) => booked.has(id)).map(({ member }) => member);
    return members.length === 0 ? [] : [club.memberChange(members)];
  }

  /** What is owed although nobody bought or joined just now. Idempotent. */
  async bookOwed(): Promise<void> {
    const { store, publication } = this.#parts;
    await store.transaction(async (tx) => {
      const changes = await this.bookReferrals(tx);
      if (changes.length > 0) await publication.publish(tx, changes);
    });
  }

  async #bookFresh(tx: Tx, purchases: readonly EarningPurchase[]): Promise<MemberId[]> {
    const { ledger } = this.#parts;
    const rules = await ledger.rules.read(tx);
    const entries = purchases.flatMap(({ id, member, amount, signedAt }) => {
      if (signedAt === null) return [];
      const inForce = rules.at(signedAt);
      const points = pointsFor(inForce, 'purchase', amount);
      const reason = inForce.items.find(({ code }) => code === 'purchase')?.name;
      if (points === 0 || !reason) return [];
      const [key, at] = [keyOf(id), signedAt];
      const entry = { id: key, businessKey: key, member, at, points, reason, fact: null };
      return [{ ...entry, item: 'purchase', amount }];
    });
    const booked = await ledger.book(tx, entries);
    return entries.filter(({ id }) => booked.has(id)).map(({ member }) => member);
  }

  /** @returns whether anything had to be put right */
  async #correct(tx: Tx, { id, member, amount, signedAt, booked }: Wanted): Promise<boolean> {
    const { ledger, now } = this.#parts;
    const at = now().toISOString();
    const reversals = new Map(booked.flatMap((entry) => (entry.reverses ? [[entry.reverses, entry]] : [])));
    const current = booked.find((entry) => entry.reverses === null && !reversals.has(entry.id));
    if (current) {
      if (signedAt !== null && current.amount === amount) return false;
      const reason = signedAt === null ? takenBack : otherPrice;
      await ledger.reverse(tx, current.id, { id: `reversal/${current.id}`, at, reason });
    } else {
      const last = booked.findLast(({ reverses }) => reverses !== null);
      if (signedAt === null || last?.by !== null) return false;
    }
    if (signedAt === null) return true;
    const rules = (await ledger.rules.read(tx)).at(signedAt);
    const points = pointsFor(rules, 'purchase', amount);
    const reason = rules.items.find(({ code }) => code === 'purchase')?.name;
    if (points === 0 || !reason) return true;
    const key = `${keyOf(id)}#${booked.length}`;
    const entry = { id: key, businessKey: key, member, at: signedAt, points, reason, fact: null };
    await ledger.book(tx, [{ ...entry, item: 'purchase', amount }]);
    await ledger.settle(tx, [member], now());
    return true;
  }

  async #owedReferrals(tx: Tx, buyers: readonly MemberId[] | undefined) {
    if (buyers?.length === 0) return [];
    let query = tx
      .selectFrom('member as b')
      .innerJoin('purchase as p', (on) => on.on(sql<boolean>`p.member = coalesce(b.merged_into, b.id)`))
      .innerJoin('card as c', 'c.token', 'b.referrer')
      .select(['p.member as buyer', 'c.member as referrer', 'b.joined_at as joinedAt', 'p.reached'])
      .whereRef('c.member', '<>', 'p.member')
      .where(
        sql<boolean>`not exists (select 1 from member as f inner join ledger as l on l.business_key = 'referral/' || f.id
          where f.id = p.member or f.merged_into = p.member)`,
      )
      .orderBy('b.joined_at')
      .orderBy('p.id');
    if (buyers) query = query.where(this.#parts.store.among('p.member', buyers));
    return (await query.execute()).map(({ buyer, referrer, joinedAt, reached }) => ({
      buyer: buyer as MemberId,
      referrer: referrer as MemberId,
      joinedAt,
      since: dayStart(JSON.parse(reached) as { stage: string; on: string | null }[], 'subscription'),
    }));
  }
}

/** @returns when the day of that stage began in the club's calendar; null = it has none */
export function dayStart(
  reached: readonly { readonly stage: string; readonly on: string | null }[],
  stage: string,
): string | null {
  const on = reached.find((each) => each.stage === stage)?.on;
  return on ? new Date(`${on}T00:00:00+08:00`).toISOString() : null;
}

function keyOf(purchase: string): string {
  return `purchase/${purchase}`;
}
