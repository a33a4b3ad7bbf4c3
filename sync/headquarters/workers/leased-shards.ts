// Keeps this process's leases: renews them in good time, takes its share, gives back what is more.

import type { TerminalId } from '../../contract/ids.ts';
import { shardOf } from '../../contract/topics.ts';
import { HeadquartersError } from '../headquarters-error.ts';
import { leaderLease } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { type Beat, type LeaseTable, shareOf } from './lease-table.ts';
import type { Holding, ShardKeeper } from './shards.ts';

export interface LeasedShardsOptions {
  readonly table: LeaseTable;
  /** a third of it is the time between two beats */
  readonly leaseMs: number;
  /** the store did not answer; what is held stays so until somebody else takes it */
  readonly onFault: () => void;
}

/** As many beats in a row with the same number of workers before anything is given back: one that only comes and goes moves nothing. */
const steadyBeats = 2;

export class LeasedShards implements ShardKeeper {
  readonly #options: LeasedShardsOptions;
  #held: Map<string, number> = new Map();
  #onHolding: (holding: Holding) => Promise<void> = async () => {};
  #isAble: () => boolean = () => false;
  #unableBeats = 0;
  #workers = 0;
  #steady = 0;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> = Promise.resolve();
  #told: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: LeasedShardsOptions) {
    this.#options = options;
  }

  isMine(terminal: TerminalId): boolean {
    return this.#held.has(shardOf(terminal));
  }

  async assertMine(tx: Tx, terminal: TerminalId): Promise<void> {
    const shard = shardOf(terminal);
    const fence = this.#held.get(shard);
    if (fence !== undefined && (await this.#options.table.isHeld(tx, shard, fence))) return;
    this.check();
    throw new HeadquartersError(
      'hq-lease-lost',
      `Another worker has taken over shard ${shard}; nothing of it is applied here any more.`,
    );
  }

  async start(onHolding: (holding: Holding) => Promise<void>, isAble: () => boolean): Promise<void> {
    this.#onHolding = onHolding;
    this.#isAble = isAble;
    await this.#beat();
    this.#plan();
    await this.#told;
  }

  check(): void {
    if (this.#isClosed || !this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), 0);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#beating;
    this.#held.clear();
    await this.#onHolding({ shards: [], isLeader: false });
    // who cannot say farewell is missed when the leases end
    await this.#options.table.leave().catch(this.#options.onFault);
  }

  #plan(): void {
    if (!this.#isClosed) this.#timer = setTimeout(() => this.#next(), this.#options.leaseMs / 3);
  }

  #next(): void {
    this.#beating = this.#beating.then(async () => {
      if (this.#isClosed) return;
      clearTimeout(this.#timer);
      await this.#beat();
      this.#plan();
    });
  }

  async #beat(): Promise<void> {
    const { table, onFault } = this.#options;
    const isAble = this.#isAble();
    this.#unableBeats = isAble ? 0 : this.#unableBeats + 1;
    try {
      const beat = await table.beat(isAble);
      const excess = this.#excess(beat);
      const held = new Map([...beat.held].filter(([name]) => !excess.includes(name)));
      const isChanged = isDifferent(held, this.#held);
      this.#held = held;
      if (excess.length > 0) await table.giveBack(excess);
      if (!isChanged) return;
      // a broker that takes its time must not keep us from renewing
      this.#told = this.#onHolding(this.#holding()).catch(onFault);
    } catch {
      onFault();
    }
  }

  /** What others should have: all of it when we hear nobody, or what is beyond our share. */
  #excess({ workers, held }: Beat): readonly string[] {
    this.#steady = workers === this.#workers ? this.#steady + 1 : 1;
    this.#workers = workers;
    // one beat without a broker may be a broker that starts again
    if (this.#unableBeats > 0) return this.#unableBeats >= steadyBeats ? [...held.keys()] : [];
    if (this.#steady < steadyBeats) return [];
    const shards = [...held.keys()].filter((name) => name !== leaderLease);
    return shards.slice(shareOf(workers));
  }

  #holding(): Holding {
    const shards = [...this.#held.keys()].filter((name) => name !== leaderLease);
    return { shards: shards.sort((a, b) => (a < b ? -1 : 1)), isLeader: this.#held.has(leaderLease) };
  }
}

function isDifferent(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size !== b.size || [...a].some(([name, fence]) => b.get(name) !== fence);
}
