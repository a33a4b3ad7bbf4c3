// What people do with a release: start it, let it go on, stop it, take it back. Two of them, where the config wants two.
import { randomUUID } from 'node:crypto';
import type { Audit } from '../accounts/audit.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { readOrders } from './release-orders.ts';
import type { Ring } from './rings.ts';
import { beginRing, newestRollout, type RolloutRow, readStanding, takeIn, withdraw } from './rollout-rows.ts';
import { type MemberState, mayPromote, ringAfter } from './rollout-step.ts';
import type { Twins } from './twins.ts';

export interface RolloutsOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly twins: Twins;
  /** must another person agree before anybody is offered it? */
  readonly needsApproval: boolean;
  readonly now: () => Date;
}

export type RolloutRefusal =
  | 'unknown-release'
  | 'release-expired'
  | 'rollout-open'
  | 'unknown-rollout'
  | 'not-approved'
  | 'same-person'
  | 'wrong-state'
  | 'ring-not-good';
/** `staying`: devices that had no release of ours before, and keep the one they serve with */
export type RolloutOutcome =
  | { readonly kind: 'done'; readonly id: string; readonly staying: number }
  | { readonly kind: 'refused'; readonly code: RolloutRefusal };
export type RolloutItem = RolloutRow & {
  readonly version: string;
  readonly counts: Readonly<Record<MemberState, number>>;
};
type Who = { readonly account: string };
type Deed = (
  tx: Tx,
  rollout: RolloutRow,
  at: string,
) => Promise<RolloutRefusal | { readonly staying?: number }>;

export class Rollouts {
  readonly #options: RolloutsOptions;

  constructor(options: RolloutsOptions) {
    this.#options = options;
  }

  /** @returns newest first */
  async list(limit: number): Promise<RolloutItem[]> {
    return await this.#options.store.snapshot(async (tx) => {
      const rows = await tx
        .selectFrom('rollout')
        .selectAll()
        .orderBy('begun_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      const counts = await tx
        .selectFrom('rollout_device')
        .select(['rollout', 'state'])
        .select(({ fn }) => fn.countAll().as('count'))
        .groupBy(['rollout', 'state'])
        .execute();
      const orders = await readOrders(tx);
      return rows.map((row) => ({
        ...row,
        version: orders.get(row.seq)?.version ?? '',
        counts: Object.fromEntries(
          (['waiting', 'offered', 'ok', 'failed', 'silent'] as const).map((state) => [
            state,
            Number(counts.find((each) => each.rollout === row.id && each.state === state)?.count ?? 0),
          ]),
        ) as Record<MemberState, number>,
      }));
    });
  }

  /** @returns by device */
  async devices(id: string): Promise<Tables['rollout_device'][]> {
    return await this.#options.store.db
      .selectFrom('rollout_device')
      .selectAll()
      .where('rollout', '=', id)
      .orderBy('device')
      .execute();
  }

  /** From the first ring on; where two must agree, it only asks the other. */
  async start(actor: Who, seq: number): Promise<RolloutOutcome> {
    const { store, audit, twins, needsApproval, now } = this.#options;
    const [at, id] = [now().toISOString(), randomUUID()];
    return await store.transaction(async (tx) => {
      await twins.lock(tx);
      const expires = await expiryOf(tx, seq);
      if (expires === undefined) return refused('unknown-release');
      if (expires <= at) return refused('release-expired');
      const open = await newestRollout(tx);
      if (open && (open.state === 'running' || open.state === 'proposed')) return refused('rollout-open');
      const state = needsApproval ? 'proposed' : 'running';
      const begun = { begun_at: at, begun_by: actor.account, approved_by: null, code: null };
      const row = { id, seq, state, ring: 'lab', ring_since: at, ...begun };
      await tx.insertInto('rollout').values(row).execute();
      await audit.note(tx, actor, needsApproval ? 'rollout-proposed' : 'rollout-started', id, { seq });
      if (!needsApproval) await this.#begin(tx, row, at);
      return { kind: 'done', id, staying: 0 };
    });
  }

  /** Never by whoever proposed it. */
  approve(actor: Who, id: string): Promise<RolloutOutcome> {
    return this.#do(actor, id, 'rollout-approved', async (tx, rollout, at) => {
      if (rollout.state !== 'proposed') return 'wrong-state';
      if (rollout.begun_by === actor.account) return 'same-person';
      const expires = await expiryOf(tx, rollout.seq);
      if (expires === undefined || expires <= at) return 'release-expired';
      await set(tx, id, { state: 'running', approved_by: actor.account });
      await this.#begin(tx, rollout, at);
      return {};
    });
  }

  /** The next ring begins now, whether the last has served for long enough or not. */
  promote(actor: Who, id: string): Promise<RolloutOutcome> {
    return this.#do(actor, id, 'rollout-promoted', async (tx, rollout, at) => {
      if (rollout.state !== 'running') return 'wrong-state';
      const standing = await readStanding(tx, rollout, new Map());
      const next = ringAfter(rollout.ring as Ring);
      if (next === undefined) return 'wrong-state';
      if (!mayPromote(standing)) return 'ring-not-good';
      await beginRing(tx, id, next, at);
      return {};
    });
  }

  /** Whoever was offered it and does not serve with it yet goes back to what it had. */
  halt(actor: Who, id: string): Promise<RolloutOutcome> {
    return this.#do(actor, id, 'rollout-halted', async (tx, rollout, at) => {
      if (rollout.state !== 'running' && rollout.state !== 'done') return 'wrong-state';
      const staying = await this.stop(tx, id, 'halted-by-hand', at);
      return { staying };
    });
  }

  /** The failures so far are forgiven; those that failed are not tried again. */
  resume(actor: Who, id: string): Promise<RolloutOutcome> {
    return this.#do(actor, id, 'rollout-resumed', async (tx, rollout, at) => {
      if (rollout.state !== 'halted') return 'wrong-state';
      const expires = await expiryOf(tx, rollout.seq);
      if (expires === undefined || expires <= at) return 'release-expired';
      await set(tx, id, { state: 'running', code: null });
      await beginRing(tx, id, rollout.ring as Ring, at);
      return {};
    });
  }

  /** Every device goes back to the release that it was to have before. */
  rollback(actor: Who, id: string): Promise<RolloutOutcome> {
    return this.#do(actor, id, 'rollout-rolled-back', async (tx, rollout, at) => {
      if (!['proposed', 'running', 'halted', 'done'].includes(rollout.state)) return 'wrong-state';
      const { store, twins } = this.#options;
      await this.stop(tx, id, 'rolled-back', at);
      await set(tx, id, { state: 'rolled-back' });
      const rows = await tx
        .selectFrom('device_release')
        .select('device')
        .where('rollout', '=', id)
        .where('seq', '=', rollout.seq)
        .execute();
      const devices = rows.map(({ device }) => device);
      return { staying: await withdraw(store, tx, twins, id, devices, at) };
    });
  }

  /** In a transaction that holds the twins' lock. @returns how many keep what they serve with */
  async stop(tx: Tx, id: string, code: string, at: string): Promise<number> {
    const { store, twins } = this.#options;
    const rows = await tx
      .selectFrom('rollout_device')
      .select('device')
      .where('rollout', '=', id)
      .where('state', '=', 'offered')
      .execute();
    const devices = rows.map(({ device }) => device);
    await set(tx, id, { state: 'halted', code });
    if (devices.length === 0) return 0;
    await tx
      .updateTable('rollout_device')
      .set({ state: 'waiting' })
      .where('rollout', '=', id)
      .where(store.among('device', devices))
      .execute();
    return await withdraw(store, tx, twins, id, devices, at);
  }

  async #begin(tx: Tx, rollout: RolloutRow, at: string): Promise<void> {
    await takeIn(this.#options.store, tx, rollout);
    await beginRing(tx, rollout.id, 'lab', at);
  }

  async #do(actor: Who, id: string, what: string, deed: Deed): Promise<RolloutOutcome> {
    const { store, audit, twins, now } = this.#options;
    const at = now().toISOString();
    return await store.transaction(async (tx) => {
      await twins.lock(tx);
      const rollout = await tx.selectFrom('rollout').selectAll().where('id', '=', id).executeTakeFirst();
      if (!rollout) return refused('unknown-rollout');
      // an older one is over, whatever its last word was
      if ((await newestRollout(tx))?.id !== id) return refused('wrong-state');
      if (rollout.state === 'proposed' && what !== 'rollout-approved' && what !== 'rollout-rolled-back') {
        await audit.note(tx, actor, 'rollout-refused', id, { what, code: 'not-approved' });
        return refused('not-approved');
      }
      const outcome = await deed(tx, rollout, at);
      if (typeof outcome === 'string') {
        await audit.note(tx, actor, 'rollout-refused', id, { what, code: outcome });
        return refused(outcome);
      }
      await audit.note(tx, actor, what, id, { seq: rollout.seq, ring: rollout.ring });
      return { kind: 'done', id, staying: outcome.staying ?? 0 };
    });
  }
}

function refused(code: RolloutRefusal): RolloutOutcome {
  return { kind: 'refused', code };
}

async function set(tx: Tx, id: string, change: Partial<RolloutRow>): Promise<void> {
  await tx.updateTable('rollout').set(change).where('id', '=', id).execute();
}

/** @returns the earliest of its architectures; undefined = there is no such release */
export async function expiryOf(tx: Tx, seq: number): Promise<string | undefined> {
  const row = await tx
    .selectFrom('release')
    .select(({ fn }) => fn.min('expires_at').as('at'))
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row?.at ?? undefined;
}
