// One bit for each home of the board: the set that a search works with.

export class Bitmap {
  readonly size: number;
  readonly words: Uint32Array;

  /** @param size how many there can be; none is in it yet */
  constructor(size: number) {
    this.size = size;
    this.words = new Uint32Array(Math.ceil(size / 32));
  }

  static full(size: number): Bitmap {
    const bitmap = new Bitmap(size);
    bitmap.addSpan(0, size);
    return bitmap;
  }

  has(at: number): boolean {
    return (((this.words[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
  }

  add(at: number): void {
    const { words } = this;
    words[at >>> 5] = (words[at >>> 5] ?? 0) | (1 << (at & 31));
  }

  /** From `start` up to, and without, `end`. */
  addSpan(start: number, end: number): void {
    if (start >= end) return;
    const { words } = this;
    const [first, last] = [start >>> 5, (end - 1) >>> 5];
    const [head, tail] = masks(start, end);
    if (first === last) {
      words[first] = (words[first] ?? 0) | (head & tail);
      return;
    }
    words[first] = (words[first] ?? 0) | head;
    words.fill(0xffff_ffff, first + 1, last);
    words[last] = (words[last] ?? 0) | tail;
  }

  addAll({ words }: Bitmap): void {
    const mine = this.words;
    for (let n = 0; n < mine.length; n += 1) mine[n] = (mine[n] ?? 0) | (words[n] ?? 0);
  }

  /** Keeps only what is also in the other. */
  retain({ words }: Bitmap): void {
    const mine = this.words;
    for (let n = 0; n < mine.length; n += 1) mine[n] = (mine[n] ?? 0) & (words[n] ?? 0);
  }

  copy(): Bitmap {
    const copy = new Bitmap(this.size);
    copy.words.set(this.words);
    return copy;
  }

  count(): number {
    let sum = 0;
    for (const word of this.words) sum += onesOf(word);
    return sum;
  }

  /** How many are in both. */
  countBoth({ words }: Bitmap): number {
    const mine = this.words;
    let sum = 0;
    for (let n = 0; n < mine.length; n += 1) sum += onesOf((mine[n] ?? 0) & (words[n] ?? 0));
    return sum;
  }

  /** How many of those from `start` up to, and without, `end`. */
  countSpan(start: number, end: number): number {
    if (start >= end) return 0;
    const { words } = this;
    const [first, last] = [start >>> 5, (end - 1) >>> 5];
    const [head, tail] = masks(start, end);
    if (first === last) return onesOf((words[first] ?? 0) & head & tail);
    let sum = onesOf((words[first] ?? 0) & head) + onesOf((words[last] ?? 0) & tail);
    for (let n = first + 1; n < last; n += 1) sum += onesOf(words[n] ?? 0);
    return sum;
  }
}

/** The bits of the first word from `start` on, and of the last word below `end`. */
function masks(start: number, end: number): readonly [head: number, tail: number] {
  return [0xffff_ffff << (start & 31), 0xffff_ffff >>> (31 - ((end - 1) & 31))];
}

function onesOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const nibbles = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
