// Who holds which shard until when, in PostgreSQL and by its clock; every change of holder raises the shard's fence.
import { sql } from 'kysely';
import { shardCount } from '../../contract/topics.ts';
import { databaseNowMs } from '../store/database-clock.ts';
import { leaderLease } from '../store/schema.ts';
import type { Reader, Store, Tx } from '../store/store.ts';

export interface Beat {
  /** those that hear terminals, we among them if we do */
  readonly workers: number;
  /** what we hold, shards and `leaderLease`, with the fence of each */
  readonly held: ReadonlyMap<string, number>;
}

export interface WorkerState {
  readonly worker: string;
  readonly shards: number;
  readonly isLeader: boolean;
  readonly isBrokerUp: boolean;
}

export class LeaseTable {
  readonly #store: Store;
  readonly #worker: string;
  readonly #leaseMs: number;

  /** @param worker a name that no other process has or had */
  constructor(store: Store, worker: string, leaseMs: number) {
    this.#store = store;
    this.#worker = worker;
    this.#leaseMs = leaseMs;
  }

  /**
   * Says that we are there, renews what we hold, and takes what is free up to our share.
   * @param isAble whether we hear terminals; else we take nothing
   */
  async beat(isAble: boolean): Promise<Beat> {
    return await this.#store.transaction(async (tx) => {
      await this.#sayAlive(tx, isAble);
      const workers = await countAble(tx);
      const held = new Map(await this.#renew(tx));
      if (isAble) {
        const shards = held.size - (held.has(leaderLease) ? 1 : 0);
        const fresh = await this.#take(tx, shareOf(workers) - shards, sql`shard <> ${leaderLease}`);
        const leader = await this.#take(tx, 1, sql`shard = ${leaderLease}`);
        for (const [name, fence] of [...fresh, ...leader]) held.set(name, fence);
      }
      return { workers, held };
    });
  }

  async giveBack(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    await sql`update shard_lease set worker = null, until_ms = 0
      where worker = ${this.#worker} and shard = any(${names})`.execute(this.#store.db);
  }

  /** We are not there any more, and hold nothing. */
  async leave(): Promise<void> {
    await this.#store.transaction(async (tx) => {
      await sql`delete from worker where worker = ${this.#worker}`.execute(tx);
      await sql`update shard_lease set worker = null, until_ms = 0 where worker = ${this.#worker}`.execute(
        tx,
      );
    });
  }

  /**
   * Whether the lease is still under this fence; if so, nobody can take it before the transaction ends.
   * `key share` stands in the way of a new fence, which is part of a key, and not of a renewal.
   */
  async isHeld(tx: Tx, name: string, fence: number): Promise<boolean> {
    const { rows } = await sql`select 1 from shard_lease
      where shard = ${name} and fence = ${fence} and worker = ${this.#worker} for key share`.execute(tx);
    return rows.length === 1;
  }

  async #sayAlive(tx: Tx, isAble: boolean): Promise<void> {
    await sql`insert into worker (worker, until_ms, able)
      values (${this.#worker}, ${databaseNowMs} + ${this.#leaseMs}, ${isAble ? 1 : 0})
      on conflict (worker) do update set until_ms = excluded.until_ms, able = excluded.able`.execute(tx);
    // whoever is locked is alive, or being deleted by somebody else
    await sql`delete from worker where worker in
      (select worker from worker where until_ms < ${databaseNowMs} for update skip locked)`.execute(tx);
  }

  async #renew(tx: Tx): Promise<(readonly [string, number])[]> {
    const { rows } = await sql<Lease>`update shard_lease set until_ms = ${databaseNowMs} + ${this.#leaseMs}
      where worker = ${this.#worker} returning shard, fence`.execute(tx);
    return rows.map(({ shard, fence }) => [shard, fence]);
  }

  async #take(tx: Tx, most: number, which: ReturnType<typeof sql>): Promise<(readonly [string, number])[]> {
    if (most <= 0) return [];
    const { rows } = await sql<Lease>`update shard_lease
      set worker = ${this.#worker}, fence = fence + 1, until_ms = ${databaseNowMs} + ${this.#leaseMs}
      where shard in (
        select shard from shard_lease where until_ms < ${databaseNowMs} and ${which}
        order by random() limit ${most} for update skip locked)
      returning shard, fence`.execute(tx);
    return rows.map(({ shard, fence }) => [shard, fence]);
  }
}

interface Lease {
  readonly shard: string;
  readonly fence: number;
}

/** At most so many shards each, so that everybody gets some and all are held. */
export function shareOf(workers: number): number {
  return Math.ceil(shardCount / Math.max(1, workers));
}

/** Everybody who is alive, by name; empty for a store with one process. */
export async function listWorkers(store: Store): Promise<WorkerState[]> {
  if (!store.isShared) return [];
  const { rows } = await sql<{ worker: string; able: number; shards: number; leads: number }>`
    select w.worker, w.able,
      count(l.shard) filter (where l.shard <> ${leaderLease}) as shards,
      count(l.shard) filter (where l.shard = ${leaderLease}) as leads
    from worker w left join shard_lease l on l.worker = w.worker
    where w.until_ms >= ${databaseNowMs} group by w.worker, w.able order by w.worker`.execute(store.db);
  return rows.map(({ worker, able, shards, leads }) => ({
    worker,
    shards,
    isLeader: leads > 0,
    isBrokerUp: able > 0,
  }));
}

async function countAble(db: Reader): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from worker where able = 1`.execute(db);
  return rows[0]?.n ?? 0;
}
