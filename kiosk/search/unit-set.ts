// Which homes have something in common, in whichever of three forms is the smallest: spans, a list, or a bitmap.
import { Bitmap } from './bitmap.ts';

export interface UnitSet {
  readonly bytes: number;
  addTo(bits: Bitmap): void;
  /** how many of them are in `bits` */
  countIn(bits: Bitmap): number;
}

/** Collects a set; quick when the homes come in rising order. */
export class UnitSetDraft {
  /** starts and ends, in turn, rising */
  readonly #spans: number[] = [];

  /** From `start` up to, and without, `end`; nothing that was added before may begin after `end`. */
  addSpan(start: number, end: number): void {
    const spans = this.#spans;
    let until = end;
    // a district comes after the buildings of the same name in it
    while ((spans.at(-2) ?? -1) >= start) {
      until = Math.max(until, spans.pop() ?? 0);
      spans.pop();
    }
    const last = spans.at(-1);
    if (last !== undefined && start <= last) spans[spans.length - 1] = Math.max(last, until);
    else if (start < until) spans.push(start, until);
  }

  /** @param size how many homes the board has */
  finish(size: number): UnitSet {
    const spans = this.#spans;
    let count = 0;
    for (let n = 0; n < spans.length; n += 2) count += (spans[n + 1] ?? 0) - (spans[n] ?? 0);
    const [spanBytes, listBytes, bitmapBytes] = [spans.length * 4, count * 4, Math.ceil(size / 32) * 4];
    if (spanBytes <= listBytes && spanBytes <= bitmapBytes) return new SpanSet(new Uint32Array(spans));
    const bits = new Bitmap(size);
    const list: number[] = [];
    const isList = listBytes <= bitmapBytes;
    for (let n = 0; n < spans.length; n += 2) {
      const [start = 0, end = 0] = [spans[n], spans[n + 1]];
      if (!isList) bits.addSpan(start, end);
      else for (let at = start; at < end; at += 1) list.push(at);
    }
    return isList ? new ListSet(new Uint32Array(list)) : new BitmapSet(bits);
  }
}

class SpanSet implements UnitSet {
  readonly #spans: Uint32Array;

  constructor(spans: Uint32Array) {
    this.#spans = spans;
  }

  get bytes(): number {
    return this.#spans.byteLength;
  }

  addTo(bits: Bitmap): void {
    const spans = this.#spans;
    for (let n = 0; n < spans.length; n += 2) bits.addSpan(spans[n] ?? 0, spans[n + 1] ?? 0);
  }

  countIn(bits: Bitmap): number {
    const spans = this.#spans;
    let sum = 0;
    for (let n = 0; n < spans.length; n += 2) sum += bits.countSpan(spans[n] ?? 0, spans[n + 1] ?? 0);
    return sum;
  }
}

class ListSet implements UnitSet {
  readonly #list: Uint32Array;

  constructor(list: Uint32Array) {
    this.#list = list;
  }

  get bytes(): number {
    return this.#list.byteLength;
  }

  addTo(bits: Bitmap): void {
    for (const at of this.#list) bits.add(at);
  }

  countIn(bits: Bitmap): number {
    let sum = 0;
    for (const at of this.#list) if (bits.has(at)) sum += 1;
    return sum;
  }
}

class BitmapSet implements UnitSet {
  readonly #bits: Bitmap;

  constructor(bits: Bitmap) {
    this.#bits = bits;
  }

  get bytes(): number {
    return this.#bits.words.byteLength;
  }

  addTo(bits: Bitmap): void {
    bits.addAll(this.#bits);
  }

  countIn(bits: Bitmap): number {
    return this.#bits.countBoth(bits);
  }
}
