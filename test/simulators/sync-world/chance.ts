// What a seed decides: one stream of chances for a whole world.
import { seededRandom } from '../../faults/fault-plan.ts';

export class Chance {
  /** 0 … 1 */
  readonly next: () => number;

  constructor(seed: number) {
    this.next = seededRandom(seed);
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** Waits between things that happen on average every so often. */
  wait(meanMs: number): number {
    return -Math.log(1 - this.next()) * meanMs;
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.next() * items.length)];
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits)
      text += Math.floor(this.next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, digits);
  }
}
