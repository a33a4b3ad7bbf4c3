// Which terminals this process speaks for: those of the shards that it holds (rule IN14).
import type { TerminalId } from '../../contract/ids.ts';
import type { Tx } from '../store/store.ts';

export interface Shards {
  /** As far as this process knows, which may be out of date. */
  isMine(terminal: TerminalId): boolean;
  /**
   * Keeps the terminal ours until the commit of this transaction.
   * @throws HeadquartersError hq-lease-lost: another process has taken the terminal over
   */
  assertMine(tx: Tx, terminal: TerminalId): Promise<void>;
}

export interface Holding {
  readonly shards: 'all' | readonly string[];
  /** sends manifests and orders, refreshes levels: one process at a time */
  readonly isLeader: boolean;
}

/** What this process holds changes with the processes beside it. */
export interface ShardKeeper extends Shards {
  /**
   * @param onHolding called with every change, before `start` is done too
   * @param isAble whether we hear terminals at all; who does not holds nothing
   */
  start(onHolding: (holding: Holding) => Promise<void>, isAble: () => boolean): Promise<void>;
  /** Something happened that may change what we hold. */
  check(): void;
  /** Gives everything back. */
  close(): Promise<void>;
}

/** Of a store that nobody else uses. */
export const allShards: ShardKeeper = {
  isMine: () => true,
  assertMine: async () => {},
  start: async (onHolding) => await onHolding({ shards: 'all', isLeader: true }),
  check: () => {},
  close: async () => {},
};
