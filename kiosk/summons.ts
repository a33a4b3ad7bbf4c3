// What headquarters has the screen call out: its own name, or for a card to try the reader with. Over whatever is shown, for a while.
import type { CardRead, UnusableCard } from '../device/card-reader.ts';
import type { Show } from './screen.ts';

export type Summon = NonNullable<Show['summons']>;

/** How it ended. `tail`: the last characters of the card's number, of which nothing else is kept. */
export type SummonEnd =
  | { readonly kind: 'over' | 'closed' }
  | {
      readonly kind: 'read';
      readonly reader: ReaderRole;
      readonly technology: string;
      readonly bits: number | null;
      readonly tail: string;
    }
  | { readonly kind: 'unusable'; readonly reader: ReaderRole; readonly code: UnusableCard };
export type ReaderRole = 'reader' | 'second-reader';

interface Running {
  readonly summon: Summon;
  readonly timer: NodeJS.Timeout;
  readonly end: (end: SummonEnd) => void;
}

export class Summons {
  readonly #onChange: () => void;
  #running: Running | null = null;

  /** @param onChange something else is called out: show it */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get shown(): Summon | null {
    return this.#running?.summon ?? null;
  }

  /** What was called out before ends. @returns how it ended */
  call(summon: Summon, forMs: number): Promise<SummonEnd> {
    this.#end({ kind: 'closed' });
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#end({ kind: 'over' }), forMs);
      this.#running = { summon, timer, end: resolve };
      this.#onChange();
    });
  }

  /** A finger took it away. */
  close(): void {
    this.#end({ kind: 'closed' });
  }

  /** @returns whether a card was asked for: then it does nothing else */
  takeCard({ technology, bits, number }: CardRead, reader: ReaderRole): boolean {
    if (this.#running?.summon.kind !== 'try-card') return false;
    this.#end({ kind: 'read', reader, technology, bits, tail: number.tail });
    return true;
  }

  takeUnusable(code: UnusableCard, reader: ReaderRole): boolean {
    if (this.#running?.summon.kind !== 'try-card') return false;
    this.#end({ kind: 'unusable', reader, code });
    return true;
  }

  #end(end: SummonEnd): void {
    const running = this.#running;
    if (!running) return;
    clearTimeout(running.timer);
    this.#running = null;
    running.end(end);
    this.#onChange();
  }
}
