// Facts that can wait a moment for each other, so that they share a transaction (rule OB14).
import type { FactContent } from '../../sync/contract/facts.ts';

const patienceMs = 20;
/** While the store refuses no more than this is kept in memory. */
const keptAtMost = 100;

interface Waiting {
  readonly fact: FactContent;
  readonly onRecorded: () => void;
}

export class SoonFacts {
  readonly #flush: () => void;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param flush is to record what `facts` are; called when they have waited long enough */
  constructor(flush: () => void) {
    this.#flush = flush;
  }

  add(fact: FactContent, onRecorded: () => void): void {
    this.#waiting = [...this.#waiting, { fact, onRecorded }].slice(-keptAtMost);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, patienceMs);
  }

  get facts(): readonly FactContent[] {
    return this.#waiting.map(({ fact }) => fact);
  }

  /** They are on disk. */
  noteRecorded(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { onRecorded } of this.#waiting.splice(0)) onRecorded();
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
