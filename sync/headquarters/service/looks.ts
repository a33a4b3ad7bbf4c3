// Who looked at whose telephone number: once in a while for each pair, for pages ask again by themselves.
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Store } from '../store/store.ts';

const onceInMs = 30 * 60_000;
/** More than this and all are noted again. */
const maxKnown = 10_000;

export class Looks {
  readonly #store: Store;
  readonly #audit: Audit;
  readonly #now: () => Date;
  readonly #noted = new Map<string, number>();

  constructor({ store, audit, now }: { store: Store; audit: Audit; now: () => Date }) {
    this.#store = store;
    this.#audit = audit;
    this.#now = now;
  }

  async note(actor: Actor, what: string, about: string | null): Promise<void> {
    const key = JSON.stringify([actor.account, what, about]);
    const nowMs = this.#now().getTime();
    if (nowMs - (this.#noted.get(key) ?? Number.NEGATIVE_INFINITY) < onceInMs) return;
    if (this.#noted.size >= maxKnown) this.#noted.clear();
    this.#noted.set(key, nowMs);
    await this.#store.transaction((tx) => this.#audit.note(tx, actor, what, about));
  }
}
