// Purchases: which stage each is at, what was paid, and what the owner is told of it.
import type { Words } from '../../contract/ids.ts';
import { type PurchaseStage, purchaseStages } from '../../contract/owners.ts';
import type { Awards } from '../club/awards.ts';
import type { Club } from '../club/club.ts';
import { maskName } from '../mask.ts';
import type { Change, Publication } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import { type Care, careOf } from './care-steps.ts';
import { careFactsOf, type Purchase, purchaseChange, readPurchases } from './owner-rows.ts';
import { type Due, openDues } from './payment-plan.ts';

export interface PurchaseParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly club: Pick<Club, 'memberChange'>;
  readonly awards: Pick<Awards, 'bookPurchase'>;
  readonly now: () => Date;
}

export interface ListedPurchase extends Purchase {
  /** masked */
  readonly memberName: string;
  readonly dues: readonly Due[];
  readonly care: Care | null;
}

export type PurchaseOutcome =
  | 'done'
  | 'unknown-purchase'
  | 'not-the-next-stage'
  | 'day-in-future'
  | 'day-before-last-stage'
  | 'more-than-total';

/** Hong Kong and all of China: the day that owners count in. */
const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
export function localDay(at: Date): string {
  return dayFormat.format(at);
}

export class Purchases {
  readonly #parts: PurchaseParts;

  constructor(parts: PurchaseParts) {
    this.#parts = parts;
  }

  get #today(): string {
    return localDay(this.#parts.now());
  }

  /** @returns by id */
  async list(filter: { readonly member?: string | undefined } = {}): Promise<ListedPurchase[]> {
    const { store } = this.#parts;
    const all = await readPurchases(store, store.db, 'all');
    const chosen =
      filter.member === undefined ? all : all.filter((purchase) => purchase.member === filter.member);
    const members = await store.db
      .selectFrom('member')
      .select(['id', 'name'])
      .where(store.among('id', [...new Set(chosen.map(({ member }) => member))]))
      .execute();
    const names = new Map(members.map(({ id, name }) => [id, maskName(name)]));
    const facts = await careFactsOf(store, store.db, chosen);
    return chosen.map((purchase) => ({
      ...purchase,
      memberName: names.get(purchase.member) ?? '',
      dues: openDues(purchase.plan, purchase.total, purchase.paid),
      care: careOf(facts(purchase), this.#today) ?? null,
    }));
  }

  /** To the stage that comes next, or back to the one before when that was a mistake. */
  async move(
    id: string,
    move: { readonly stage: PurchaseStage; readonly on: string; readonly nextDocument?: Words | null },
    by: string,
  ): Promise<PurchaseOutcome> {
    return await this.#change(id, async (tx, purchase) => {
      const from = purchaseStages.indexOf(purchase.stage);
      const to = purchaseStages.indexOf(move.stage);
      if (to !== from + 1 && to !== from - 1) return 'not-the-next-stage';
      if (to > from && move.on > this.#today) return 'day-in-future';
      const last = purchase.reached.find(({ stage }) => stage === purchase.stage)?.on;
      if (to > from && last && move.on < last) return 'day-before-last-stage';
      const reached = purchase.reached.map((each) => {
        if (to < from) return each.stage === purchase.stage ? { ...each, on: null } : each;
        return each.stage === move.stage ? { ...each, on: move.on } : each;
      });
      await tx
        .updateTable('purchase')
        .set({
          stage: move.stage,
          reached: JSON.stringify(reached),
          ...(move.nextDocument === undefined
            ? {}
            : { next_document: move.nextDocument && JSON.stringify(move.nextDocument) }),
        })
        .where('id', '=', id)
        .execute();
      const kind = to > from ? 'moved' : 'moved-back';
      await this.#note(tx, purchase, { kind, account: by, stage: move.stage, amount: null, day: move.on });
      return 'done';
    });
  }

  /** @param payment amount in fen; negative = paid back */
  async pay(
    id: string,
    payment: { readonly amount: number; readonly on: string },
    by: string,
  ): Promise<PurchaseOutcome> {
    return await this.#change(id, async (tx, purchase) => {
      const { amount, on } = payment;
      const paid = purchase.paid + amount;
      if (on > this.#today) return 'day-in-future';
      if (paid > purchase.total || paid < 0) return 'more-than-total';
      await tx.updateTable('purchase').set({ paid }).where('id', '=', id).execute();
      await this.#note(tx, purchase, {
        kind: 'paid',
        account: by,
        stage: purchase.stage,
        amount,
        day: on,
      });
      return 'done';
    });
  }

  /** Adds or renews purchases; in the transaction of whoever brings them. @returns what terminals must be told */
  async write(tx: Tx, purchases: readonly Purchase[], by: string): Promise<Change[]> {
    const { store } = this.#parts;
    await store.insert(
      tx,
      'purchase',
      purchases.map((each) => ({
        id: each.id,
        member: each.member,
        unit: each.unit,
        project: each.project,
        label: JSON.stringify(each.label),
        stage: each.stage,
        reached: JSON.stringify(each.reached),
        payment: JSON.stringify(each.payment),
        total: each.total,
        paid: each.paid,
        plan: JSON.stringify(each.plan),
        next_document: each.nextDocument && JSON.stringify(each.nextDocument),
        handed_over_on: each.handedOverOn,
        warranty_until: each.warrantyUntil,
      })),
      { onConflict: { keys: ['id'] } },
    );
    for (const purchase of purchases) {
      const { stage } = purchase;
      await this.#note(tx, purchase, { kind: 'imported', account: by, stage, amount: null, day: null });
    }
    return await this.#effects(
      tx,
      purchases.map(({ id }) => id),
    );
  }

  /** As `write`, all or none. */
  async import(purchases: readonly Purchase[], by: string): Promise<void> {
    const { store, publication } = this.#parts;
    await store.transaction(async (tx) => {
      await publication.publish(tx, await this.write(tx, purchases, by));
    });
  }

  /** The home was handed over: care goes on from that day. */
  async noteHandedOver(tx: Tx, unit: string, member: string, day: string): Promise<Change[]> {
    const rows = await tx
      .selectFrom('purchase')
      .select('id')
      .where('unit', '=', unit)
      .where('member', '=', member)
      .execute();
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return [];
    await tx
      .updateTable('purchase')
      .set({ handed_over_on: day })
      .where(this.#parts.store.among('id', ids))
      .where('handed_over_on', 'is', null)
      .execute();
    return [purchaseChange(this.#parts.store, ids, this.#today)];
  }

  /** Of everybody: steps of care change with the calendar. Idempotent. */
  async refresh(): Promise<void> {
    const { store, publication } = this.#parts;
    await store.transaction(async (tx) => {
      const rows = await tx.selectFrom('purchase').select('id').execute();
      await publication.publish(tx, [
        purchaseChange(
          store,
          rows.map(({ id }) => id),
          this.#today,
        ),
      ]);
    });
  }

  /** Contacts of care that are due until then, the oldest first. */
  async contacts(until: string): Promise<ListedPurchase[]> {
    return (await this.list())
      .filter(({ care }) => care?.next && care.next.on <= until)
      .sort((a, b) => (a.care?.next?.on ?? '').localeCompare(b.care?.next?.on ?? ''));
  }

  /** Somebody got in touch: the next contact is planned from the one that was due. */
  async noteContact(
    id: string,
    contact: { readonly dueOn: string; readonly note: string | null },
    by: string,
  ): Promise<PurchaseOutcome | 'not-due'> {
    const { store, now } = this.#parts;
    return await this.#change(id, async (tx, purchase) => {
      const care = careOf((await careFactsOf(store, tx, [purchase]))(purchase), this.#today);
      if (care?.next?.on !== contact.dueOn) return 'not-due';
      await store.insert(tx, 'care_contact', [
        {
          purchase: id,
          step: care.step,
          due_on: contact.dueOn,
          done_at: now().toISOString(),
          done_by: by,
          note: contact.note,
        },
      ]);
      return 'done';
    });
  }

  async #change<Outcome extends string>(
    id: string,
    work: (tx: Tx, purchase: Purchase) => Promise<Outcome>,
  ): Promise<Outcome | 'unknown-purchase'> {
    const { store, publication } = this.#parts;
    return await store.transaction(async (tx) => {
      await store.locked(tx.selectFrom('purchase').select('id').where('id', '=', id)).execute();
      const [purchase] = await readPurchases(store, tx, [id]);
      if (!purchase) return 'unknown-purchase';
      const outcome = await work(tx, purchase);
      if (outcome === 'done') await publication.publish(tx, await this.#effects(tx, [id]));
      return outcome;
    });
  }

  /** Purchase points 购房积分 once a contract is signed, each purchase once, by the rules in force. */
  async #effects(tx: Tx, ids: readonly string[]): Promise<Change[]> {
    const { store, awards, now } = this.#parts;
    const changes = [purchaseChange(store, ids, this.#today)];
    for (const { id, member, stage, total, reached } of await readPurchases(store, tx, ids)) {
      if (stage === 'subscription') continue;
      const on = reached.find((each) => each.stage === 'signing')?.on;
      const at = on ? new Date(`${on}T00:00:00+08:00`).toISOString() : now().toISOString();
      changes.push(...(await awards.bookPurchase(tx, { member, purchase: id, amount: total, at })));
    }
    return changes;
  }

  async #note(
    tx: Tx,
    { id }: Purchase,
    event: {
      readonly kind: string;
      readonly account: string;
      readonly stage: string;
      readonly amount: number | null;
      readonly day: string | null;
    },
  ): Promise<void> {
    const at = this.#parts.now().toISOString();
    await tx
      .insertInto('purchase_event')
      .values({ purchase: id, at, ...event })
      .execute();
  }
}
