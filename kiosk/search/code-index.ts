// Door numbers and unit codes, found by how they start.
import type { Bitmap } from './bitmap.ts';
import { lettersOf } from './search-text.ts';
import { sortedOrder } from './sorted-order.ts';
import { TextColumn } from './text-column.ts';

export class CodeIndex {
  /** as written, in the homes' order */
  readonly codes: TextColumn;
  readonly #order: Uint32Array;

  private constructor(codes: TextColumn, order: Uint32Array) {
    this.codes = codes;
    this.#order = order;
  }

  static *build(codes: readonly string[]): Generator<undefined, CodeIndex> {
    const folded: string[] = [];
    for (const code of codes) {
      if (folded.push(lettersOf(code)) % 1_024 === 0) yield;
    }
    const order = yield* sortedOrder(codes.length, (a, b) => (folded[a] ?? '') > (folded[b] ?? ''));
    return new CodeIndex(yield* TextColumn.build(codes), order);
  }

  /** Adds the homes whose code starts with `term`. */
  addMatches(term: string, bits: Bitmap): void {
    const start = this.#firstWhere(0, (code) => code >= term);
    const end = this.#firstWhere(start, (code) => !code.startsWith(term));
    for (let n = start; n < end; n += 1) bits.add(this.#order[n] ?? 0);
  }

  get bytes(): number {
    return this.codes.bytes + this.#order.byteLength;
  }

  #firstWhere(from: number, isSo: (code: string) => boolean): number {
    let [low, high] = [from, this.#order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isSo(lettersOf(this.codes.get(this.#order[middle] ?? 0)))) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
