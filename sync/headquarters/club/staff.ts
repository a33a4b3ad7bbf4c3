// Cards of our own people: they open the staff view at a terminal and vouch for who joins without a telephone.
import type { CardToken, ProjectId } from '../../contract/ids.ts';
import { memberKeys, type StaffRow } from '../../contract/members.ts';
import { maskName } from '../mask.ts';
import type { Change, PublishedRow } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

export type StaffCard = Tables['staff_card'];
export interface NewStaffCard {
  readonly token: CardToken;
  /** in full: it stays at headquarters */
  readonly name: string;
  readonly project: ProjectId | null;
}

export class Staff {
  readonly #store: Store;
  readonly #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** @returns 'member-card' when it is a member's: nobody is both with one card */
  async give(tx: Tx, cards: readonly NewStaffCard[]): Promise<Change | 'member-card'> {
    const tokens = cards.map(({ token }) => token);
    const taken = await tx
      .selectFrom('card')
      .select('token')
      .where(this.#store.among('token', tokens))
      .executeTakeFirst();
    if (taken) return 'member-card';
    const rows = cards.map((card) => ({ ...card, ended_at: null }));
    await this.#store.insert(tx, 'staff_card', rows, { onConflict: { keys: ['token'] } });
    return this.#change(tokens);
  }

  /** @returns undefined when it is nobody's or has ended before */
  async end(tx: Tx, token: string): Promise<Change | undefined> {
    const done = await tx
      .updateTable('staff_card')
      .set({ ended_at: this.#now().toISOString() })
      .where('token', '=', token)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return done.numUpdatedRows > 0n ? this.#change([token]) : undefined;
  }

  async list(db: Reader): Promise<StaffCard[]> {
    return await db.selectFrom('staff_card').selectAll().orderBy('name').orderBy('token').execute();
  }

  #change(tokens: readonly string[]): Change {
    return {
      dataset: 'members',
      rows: async (tx) => {
        const cards = await tx
          .selectFrom('staff_card')
          .selectAll()
          .where(this.#store.among('token', tokens))
          .execute();
        return cards.map(({ token, name, project, ended_at }): PublishedRow => {
          const row: StaffRow = {
            kind: 'staff',
            token: token as CardToken,
            name: maskName(name),
            project: project as ProjectId | null,
          };
          return [memberKeys.staff(token), ended_at === null ? row : null];
        });
      },
    };
  }
}
