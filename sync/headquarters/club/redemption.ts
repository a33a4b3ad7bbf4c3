// Gifts for points: only here, where the whole balance is known, and in one transaction with the stock.
import { randomUUID } from 'node:crypto';
import type { MemberId, Words } from '../../contract/ids.ts';
import type { Publication } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Club } from './club.ts';
import type { Ledger } from './ledger.ts';

export interface Gift {
  readonly id: string;
  readonly name: Words;
  /** points */
  readonly cost: number;
  readonly stock: number;
}
export interface Redemption {
  readonly id: string;
  readonly gift: string;
  readonly member: string;
  readonly at: string;
  readonly by: string;
  readonly undoneAt: string | null;
}
export type RedeemOutcome =
  | 'redeemed'
  | 'unknown-gift'
  | 'unknown-member'
  | 'out-of-stock'
  | 'too-few-points';

export class Redemptions {
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

  async gifts(): Promise<Gift[]> {
    const rows = await this.#store.db.selectFrom('gift').selectAll().orderBy('cost').orderBy('id').execute();
    return rows.map(({ name, ...gift }) => ({ ...gift, name: JSON.parse(name) as Words }));
  }

  /** A new gift, or what an old one is from now on; what was taken before keeps its price. */
  async putGift({ id, name, cost, stock }: Gift): Promise<void> {
    await this.#store.transaction((tx) =>
      this.#store.insert(tx, 'gift', [{ id, name: JSON.stringify(name), cost, stock }], {
        onConflict: { keys: ['id'] },
      }),
    );
  }

  async redeem(gift: string, id: string, by: string): Promise<RedeemOutcome> {
    const member = id as MemberId;
    const now = this.#now();
    return await this.#store.transaction(async (tx): Promise<RedeemOutcome> => {
      if (!(await this.#club.knownMembers(tx, [member])).has(member)) return 'unknown-member';
      await this.#ledger.lockMember(tx, member);
      const row = await this.#store
        .locked(tx.selectFrom('gift').selectAll().where('id', '=', gift))
        .executeTakeFirst();
      if (!row) return 'unknown-gift';
      if (row.stock === 0) return 'out-of-stock';
      await this.#ledger.settle(tx, [member], now);
      const { balance } = (await this.#ledger.standings(tx, [member], now)).get(member) ?? { balance: 0 };
      if (balance < row.cost) return 'too-few-points';
      await this.#give(tx, row, { member, now, by });
      await this.#publication.publish(tx, [this.#club.memberChange([member])]);
      return 'redeemed';
    });
  }

  /** The gift came back: its points return to the lots that they came from. */
  async undo(id: string, by: string): Promise<'undone' | 'unknown-redemption' | 'undone-before'> {
    const now = this.#now();
    return await this.#store.transaction(async (tx) => {
      const found = await tx.selectFrom('redemption').selectAll().where('id', '=', id).executeTakeFirst();
      if (!found) return 'unknown-redemption';
      const reason: Words = { zh: '兑换撤销', en: 'Redemption undone' };
      const at = now.toISOString();
      // of a member who has become another, the points stand there
      const moved = await this.#ledger.find(tx, `moved/${found.entry}`);
      const entry = moved?.id ?? found.entry;
      const because = { id: `reversal/${entry}`, at, reason, by };
      if (!(await this.#ledger.reverse(tx, entry, because))) return 'undone-before';
      await tx.updateTable('redemption').set({ undone_at: at }).where('id', '=', id).execute();
      await tx
        .updateTable('gift')
        .set((it) => ({ stock: it('stock', '+', 1) }))
        .where('id', '=', found.gift)
        .execute();
      const member = moved?.member ?? (found.member as MemberId);
      await this.#publication.publish(tx, [this.#club.memberChange([member])]);
      return 'undone';
    });
  }

  /** @returns newest first */
  async list(limit: number): Promise<Redemption[]> {
    const rows = await this.#store.db
      .selectFrom('redemption')
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ entry: _entry, by_account: by, undone_at: undoneAt, ...row }) => ({
      ...row,
      by,
      undoneAt,
    }));
  }

  async #give(
    tx: Tx,
    { id: gift, name, cost }: { readonly id: string; readonly name: string; readonly cost: number },
    { member, now, by }: { readonly member: MemberId; readonly now: Date; readonly by: string },
  ): Promise<void> {
    const words = JSON.parse(name) as Words;
    const id = randomUUID();
    const at = now.toISOString();
    const reason = { zh: `兑换 · ${words.zh}`, en: `Redeemed · ${words.en}` };
    const key = `redemption/${id}`;
    await this.#ledger.book(tx, [
      { id: key, businessKey: key, member, at, points: -cost, reason, fact: null, item: 'redemption', by },
    ]);
    await this.#store.insert(tx, 'redemption', [
      { id, gift, member, entry: key, at, by_account: by, undone_at: null },
    ]);
    await tx
      .updateTable('gift')
      .set((it) => ({ stock: it('stock', '-', 1) }))
      .where('id', '=', gift)
      .execute();
  }
}
