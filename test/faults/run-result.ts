// What `npm run proof` gives a proof, and what it wants back.
import type { BrokerName, StoreName } from './world.ts';

export interface RunOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly broker: BrokerName;
  readonly store: StoreName;
}

/** What a proof found: figures for the file, and lines for a person. */
export interface RunResult {
  readonly fault: string;
  readonly ok: boolean;
  readonly lines: readonly string[];
  readonly figures: Readonly<Record<string, unknown>>;
}
