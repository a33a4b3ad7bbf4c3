// Members who may be one person: noted when somebody joins or is looked for, decided by the desk, never forgotten.
import type { MemberId } from '../../contract/ids.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { Identity } from './identity.ts';
import { pairOf } from './merge.ts';

export type Suspicion = Tables['suspicion'];

export class Suspicions {
  readonly #store: Store;
  readonly #identity: Identity;
  readonly #now: () => Date;

  constructor(store: Store, identity: Identity, now: () => Date) {
    this.#store = store;
    this.#identity = identity;
    this.#now = now;
  }

  /** @returns how many members this one may be */
  async note(tx: Tx, member: MemberId): Promise<number> {
    const like = await this.#identity.likePersons(tx, member);
    const rows = [...like].map(([other, traits]) => ({
      ...pairOf(member, other),
      traits: JSON.stringify([...new Set(traits)].sort()),
      at: this.#now().toISOString(),
      verdict: null,
      decided_by: null,
      decided_at: null,
    }));
    await this.#store.insert(tx, 'suspicion', rows, { onConflict: 'skip' });
    return rows.length;
  }

  /** @returns those that wait for a decision, or were decided; newest first */
  async list(db: Reader, isOpen: boolean, limit: number): Promise<Suspicion[]> {
    return await db
      .selectFrom('suspicion')
      .selectAll()
      .where('verdict', isOpen ? 'is' : 'is not', null)
      .orderBy('at', 'desc')
      .orderBy('a')
      .orderBy('b')
      .limit(limit)
      .execute();
  }

  async find(db: Reader, one: string, two: string): Promise<Suspicion | undefined> {
    const { a, b } = pairOf(one, two);
    return await db
      .selectFrom('suspicion')
      .selectAll()
      .where('a', '=', a)
      .where('b', '=', b)
      .executeTakeFirst();
  }

  /** Pairs with this one that wait for a decision. */
  async openOf(db: Reader, member: string): Promise<Suspicion[]> {
    return await db
      .selectFrom('suspicion')
      .selectAll()
      .where('verdict', 'is', null)
      .where((it) => it.or([it('a', '=', member), it('b', '=', member)]))
      .orderBy('at', 'desc')
      .execute();
  }

  async openCount(db: Reader): Promise<number> {
    const row = await db
      .selectFrom('suspicion')
      .select(({ fn }) => fn.countAll().as('n'))
      .where('verdict', 'is', null)
      .executeTakeFirst();
    return Number(row?.n ?? 0);
  }

  /** @returns false when there is no such pair, or somebody has decided already */
  async decide(tx: Tx, one: string, two: string, verdict: 'same' | 'distinct', by: string): Promise<boolean> {
    const { a, b } = pairOf(one, two);
    const done = await tx
      .updateTable('suspicion')
      .set({ verdict, decided_by: by, decided_at: this.#now().toISOString() })
      .where('a', '=', a)
      .where('b', '=', b)
      .where('verdict', 'is', null)
      .executeTakeFirst();
    return done.numUpdatedRows > 0n;
  }
}
