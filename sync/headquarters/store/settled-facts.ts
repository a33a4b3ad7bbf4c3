// Up to which number all facts are there to be read: PostgreSQL gives numbers out before the commit, so a higher one may appear before a lower one.
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Store } from './store.ts';

const lookAgainMs = 10;
/** A writer that takes longer, because its process is frozen, holds up what is newer, and nobody who reads. */
const patienceMs = 300;

/** The highest number that could be seen, and then the transactions under way that write facts. */
interface Look {
  readonly top: number;
  readonly writers: readonly string[];
}

export class SettledFacts {
  readonly #store: Store;
  #earlier: Look = { top: 0, writers: [] };
  #settled = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @returns at or below this number no further fact appears */
  async upTo(): Promise<number> {
    const wanted = await this.#top();
    // the embedded store has one writer: numbers are in the order of commits
    if (!this.#store.isShared) return wanted;
    const until = performance.now() + patienceMs;
    for (;;) {
      await this.#lookAgain();
      if (this.#settled >= wanted || performance.now() >= until) return this.#settled;
      await setTimeout(lookAgainMs);
    }
  }

  /**
   * Who has a number that we cannot see holds a lock on the table since before it got it; and when the lock is gone,
   * its facts can be seen, or never will be.
   */
  async #lookAgain(): Promise<void> {
    const earlier = this.#earlier;
    const look: Look = { top: await this.#top(), writers: await this.#writers() };
    const isDecided = ({ writers }: Look): boolean => !writers.some((one) => look.writers.includes(one));
    if (!isDecided(earlier)) return;
    this.#earlier = look;
    this.#settled = Math.max(this.#settled, earlier.top, isDecided(look) ? look.top : 0);
  }

  async #top(): Promise<number> {
    const query = this.#store.db.selectFrom('fact').select(({ fn }) => fn.max('n').as('top'));
    return (await query.executeTakeFirst())?.top ?? 0;
  }

  async #writers(): Promise<readonly string[]> {
    const { rows } = await sql<{ writer: string }>`
      select virtualtransaction as writer from pg_locks
      where locktype = 'relation' and relation = 'fact'::regclass and mode = 'RowExclusiveLock'
        and database = (select oid from pg_database where datname = current_database())`.execute(
      this.#store.db,
    );
    return rows.map(({ writer }) => writer);
  }
}
