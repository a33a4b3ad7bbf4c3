// One number of every home (area, price, floor), in its own order: for ranges and for sorting.
import type { Bitmap } from './bitmap.ts';
import type { NumberRange } from './board-query.ts';
import { sortedOrder } from './sorted-order.ts';

type Numbers = Int16Array | Int32Array | Float64Array;

export class MeasureIndex {
  /** homes by rising value; equal ones as on the board */
  readonly order: Uint32Array;
  readonly #values: Numbers;

  private constructor(values: Numbers, order: Uint32Array) {
    this.#values = values;
    this.order = order;
  }

  static *build(numbers: readonly number[]): Generator<undefined, MeasureIndex> {
    const values = narrowest(numbers);
    const order = yield* sortedOrder(values.length, (a, b) => (values[a] ?? 0) > (values[b] ?? 0));
    return new MeasureIndex(values, order);
  }

  /** Adds the homes whose value is in the range, both ends included. */
  addMatches(range: NumberRange, bits: Bitmap): void {
    const [start, end] = this.#spanOf(range);
    for (let n = start; n < end; n += 1) bits.add(this.order[n] ?? 0);
  }

  /** How many of the homes whose value is in the range are in `bits`. */
  countMatches(range: NumberRange, bits: Bitmap): number {
    const [start, end] = this.#spanOf(range);
    let sum = 0;
    for (let n = start; n < end; n += 1) if (bits.has(this.order[n] ?? 0)) sum += 1;
    return sum;
  }

  get bytes(): number {
    return this.order.byteLength + this.#values.byteLength;
  }

  #spanOf({ from, to }: NumberRange): readonly [start: number, end: number] {
    return [
      from === null ? 0 : this.#firstWhere((value) => value >= from),
      to === null ? this.order.length : this.#firstWhere((value) => value > to),
    ];
  }

  #firstWhere(isSo: (value: number) => boolean): number {
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isSo(this.#values[this.order[middle] ?? 0] ?? 0)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** The smallest array that holds all of them exactly. */
function narrowest(numbers: readonly number[]): Numbers {
  let most = 0;
  for (const number of numbers) most = Math.max(most, Math.abs(number));
  if (most <= 0x7fff) return new Int16Array(numbers);
  return most <= 0x7fff_ffff ? new Int32Array(numbers) : new Float64Array(numbers);
}
