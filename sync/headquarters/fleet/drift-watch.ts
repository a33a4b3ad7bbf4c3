// Terminals that serve with something else than they shall: seen within a minute, told once, told again when it is over.
import type { Audit } from '../accounts/audit.ts';
import type { Notices } from '../notices/notices.ts';
import type { Store, Tx } from '../store/store.ts';
import { driftEndedNotice, driftNotice } from './fleet-notices.ts';

export interface DriftWatchOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly notices: Notices;
  readonly now: () => Date;
}

/** A change is on its way for so long before it is called a drift. */
export const driftAfterMs = 60_000;
/** Trying a release takes its probation; who says for longer that it tries has got stuck. */
const tryingMs = 15 * 60_000;
const clock = { account: 'clock' };

type Row = Awaited<ReturnType<DriftWatch['rows']>>[number];

export class DriftWatch {
  readonly #options: DriftWatchOptions;

  constructor(options: DriftWatchOptions) {
    this.#options = options;
  }

  /** @returns how many differ by now and were told of */
  async look(): Promise<number> {
    const { store, now } = this.#options;
    const at = now();
    return await store.transaction(async (tx) => {
      const rows = await this.rows(tx);
      const off = rows.filter((row) => isOff(row, at.getTime()));
      const seen = new Set(off.map(({ device }) => device));
      await this.#begin(tx, off, at);
      await this.#end(
        tx,
        rows.filter(({ device }) => !seen.has(device)),
      );
      return off.filter(({ drift_told_at }) => drift_told_at !== null).length;
    });
  }

  /** Twins that differ, or did when they were last looked at. */
  async rows(tx: Tx) {
    return await tx
      .selectFrom('twin as t')
      .innerJoin('device as d', 'd.id', 't.device')
      .leftJoin('terminal as p', 'p.terminal', 't.device')
      .select([
        't.device',
        't.rev',
        't.hash',
        't.drift_since',
        't.drift_told_at',
        'd.site',
        'd.state',
        'p.online',
      ])
      .select(['t.reported_rev', 't.reported_hash', 't.reported_state', 't.reported_code', 't.reported_at'])
      .where(({ eb, or }) =>
        or([
          eb('t.reported_hash', 'is', null),
          eb('t.reported_hash', '!=', eb.ref('t.hash')),
          eb('t.drift_since', 'is not', null),
          eb('t.drift_told_at', 'is not', null),
        ]),
      )
      .orderBy('t.device')
      .execute();
  }

  async #begin(tx: Tx, off: readonly Row[], at: Date): Promise<void> {
    const { audit, notices } = this.#options;
    const fresh = off.filter(({ drift_since }) => drift_since === null).map(({ device }) => device);
    if (fresh.length > 0) await this.#set(tx, fresh, { drift_since: at.toISOString() });
    const due = off.filter(
      (row) =>
        row.drift_told_at === null &&
        row.drift_since !== null &&
        at.getTime() - Date.parse(row.drift_since) >= driftAfterMs,
    );
    for (const { device, site, drift_since, reported_state: state, reported_code: code } of due) {
      await audit.note(tx, clock, 'drift-begun', device, { since: drift_since, state, code });
      await notices.queue(tx, [driftNotice({ device, site, since: drift_since ?? '', code })]);
    }
    if (due.length > 0) {
      await this.#set(
        tx,
        due.map(({ device }) => device),
        { drift_told_at: at.toISOString() },
      );
    }
  }

  /** Whoever is away neither differs nor fits: what was told stays told. */
  async #end(tx: Tx, rows: readonly Row[]): Promise<void> {
    const { audit, notices } = this.#options;
    const gone = rows.filter(({ drift_since }) => drift_since !== null).map(({ device }) => device);
    if (gone.length > 0) await this.#set(tx, gone, { drift_since: null });
    const mended = rows.filter((row) => row.drift_told_at !== null && row.reported_hash === row.hash);
    for (const { device, site, drift_told_at } of mended) {
      await audit.note(tx, clock, 'drift-ended', device);
      await notices.queue(tx, [driftEndedNotice({ device, site, since: drift_told_at ?? '' })]);
    }
    if (mended.length > 0) {
      await this.#set(
        tx,
        mended.map(({ device }) => device),
        { drift_told_at: null },
      );
    }
  }

  async #set(
    tx: Tx,
    devices: readonly string[],
    change: { readonly drift_since: string | null } | { readonly drift_told_at: string | null },
  ): Promise<void> {
    await tx.updateTable('twin').set(change).where(this.#options.store.among('device', devices)).execute();
  }
}

/** Is it there, and without a reason for being otherwise? */
function isOff(row: Row, nowMs: number): boolean {
  if (row.state !== 'enrolled' || row.online !== 1 || row.reported_hash === row.hash) return false;
  if (row.reported_rev !== row.rev) return true;
  // it knows, and says why not yet
  if (row.reported_state === 'waiting') return false;
  return row.reported_state !== 'applying' || nowMs - Date.parse(row.reported_at ?? '') >= tryingMs;
}
