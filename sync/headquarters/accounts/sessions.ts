// Who is signed in: cookies that end after a while without anybody at the desk, and after a working day.
import { createHash, randomBytes } from 'node:crypto';
import type { Store } from '../store/store.ts';
import { toActor } from './accounts.ts';
import type { Actor } from './actor.ts';
import type { FactorPolicy } from './second-factors.ts';

const idleMs = 30 * 60_000;
const longestMs = 12 * 3_600_000;
/** The last move is noted this exactly. */
const notedEveryMs = 60_000;

export class Sessions {
  readonly #store: Store;
  readonly #now: () => Date;

  readonly #policy: FactorPolicy;

  constructor(store: Store, now: () => Date, policy: FactorPolicy = 'offered') {
    this.#store = store;
    this.#now = now;
    this.#policy = policy;
  }

  /** @returns what the cookie holds: 43 characters */
  async open(account: string): Promise<string> {
    const key = randomBytes(32).toString('base64url');
    const now = this.#now();
    const at = now.toISOString();
    await this.#store.transaction(async (tx) => {
      await tx.deleteFrom('account_session').where('seen_at', '<=', before(now, idleMs)).execute();
      await tx
        .insertInto('account_session')
        .values({ id: idOf(key), account, began_at: at, seen_at: at })
        .execute();
    });
    return key;
  }

  /**
   * @param isPerson somebody did something; a page that only asks again by itself keeps nobody signed in
   * @returns undefined when it has ended, or never was
   */
  async find(key: string, isPerson: boolean): Promise<Actor | undefined> {
    const now = this.#now();
    const id = idOf(key);
    const found = await this.#store.db
      .selectFrom('account_session')
      .innerJoin('account', 'account.id', 'account_session.account')
      .leftJoin('second_factor', 'second_factor.account', 'account.id')
      .selectAll('account')
      .select(['seen_at', 'second_factor.proven_at'])
      .where('account_session.id', '=', id)
      .where('seen_at', '>', before(now, idleMs))
      .where('began_at', '>', before(now, longestMs))
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    if (!found) return undefined;
    if (isPerson && found.seen_at <= before(now, notedEveryMs)) {
      await this.#store.transaction(async (tx) => {
        const seen = { seen_at: now.toISOString() };
        await tx.updateTable('account_session').set(seen).where('id', '=', id).execute();
      });
    }
    return toActor(found, { hasFactor: found.proven_at !== null, policy: this.#policy });
  }

  async close(key: string): Promise<void> {
    await this.#store.transaction(async (tx) => {
      await tx.deleteFrom('account_session').where('id', '=', idOf(key)).execute();
    });
  }
}

/** A copy of the store signs nobody in. */
function idOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}
