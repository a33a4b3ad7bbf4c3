// Small writes of many terminals that come at the same time, committed together: each by itself would hold up all others for a sync of the disk.
import { setImmediate } from 'node:timers/promises';
import type { Store, Tx } from './store.ts';

type Write = (tx: Tx) => Promise<unknown>;

/** As many wait as somebody lets come: it has no limit of its own. */
export class GatheredWrites {
  readonly #store: Store;
  #waiting: Write[] = [];
  #gathering: Promise<void> | undefined;
  #committing: Promise<unknown> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * In the order in which they are asked for.
   * @param write may be done again after a conflict, so it changes nothing but its transaction
   * @returns when it is on disk
   * @throws the database's own error, to all that were gathered: none of them was written
   */
  write(write: Write): Promise<void> {
    this.#waiting.push(write);
    this.#gathering ??= this.#commit();
    return this.#gathering;
  }

  async #commit(): Promise<void> {
    await this.#committing;
    // all that came to the sockets meanwhile
    await setImmediate();
    const writes = this.#waiting;
    this.#waiting = [];
    this.#gathering = undefined;
    const committed = this.#store.transaction(async (tx) => {
      for (const write of writes) await write(tx);
    });
    this.#committing = committed.catch(() => {});
    await committed;
  }
}
