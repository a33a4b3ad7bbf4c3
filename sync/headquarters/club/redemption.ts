// Gifts for points: only here, where the whole balance is known, and in one transaction with the stock.
import { randomUUID } from 'node:crypto';
import type { MemberId, Words } from '../../contract/ids.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Tx } from '../store/store.ts';
import type { PointsParts } from './points-parts.ts';

export interface Gift {
  readonly id: string;
  readonly name: Words;
  /** points */
  readonly cost: number;
  readonly stock: number;
  /** no longer given */
  readonly isEnded: boolean;
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
  | 'redeemed-before'
  | 'gift-ended'
  | 'unknown-gift'
  | 'unknown-member'
  | 'out-of-stock'
  | 'too-few-points';

type Who = Pick<Actor, 'account'>;

export class Redemptions {
  readonly #parts: PointsParts;

  constructor(parts: PointsParts) {
    this.#parts = parts;
  }

  async gifts(): Promise<Gift[]> {
    const rows = await this.#parts.store.db
      .selectFrom('gift')
      .selectAll()
      .orderBy('cost')
      .orderBy('id')
      .execute();
    return rows.map(({ name, ended_at: endedAt, ...gift }) => ({
      ...gift,
      name: JSON.parse(name) as Words,
      isEnded: endedAt !== null,
    }));
  }

  /** A new gift, or what an old one is from now on; what was taken before keeps its price. */
  async putGift({ id, name, cost, stock, isEnded }: Gift, by: Who): Promise<void> {
    const { store, audit, now } = this.#parts;
    const ended_at = isEnded ? now().toISOString() : null;
    await store.transaction(async (tx) => {
      await store.insert(tx, 'gift', [{ id, name: JSON.stringify(name), cost, stock, ended_at }], {
        onConflict: { keys: ['id'] },
      });
      await audit.note(tx, by, isEnded ? 'gift-ended' : 'gift-put', id, { cost, stock });
    });
  }

  /** @param id of the redemption: the same one again is refused, not doubled */
  async redeem(gift: string, member: MemberId, by: Who, id: string = randomUUID()): Promise<RedeemOutcome> {
    const now = this.#parts.now();
    return await this.#parts.store.transaction(async (tx): Promise<RedeemOutcome> => {
      if (!(await this.#parts.club.knownMembers(tx, [member])).has(member)) return 'unknown-member';
      await this.#parts.ledger.lockMember(tx, member);
      const row = await this.#parts.store
        .locked(tx.selectFrom('gift').selectAll().where('id', '=', gift))
        .executeTakeFirst();
      if (!row) return 'unknown-gift';
      if (row.ended_at !== null) return 'gift-ended';
      const before = await tx.selectFrom('redemption').select('id').where('id', '=', id).executeTakeFirst();
      if (before) return 'redeemed-before';
      if (row.stock === 0) return 'out-of-stock';
      await this.#parts.ledger.settle(tx, [member], now);
      const { balance } = (await this.#parts.ledger.standings(tx, [member], now)).get(member) ?? {
        balance: 0,
      };
      if (balance < row.cost) return 'too-few-points';
      await this.#give(tx, row, { id, member, now, by: by.account });
      await this.#parts.audit.note(tx, by, 'points-redeemed', member, { gift, points: row.cost });
      await this.#parts.publication.publish(tx, [this.#parts.club.memberChange([member])]);
      return 'redeemed';
    });
  }

  /** The gift came back: its points return to the lots that they came from. */
  async undo(id: string, by: Who): Promise<'undone' | 'unknown-redemption' | 'undone-before'> {
    const now = this.#parts.now();
    return await this.#parts.store.transaction(async (tx) => {
      const found = await tx.selectFrom('redemption').selectAll().where('id', '=', id).executeTakeFirst();
      if (!found) return 'unknown-redemption';
      const reason: Words = { zh: '兑换撤销', en: 'Redemption undone' };
      const at = now.toISOString();
      // of a member who has become another, and another, the points stand there
      let entry = found.entry;
      let member = found.member as MemberId;
      for (let moved = await this.#moved(tx, entry); moved; moved = await this.#moved(tx, entry)) {
        ({ id: entry, member } = moved);
      }
      const because = { id: `reversal/${entry}`, at, reason, by: by.account };
      if (!(await this.#parts.ledger.reverse(tx, entry, because))) return 'undone-before';
      await tx.updateTable('redemption').set({ undone_at: at }).where('id', '=', id).execute();
      await tx
        .updateTable('gift')
        .set((it) => ({ stock: it('stock', '+', 1) }))
        .where('id', '=', found.gift)
        .execute();
      await this.#parts.audit.note(tx, by, 'points-redemption-undone', member, { gift: found.gift });
      await this.#parts.publication.publish(tx, [this.#parts.club.memberChange([member])]);
      return 'undone';
    });
  }

  /** @returns newest first */
  async list(limit: number): Promise<Redemption[]> {
    const rows = await this.#parts.store.db
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

  async #moved(tx: Tx, entry: string) {
    return await this.#parts.ledger.find(tx, `moved/${entry}`);
  }

  async #give(
    tx: Tx,
    { id: gift, name, cost }: { readonly id: string; readonly name: string; readonly cost: number },
    given: { readonly id: string; readonly member: MemberId; readonly now: Date; readonly by: string },
  ): Promise<void> {
    const { id, member, now, by } = given;
    const words = JSON.parse(name) as Words;
    const at = now.toISOString();
    const reason = { zh: `兑换 · ${words.zh}`, en: `Redeemed · ${words.en}` };
    const key = `redemption/${id}`;
    await this.#parts.ledger.book(tx, [
      { id: key, businessKey: key, member, at, points: -cost, reason, fact: null, item: 'redemption', by },
    ]);
    await this.#parts.store.insert(tx, 'redemption', [
      { id, gift, member, entry: key, at, by_account: by, undone_at: null },
    ]);
    await tx
      .updateTable('gift')
      .set((it) => ({ stock: it('stock', '-', 1) }))
      .where('id', '=', gift)
      .execute();
  }
}
