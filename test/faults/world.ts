// What the proof pulls the plugs of: a terminal, a broker and a headquarters, and how to swipe and look.
import type { Party } from './child.ts';
import type { PartyName } from './fault-plan.ts';

export const brokerNames = ['mosquitto', 'aedes', 'nats'] as const;
export type BrokerName = (typeof brokerNames)[number];

/** what headquarters keeps its store in */
export const storeNames = ['sqlite', 'postgres'] as const;
export type StoreName = (typeof storeNames)[number];

/** What headquarters has at the end. */
export interface Arrivals {
  /** ids in the order in which they were applied */
  readonly ids: readonly string[];
  /** what headquarters could not take, set aside for an operator to see */
  readonly setAside: number;
}

export interface World {
  readonly parties: Readonly<Partial<Record<PartyName, Party>>>;
  /** @returns the id of the fact that the terminal confirmed, or undefined when it did not confirm */
  swipe(): Promise<string | undefined>;
  /** facts that the terminal still keeps, or undefined when it does not answer */
  waiting(): Promise<number | undefined>;
  /** ends headquarters */
  arrivals(): Promise<Arrivals>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly broker: BrokerName;
  /** for a broker that keeps what it has on disk, and all of it goes at once */
  readonly isBrokerWiped?: boolean;
  /** SQLite unless given; the small worlds have their own */
  readonly store?: StoreName;
  /** for everything that the parties keep; removed by the caller */
  readonly folder: string;
}

export type MakeWorld = (options: WorldOptions) => Promise<World>;
