// What headquarters has to tell somebody: written with what caused it, delivered afterwards, read in the console's inbox.
import { randomUUID } from 'node:crypto';
import type { Words } from '../../contract/ids.ts';
import type { Role } from '../accounts/actor.ts';
import type { Store, Tx } from '../store/store.ts';

/** Whom: everybody of a role (of one port, when it has one), one account, or a telephone (SMS). */
export type Recipient =
  | { readonly kind: 'role'; readonly role: Role; readonly port?: string }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'phone'; readonly phone: string };

export interface NewNotice {
  /** what makes it the same notice, however often it is queued: `climbed/{request}/{level}` */
  readonly key: string;
  readonly to: Recipient;
  readonly subject: Words;
  readonly text: Words;
  /** id of the request, task, event … that it is about */
  readonly about: string | null;
}

export class Notices {
  readonly #store: Store;
  readonly #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** In the transaction of what caused them; one that was queued before is left as it is. */
  async queue(tx: Tx, notices: readonly NewNotice[]): Promise<void> {
    const at = this.#now().toISOString();
    await this.#store.insert(
      tx,
      'notice',
      notices.map(({ key, to, subject, text, about }) => ({
        id: randomUUID(),
        key,
        at,
        ...recipientColumns(to),
        subject: JSON.stringify(subject),
        text: JSON.stringify(text),
        about,
        spread_at: null,
      })),
      { onConflict: 'skip' },
    );
  }
}

function recipientColumns(to: Recipient): { to_kind: string; to_whom: string; to_port: string | null } {
  switch (to.kind) {
    case 'role':
      return { to_kind: 'role', to_whom: to.role, to_port: to.port ?? null };
    case 'account':
      return { to_kind: 'account', to_whom: to.account, to_port: null };
    case 'phone':
      return { to_kind: 'phone', to_whom: to.phone, to_port: null };
  }
}
