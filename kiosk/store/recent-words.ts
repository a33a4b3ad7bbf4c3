// What people said, by the id of what it belongs to: in memory only, and not for long. A stolen card tells nothing of it.
import type { FactId } from '../../sync/contract/ids.ts';

const keptAtMost = 50;

export class RecentWords<T> {
  readonly #words = new Map<FactId, T>();

  remember(id: FactId, words: T): void {
    this.#words.set(id, words);
    const [oldest] = this.#words.keys();
    if (this.#words.size > keptAtMost && oldest !== undefined) this.#words.delete(oldest);
  }

  of(id: FactId): T | undefined {
    return this.#words.get(id);
  }

  forget(id: FactId): void {
    this.#words.delete(id);
  }
}
