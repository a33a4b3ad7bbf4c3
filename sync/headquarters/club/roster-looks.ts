// That somebody looked at the names on a list is kept once for each quarter of an hour: the page asks again by itself.
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Store } from '../store/store.ts';

const lookMs = 900_000;
const keptLooks = 1_000;

export class RosterLooks {
  readonly #store: Store;
  readonly #audit: Audit;
  readonly #now: () => number;
  /** when it was last written down, by account and session, oldest first */
  readonly #noted = new Map<string, number>();

  constructor(store: Store, audit: Audit, now: () => number = () => performance.now()) {
    this.#store = store;
    this.#audit = audit;
    this.#now = now;
  }

  async note(actor: Pick<Actor, 'account'>, session: string, members: number): Promise<void> {
    const key = `${actor.account}/${session}`;
    const [now, last] = [this.#now(), this.#noted.get(key)];
    if (last !== undefined && now - last < lookMs) return;
    await this.#store.transaction((tx) => this.#audit.note(tx, actor, 'roster-viewed', session, { members }));
    this.#noted.delete(key);
    this.#noted.set(key, now);
    for (const oldest of this.#noted.keys()) {
      if (this.#noted.size <= keptLooks) return;
      this.#noted.delete(oldest);
    }
  }
}
