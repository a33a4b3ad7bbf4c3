// What headquarters could not apply, kept for a person to look at: never dropped, never in the way.
import type { TerminalId } from '../contract/ids.ts';
import type { Store, Tx } from './store/store.ts';

export interface DeadLetter {
  readonly terminal: TerminalId;
  /** null when not even the head could be read */
  readonly epoch: string | null;
  readonly seq: number | null;
  /** of the fact, when it could be read */
  readonly id: string | null;
  /** coded: `frame-unreadable`, `fact-shape`, `unknown-kind`, `later-schema`, `unsealable`, `seq-conflict`, `facts-missing`, `id-known`, `unknown-member` … */
  readonly reason: string;
  /** one sentence for IT, nothing personal */
  readonly detail: string;
  readonly hash: string;
  /** what arrived, as text or base64 */
  readonly raw: string;
}
export interface KeptDeadLetter extends DeadLetter {
  readonly n: number;
  readonly receivedAt: string;
}

export class DeadLetters {
  readonly #store: Store;
  readonly #keptFrames: number;

  /** @param keptFrames how many unreadable frames are kept; without a sequence number a hostile sender could repeat them for ever */
  constructor(store: Store, keptFrames: number) {
    this.#store = store;
    this.#keptFrames = keptFrames;
  }

  /** @returns those that were not there already, in their order */
  async add(tx: Tx, letters: readonly DeadLetter[], receivedAt: string): Promise<readonly DeadLetter[]> {
    if (letters.length === 0) return [];
    const rows = letters.map((letter) => ({ ...letter, received_at: receivedAt }));
    const written = await this.#store.insert(tx, 'dead_letter', rows, {
      onConflict: 'skip',
      returning: ['seq', 'hash'],
    });
    if (letters.some(({ seq }) => seq === null)) await this.#forgetOldFrames(tx);
    const fresh = new Set(written.map(({ seq, hash }) => `${seq} ${hash}`));
    return letters.filter(({ seq, hash }) => fresh.has(`${seq} ${hash}`));
  }

  async count(): Promise<number> {
    const row = await this.#store.db
      .selectFrom('dead_letter')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirst();
    return row?.n ?? 0;
  }

  /** @returns newest first */
  async list(limit: number): Promise<KeptDeadLetter[]> {
    const rows = await this.#store.db
      .selectFrom('dead_letter')
      .select([
        'n',
        'terminal',
        'epoch',
        'seq',
        'id',
        'reason',
        'detail',
        'hash',
        'raw',
        'received_at as receivedAt',
      ])
      .orderBy('n', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...row, terminal: row.terminal as TerminalId }));
  }

  async #forgetOldFrames(tx: Tx): Promise<void> {
    const oldest = await tx
      .selectFrom('dead_letter')
      .select('n')
      .where('seq', 'is', null)
      .orderBy('n', 'desc')
      .limit(1)
      .offset(this.#keptFrames)
      .executeTakeFirst();
    if (!oldest) return;
    await tx.deleteFrom('dead_letter').where('seq', 'is', null).where('n', '<=', oldest.n).execute();
  }
}
