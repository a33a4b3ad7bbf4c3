// How long each thing is looked at: what lasted is told as interest once it is left.
import type { FactContent } from '../sync/contract/facts.ts';
import type { Knowledge } from './knowledge.ts';
import { interestOf, lookedAt } from './rules/interest.ts';
import type { Session } from './view.ts';

export interface LookWatchOptions {
  readonly monoMs: () => number;
  readonly know: Pick<Knowledge, 'upkeep'>;
}

export class LookWatch {
  readonly #options: LookWatchOptions;
  readonly #record: (fact: FactContent) => void;
  #sinceMs = 0;

  constructor(options: LookWatchOptions, record: (fact: FactContent) => void) {
    this.#options = options;
    this.#record = record;
  }

  /** Something else may be shown now. */
  moved(before: Session, after: Session): void {
    const was = lookedAt(before.view);
    if (was === lookedAt(after.view)) return;
    const nowMs = this.#options.monoMs();
    const fact = was === undefined ? undefined : interestOf(before, nowMs - this.#sinceMs);
    this.#sinceMs = nowMs;
    // room is for what people did, before it is for what they looked at (rule OB12)
    const pressure = fact && this.#options.know.upkeep.pressure();
    if (fact && (pressure === 'none' || pressure === 'compacting')) this.#record(fact);
  }
}
