// Purchases as people at headquarters read them: some at a time, with what is due and the step of care; names masked.
import type { PurchaseStage } from '../../contract/owners.ts';
import { maskName } from '../mask.ts';
import type { Store } from '../store/store.ts';
import { type Care, careOf } from './care-steps.ts';
import { careFactsOf, type Purchase, readPurchases } from './owner-rows.ts';
import { type Due, openDues } from './payment-plan.ts';

export interface ListedPurchase extends Purchase {
  /** masked */
  readonly memberName: string;
  readonly dues: readonly Due[];
  readonly care: Care | null;
}

export interface PurchaseQuery {
  readonly member?: string | undefined;
  readonly project?: string | undefined;
  readonly stage?: PurchaseStage | undefined;
  /** id of the last of the page before */
  readonly after?: string | undefined;
  readonly limit: number;
}
export interface PurchasePage {
  readonly purchases: readonly ListedPurchase[];
  /** without `after` and `limit` */
  readonly total: number;
  /** for `after`; null = this was the last page */
  readonly next: string | null;
}

/** Hong Kong and all of China: the day that owners count in. */
const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
export function localDay(at: Date): string {
  return dayFormat.format(at);
}

const shownContacts = 200;

export class PurchaseList {
  readonly #store: Store;
  readonly #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** @returns by id, those after `after` */
  async page({ member, project, stage, after, limit }: PurchaseQuery): Promise<PurchasePage> {
    const { db } = this.#store;
    let chosen = db.selectFrom('purchase');
    if (member !== undefined) chosen = chosen.where('member', '=', member);
    if (project !== undefined) chosen = chosen.where('project', '=', project);
    if (stage !== undefined) chosen = chosen.where('stage', '=', stage);
    const counted = await chosen.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirst();
    let query = chosen
      .select('id')
      .orderBy('id')
      .limit(limit + 1);
    if (after !== undefined) query = query.where('id', '>', after);
    const ids = (await query.execute()).map(({ id }) => id);
    const shown = ids.slice(0, limit);
    return {
      purchases: await this.#listed(shown),
      total: Number(counted?.n ?? 0),
      next: ids.length > limit ? (shown.at(-1) ?? null) : null,
    };
  }

  async one(id: string): Promise<ListedPurchase | undefined> {
    return (await this.#listed([id]))[0];
  }

  async #listed(ids: readonly string[]): Promise<ListedPurchase[]> {
    const store = this.#store;
    const chosen = await readPurchases(store, store.db, ids);
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
      care: careOf(facts(purchase), localDay(this.#now())) ?? null,
    }));
  }

  /** Contacts of care that are due until then, the oldest first, at most 200. */
  async contacts(until: string): Promise<ListedPurchase[]> {
    const { db } = this.#store;
    const rows = await db
      .selectFrom('purchase')
      .select('id')
      .where('contact_on', '<=', until)
      .orderBy('contact_on')
      .orderBy('id')
      .limit(shownContacts)
      .execute();
    const listed = new Map(
      (await this.#listed(rows.map(({ id }) => id))).map((each) => [each.id as string, each]),
    );
    return rows.flatMap(({ id }) => listed.get(id) ?? []);
  }
}
