// Who was erased: what still comes of them is kept as a fact without its words, and nothing of them is published.
import { sql } from 'kysely';
import type { Fact } from '../../contract/facts.ts';
import { emptiedBody, personalKinds } from '../../contract/personal-fields.ts';
import type { Reader, Store, Tx } from '../store/store.ts';

/** Above so many ids all that were erased are read instead: they are few. */
const mostAsked = 1_000;
/** In the place of what arrived: nobody can read it a second time. */
export const nothingKept = '';

export class Erasures {
  readonly #store: Store;
  readonly #first;
  readonly #known;

  constructor(store: Store) {
    this.#store = store;
    this.#first = store.prepared((db, _: object) => db.selectFrom('erasure').select('member').limit(1));
    this.#known = store.prepared((db, { members }: { readonly members: readonly string[] }) =>
      db.selectFrom('erasure').select('member').where(store.among('member', members)),
    );
  }

  /**
   * Was anybody ever? Whoever asks holds off the next erasure until the commit: what was read as not erased must not be
   * written after it. To be asked before anything else is locked.
   */
  async any(tx: Tx): Promise<boolean> {
    return (await this.#first(tx, {})).length > 0;
  }

  /** @returns those of them who were erased */
  async among(db: Reader, members: readonly string[]): Promise<ReadonlySet<string>> {
    if (members.length === 0) return new Set();
    const rows =
      members.length > mostAsked
        ? await db.selectFrom('erasure').select('member').execute()
        : await this.#known(db, { members });
    return new Set(rows.map(({ member }) => member));
  }

  /** Waits for whoever asked before, and lets nobody ask until the commit. */
  async hold(tx: Tx): Promise<void> {
    if (this.#store.isShared) await sql`lock table erasure in access exclusive mode`.execute(tx);
  }

  /** What is kept of facts that are new: those of somebody who was erased say nothing of them. */
  async withoutWords<New extends { readonly fact: Fact; readonly raw: unknown }>(
    tx: Tx,
    news: readonly New[],
  ): Promise<readonly New[]> {
    const told = news.flatMap(({ fact }) => (personalKinds.has(fact.kind) ? (memberOf(fact) ?? []) : []));
    const erased = await this.among(tx, [...new Set(told)]);
    if (erased.size === 0) return news;
    return news.map((one) => {
      const { fact } = one;
      if (!personalKinds.has(fact.kind) || !erased.has(memberOf(fact) ?? '')) return one;
      const emptied = { ...fact, body: emptiedBody(fact.kind, fact.body) } as Fact;
      return { ...one, fact: emptied, raw: nothingKept };
    });
  }
}

export function memberOf({ body }: Pick<Fact, 'body'>): string | undefined {
  return 'member' in body && body.member !== null ? body.member : undefined;
}
