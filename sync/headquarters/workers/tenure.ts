// What follows from which terminals are ours: what we listen to, what we do for the whole fleet, and that they hear of us.
import type { TenantId } from '../../contract/ids.ts';
import { shardCount, topics } from '../../contract/topics.ts';
import type { Link } from '../../link.ts';
import type { Log } from '../log.ts';
import { type Duty, LeaderDuties } from './leader-duties.ts';
import type { Holding } from './shards.ts';

export interface TenureOptions {
  readonly tenant: TenantId;
  readonly link: () => Pick<Link, 'listen'>;
  readonly duties: readonly Duty[];
  /** terminals became ours */
  readonly onMore: () => Promise<void>;
  readonly log: Log;
}

export class Tenure {
  readonly #options: TenureOptions;
  readonly #duties: LeaderDuties;
  #holding: Holding = { shards: [], isLeader: false };

  constructor(options: TenureOptions) {
    this.#options = options;
    this.#duties = new LeaderDuties(options.duties);
  }

  get shards(): Holding['shards'] {
    return this.#holding.shards;
  }

  get isLeader(): boolean {
    return this.#holding.isLeader;
  }

  get isEmpty(): boolean {
    return this.#holding.shards.length === 0;
  }

  async hold(next: Holding): Promise<void> {
    const { tenant, link, onMore, log } = this.#options;
    const isMore = hasMore(next, this.#holding);
    this.#holding = next;
    const shards = next.shards === 'all' ? shardCount : next.shards.length;
    log.info({ event: 'holding', shards, leader: next.isLeader }, 'these shards of terminals are ours');
    await link().listen(filtersOf(tenant, next));
    await this.#duties.lead(this.#holding.isLeader);
    // whoever waits for an answer of the process before us hears that we are here, and sends again
    if (isMore) await onMore();
  }

  /** @returns when nothing of what the leader does is under way */
  async end(): Promise<void> {
    await this.#duties.lead(false);
  }
}

function filtersOf(tenant: TenantId, { shards }: Holding): readonly string[] {
  // one filter where one will do: to a cluster that keeps them in several places each costs time
  if (shards === 'all' || shards.length === shardCount) return [topics.allUp(tenant)];
  return shards.map((shard) => topics.shardUp(tenant, shard));
}

function hasMore({ shards: next }: Holding, { shards: before }: Holding): boolean {
  if (next === 'all' || before === 'all') return before !== 'all';
  return next.some((shard) => !before.includes(shard));
}
