// Which terminals must be told their twin now, and when each is told again.
import type { TerminalId } from '../../contract/ids.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { Twins } from './twins.ts';

export interface DueTwin extends Pick<Tables['twin'], 'rev' | 'hash' | 'at' | 'body'> {
  readonly device: TerminalId;
}

const firstWaitMs = 5_000;
const longestWaitMs = 10 * 60_000;

export class DueTwins {
  readonly #store: Store;
  readonly #twins: Twins;
  readonly #now: () => Date;

  constructor(store: Store, twins: Twins, now: () => Date) {
    this.#store = store;
    this.#twins = twins;
    this.#now = now;
  }

  /**
   * Takes what is to be sent now, and plans when each is sent again unless its terminal says that it has it.
   * @param cameNow this terminal just came: it is told whatever it does not serve with, whenever it was told before
   */
  async take(limit: number, cameNow?: TerminalId): Promise<DueTwin[]> {
    const now = this.#now();
    return await this.#store.transaction(async (tx) => {
      if (cameNow !== undefined) await this.#workOut(tx, cameNow);
      const rows = await this.#due(tx, now.toISOString(), limit, cameNow);
      await this.#plan(tx, rows, now);
      return rows.map(({ device, ...row }) => ({ ...row, device: device as TerminalId }));
    });
  }

  /** A device that was let in a moment ago has no twin yet. */
  async #workOut(tx: Tx, device: TerminalId): Promise<void> {
    const twin = await tx.selectFrom('twin').select('rev').where('device', '=', device).executeTakeFirst();
    if (!twin) await this.#twins.refresh(tx, [device]);
  }

  async #due(tx: Tx, at: string, limit: number, cameNow?: TerminalId) {
    const query = tx
      .selectFrom('twin as t')
      .innerJoin('device as d', 'd.id', 't.device')
      .select(['t.device', 't.rev', 't.hash', 't.at', 't.body'])
      .where('d.state', '=', 'enrolled')
      .where('t.rev', '>', 0)
      .where(({ eb, or, and }) =>
        or([
          eb('t.reported_rev', 'is', null),
          eb('t.reported_rev', '<', eb.ref('t.rev')),
          // it says it serves with this one, and yet with something else
          and([eb('t.reported_state', '=', 'ok'), eb('t.reported_hash', '!=', eb.ref('t.hash'))]),
          // what it refused, or went back from, it may take after a start
          ...(cameNow === undefined ? [] : [eb('t.reported_state', '!=', 'ok')]),
        ]),
      )
      .orderBy('t.device')
      .limit(limit);
    if (cameNow !== undefined) return await query.where('t.device', '=', cameNow).execute();
    return await query
      .innerJoin('terminal as p', 'p.terminal', 't.device')
      .where('p.online', '=', 1)
      .where(({ eb, or }) => or([eb('t.next_at', 'is', null), eb('t.next_at', '<=', at)]))
      .execute();
  }

  /** Each wait is as long as all before it together. */
  async #plan(tx: Tx, rows: readonly { device: string; at: string }[], now: Date): Promise<void> {
    for (const at of new Set(rows.map((row) => row.at))) {
      const knownMs = now.getTime() - Date.parse(at);
      const waitMs = Math.min(longestWaitMs, Math.max(firstWaitMs, knownMs));
      const devices = rows.filter((row) => row.at === at).map(({ device }) => device);
      await tx
        .updateTable('twin')
        .set({ sent_at: now.toISOString(), next_at: new Date(now.getTime() + waitMs).toISOString() })
        .where(this.#store.among('device', devices))
        .execute();
    }
  }
}
