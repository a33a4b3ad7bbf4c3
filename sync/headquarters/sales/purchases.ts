// Purchases: which stage each is at, what was paid, and what the owner is told of it.
import type { MemberId, Words } from '../../contract/ids.ts';
import type { Home } from '../../contract/members.ts';
import { ownerKeys, type PurchaseStage, purchaseStages } from '../../contract/owners.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Awards } from '../club/awards.ts';
import type { Club } from '../club/club.ts';
import { dayStart } from '../club/purchase-points.ts';
import type { Change, Publication, PublishedRow } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import { addYears, careOf } from './care-steps.ts';
import { careFactsOf, type Purchase, purchaseChange, readPurchases } from './owner-rows.ts';
import { localDay } from './purchase-list.ts';

export interface PurchaseParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly club: Pick<Club, 'memberChange'>;
  readonly awards: Pick<Awards, 'purchases'>;
  readonly audit: Pick<Audit, 'note'>;
  readonly now: () => Date;
}

export type PurchaseOutcome =
  | 'done'
  | 'unknown-purchase'
  | 'not-the-next-stage'
  | 'day-in-future'
  | 'day-before-last-stage'
  | 'more-than-total'
  | 'changed-since';

/** one transaction refreshes so many */
const settledAtOnce = 500;
/** where a purchase does not say how long its warranty holds */
const warrantyYears = 2;

export class Purchases {
  readonly #parts: PurchaseParts;
  #refreshedOn: string | undefined;

  constructor(parts: PurchaseParts) {
    this.#parts = parts;
  }

  get #today(): string {
    return localDay(this.#parts.now());
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

  /** @param payment amount in fen, negative = paid back; `before`: the sum that was paid when it was read, so that no money is booked twice */
  async pay(
    id: string,
    payment: { readonly amount: number; readonly on: string; readonly before?: number | undefined },
    by: string,
  ): Promise<PurchaseOutcome> {
    return await this.#change(id, async (tx, purchase) => {
      const { amount, on, before = purchase.paid } = payment;
      if (before !== purchase.paid) return 'changed-since';
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
    const { store, audit, now } = this.#parts;
    if (purchases.length === 0) return [];
    const ids = purchases.map(({ id }) => id);
    const before = await readPurchases(store, tx, ids);
    await store.insert(tx, 'purchase', purchases.map(purchaseRecord), { onConflict: { keys: ['id'] } });
    const at = now().toISOString();
    await store.insert(
      tx,
      'purchase_event',
      purchases.map(({ id: purchase, stage }) => ({
        purchase,
        at,
        account: by,
        kind: 'imported',
        stage,
        amount: null,
        day: null,
      })),
    );
    await audit.note(tx, { account: by }, 'purchases-imported', null, { rows: purchases.length });
    // whoever it was renewed away from must not see it any longer
    const gone = before.flatMap(({ id, member, unit }): PublishedRow[] => [
      [ownerKeys.purchase(member, id), null],
      [ownerKeys.care(member, unit), null],
    ]);
    return [{ dataset: 'owners', rows: async () => gone }, ...(await this.#effects(tx, ids))];
  }

  /** As `write`, all or none. */
  async import(purchases: readonly Purchase[], by: string): Promise<void> {
    const { store, publication } = this.#parts;
    await store.transaction(async (tx) => {
      await publication.publish(tx, await this.write(tx, purchases, by));
    });
  }

  /** The home was handed over: care and warranty go on from that day, and it is among the owner's homes. */
  async noteHandedOver(tx: Tx, unit: string, member: string, day: string): Promise<Change[]> {
    const { store } = this.#parts;
    const query = tx.selectFrom('purchase').selectAll().where('unit', '=', unit).where('member', '=', member);
    const rows = (await store.locked(query).execute()).filter((row) => row.handed_over_on === null);
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const changes: Change[] = [];
    for (const row of rows) {
      const until = row.warranty_until ?? addYears(day, warrantyYears);
      await tx
        .updateTable('purchase')
        .set({ handed_over_on: day, warranty_until: until })
        .where('id', '=', row.id)
        .execute();
      const home = {
        unit,
        project: row.project,
        label: JSON.parse(row.label) as Words,
        warrantyUntil: until,
      };
      changes.push(...(await this.#giveHome(tx, member, { ...home, handedOverOn: day } as Home)));
    }
    return [...changes, ...(await this.settleCare(tx, ids))];
  }

  async #giveHome(tx: Tx, member: string, home: Home): Promise<Change[]> {
    const { store, club } = this.#parts;
    const query = tx.selectFrom('member').select('homes').where('id', '=', member);
    const row = await store.locked(query).executeTakeFirst();
    if (!row) return [];
    const homes = JSON.parse(row.homes) as Home[];
    const others = homes.filter(({ unit }) => unit !== home.unit);
    const own = homes.find(({ unit }) => unit === home.unit);
    if (own?.handedOverOn) return [];
    const next = [...others, own ? { ...own, handedOverOn: home.handedOverOn } : home];
    await tx
      .updateTable('member')
      .set({ homes: JSON.stringify(next) })
      .where('id', '=', member)
      .execute();
    return [club.memberChange([member as MemberId])];
  }

  /** Of everybody, some at a time: steps of care change with the calendar. Once a day is enough; idempotent. */
  async refresh(): Promise<void> {
    const { store, publication } = this.#parts;
    const today = this.#today;
    if (this.#refreshedOn === today) return;
    let after = '';
    for (;;) {
      const rows = await store.db
        .selectFrom('purchase')
        .select('id')
        .where('id', '>', after)
        .orderBy('id')
        .limit(settledAtOnce)
        .execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) {
        await store.transaction(async (tx) => publication.publish(tx, await this.settleCare(tx, ids)));
      }
      after = ids.at(-1) ?? '';
      if (ids.length < settledAtOnce) break;
    }
    this.#refreshedOn = today;
  }

  /** Works out anew when we next get in touch. @returns what terminals must be told of these purchases */
  async settleCare(tx: Tx, ids: readonly string[]): Promise<Change[]> {
    const { store } = this.#parts;
    if (ids.length === 0) return [];
    const purchases = await readPurchases(store, tx, ids);
    const facts = await careFactsOf(store, tx, purchases);
    const planned = await tx
      .selectFrom('purchase')
      .select(['id', 'contact_on'])
      .where(store.among('id', ids))
      .execute();
    const before = new Map(planned.map(({ id, contact_on }) => [id, contact_on]));
    for (const purchase of purchases) {
      const on = careOf(facts(purchase), this.#today)?.next?.on ?? null;
      if (before.get(purchase.id) === on) continue;
      await tx.updateTable('purchase').set({ contact_on: on }).where('id', '=', purchase.id).execute();
    }
    return [purchaseChange(store, ids, this.#today)];
  }

  /** Somebody got in touch: the next contact is planned from the one that was due. */
  async noteContact(
    id: string,
    contact: { readonly dueOn: string; readonly note: string | null },
    by: string,
  ): Promise<PurchaseOutcome | 'not-due'> {
    const { store, audit, now } = this.#parts;
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
      await audit.note(tx, { account: by }, 'care-contact-made', purchase.member, { step: care.step });
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

  /** Purchase points 购房积分 follow the contract, referral points 推荐积分 the subscription. */
  async #effects(tx: Tx, ids: readonly string[]): Promise<Change[]> {
    const { store, awards, now } = this.#parts;
    const purchases = await readPurchases(store, tx, ids);
    const earning = purchases.map(({ id, member, stage, total, reached }) => {
      const at = dayStart(reached, 'signing') ?? now().toISOString();
      return { id, member, amount: total, signedAt: stage === 'subscription' ? null : at };
    });
    const buyers = [...new Set(purchases.map(({ member }) => member))];
    return [
      ...(await this.settleCare(tx, ids)),
      ...(await awards.purchases.follow(tx, earning)),
      ...(await awards.purchases.bookReferrals(tx, buyers)),
    ];
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
    const { kind, account, stage, amount, day } = event;
    await this.#parts.audit.note(tx, { account }, `purchase-${kind}`, id, { stage, amount, day });
  }
}

function purchaseRecord(each: Purchase) {
  return {
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
    contact_on: null,
  };
}
