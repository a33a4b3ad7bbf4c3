// What terminals say of their twins: kept beside what they shall be, so that a difference is seen.
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { TerminalId } from '../../contract/ids.ts';
import { applied, type Effects } from '../outcome.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Twins } from './twins.ts';

export type TwinFact = Fact & Extract<FactContent, { kind: 'twin-reported' }>;

export class TwinReports {
  readonly #store: Store;
  readonly #twins: Twins;
  readonly #now: () => Date;

  constructor(store: Store, twins: Twins, now: () => Date) {
    this.#store = store;
    this.#twins = twins;
    this.#now = now;
  }

  /** What a terminal tells comes once and in order, so its last word counts. A terminal without a record is only heard. */
  async apply(tx: Tx, terminal: TerminalId, facts: readonly TwinFact[]): Promise<Effects> {
    const last = facts.at(-1);
    const device = await tx.selectFrom('device').select('id').where('id', '=', terminal).executeTakeFirst();
    if (last && device) await this.#keep(tx, terminal, last);
    return { outcomes: facts.map(() => applied), changes: [] };
  }

  async #keep(tx: Tx, device: TerminalId, { at, body }: TwinFact): Promise<void> {
    const before = await tx
      .selectFrom('twin')
      .select(['rev', 'reported_schema'])
      .where('device', '=', device)
      .executeTakeFirst();
    const reported = {
      reported_rev: body.rev,
      reported_hash: body.hash,
      reported_state: body.state,
      reported_code: body.code,
      reported_path: body.path,
      reported_schema: body.schema,
      reported_release: body.release,
      reported_at: this.#notAhead(at),
    };
    const never = { device, rev: 0, hash: '', body: '{}', at: this.#now().toISOString() };
    await this.#store.insert(tx, 'twin', before ? [] : [never], { onConflict: 'skip' });
    // it had a later one than we remember: ours must be later still, or it would refuse what it is told
    const rev = before !== undefined && body.rev > before.rev ? { rev: body.rev + 1, next_at: null } : {};
    await tx
      .updateTable('twin')
      .set({ ...reported, ...rev })
      .where('device', '=', device)
      .execute();
    if (before?.reported_schema !== body.schema) await this.#twins.refresh(tx, [device]);
  }

  /** A terminal whose clock runs ahead must not date its words into the future. */
  #notAhead(at: string): string {
    return new Date(Math.min(Date.parse(at), this.#now().getTime())).toISOString();
  }
}
