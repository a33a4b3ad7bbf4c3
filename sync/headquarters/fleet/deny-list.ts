// The terminals whose words headquarters does not take, whatever the broker lets through: the first thing that a revocation does.
import type { TerminalId } from '../../contract/ids.ts';
import type { Store } from '../store/store.ts';

/** States of devices that are not heard. */
const denied = ['revoked', 'retired', 'quarantined'] as const;

export class DenyList {
  readonly #store: Store;
  #denied: ReadonlySet<string> = new Set();

  constructor(store: Store) {
    this.#store = store;
  }

  isDenied(terminal: TerminalId): boolean {
    return this.#denied.has(terminal);
  }

  /** @returns when whoever was denied before this call is not heard any more */
  async refresh(): Promise<void> {
    const rows = await this.#store.db
      .selectFrom('device')
      .select('id')
      .where(this.#store.among('state', denied))
      .execute();
    this.#denied = new Set(rows.map(({ id }) => id));
  }
}
