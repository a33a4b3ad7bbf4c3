// Words under their readings: a tree of syllables in flat arrays, made from text in a blink and asked by number.
import { syllableNumber } from './syllables.ts';

/** Node 0 is the root; -1 means there is none. */
export class Lexicon {
  readonly #text: string;
  readonly #firstChild: Int32Array;
  readonly #nextSibling: Int32Array;
  readonly #syllable: Int16Array;
  readonly #from: Int32Array;
  readonly #until: Int32Array;
  /** the root has some 400 children: found by number instead of one after the other */
  readonly #ofRoot: Int32Array;
  readonly #best = new Map<number, readonly LexiconWord[]>();

  private constructor(text: string, nodes: number) {
    this.#text = text;
    this.#firstChild = new Int32Array(nodes).fill(-1);
    this.#nextSibling = new Int32Array(nodes).fill(-1);
    this.#syllable = new Int16Array(nodes).fill(-1);
    this.#from = new Int32Array(nodes);
    this.#until = new Int32Array(nodes);
    this.#ofRoot = new Int32Array(syllableNumber.size).fill(-1);
  }

  /**
   * @param text one line a reading, sorted: `shen'shui 渗水f神水9`; each word with its weight, 0–z, half powers of two
   * of how often it was counted; best first. Lines with unknown syllables are passed over.
   */
  static from(text: string): Lexicon {
    const lines = text.split('\n');
    const lexicon = new Lexicon(text, lines.length + text.split("'").length + 1);
    let offset = 0;
    let used = 1;
    /** the nodes of the line before, and the newest child of each */
    const path: number[] = [0];
    const newest: number[] = [-1];
    for (const line of lines) {
      const blank = line.indexOf(' ');
      const numbers =
        blank < 1
          ? []
          : line
              .slice(0, blank)
              .split("'")
              .map((each) => syllableNumber.get(each) ?? -1);
      if (numbers.length > 0 && !numbers.includes(-1)) {
        used = lexicon.#place(numbers, offset + blank + 1, offset + line.length, path, newest, used);
      }
      offset += line.length + 1;
    }
    return lexicon;
  }

  #place(
    numbers: readonly number[],
    from: number,
    until: number,
    path: number[],
    newest: number[],
    firstFree: number,
  ): number {
    let used = firstFree;
    let depth = 0;
    while (
      depth < numbers.length &&
      path[depth + 1] !== undefined &&
      this.#syllable[path[depth + 1] ?? 0] === numbers[depth]
    )
      depth++;
    path.length = depth + 1;
    newest.length = depth + 1;
    for (; depth < numbers.length; depth++) {
      const parent = path[depth] ?? 0;
      const elder = newest[depth] ?? -1;
      const node = used++;
      const number = numbers[depth] ?? -1;
      this.#syllable[node] = number;
      if (elder === -1) this.#firstChild[parent] = node;
      else this.#nextSibling[elder] = node;
      if (parent === 0) this.#ofRoot[number] = node;
      newest[depth] = node;
      path.push(node);
      newest.push(-1);
    }
    const last = path[depth] ?? 0;
    this.#from[last] = from;
    this.#until[last] = until;
    return used;
  }

  child(node: number, syllable: number): number {
    if (node === 0) return this.#ofRoot[syllable] ?? -1;
    let child = this.#firstChild[node] ?? -1;
    while (child !== -1 && this.#syllable[child] !== syllable) child = this.#nextSibling[child] ?? -1;
    return child;
  }

  hasChildren(node: number): boolean {
    return this.#firstChild[node] !== -1;
  }

  hasWords(node: number): boolean {
    return (this.#until[node] ?? 0) > (this.#from[node] ?? 0);
  }

  /** @returns the best few words of a node; remembered, for every key asks again */
  best(node: number): readonly LexiconWord[] {
    const known = this.#best.get(node);
    if (known) return known;
    const words = this.words(node, bestWords);
    this.#best.set(node, words);
    return words;
  }

  /** @returns at most that many words of a node with the logarithm of how often each was counted, best first */
  words(node: number, most: number): readonly LexiconWord[] {
    const found: LexiconWord[] = [];
    const until = this.#until[node] ?? 0;
    let start = this.#from[node] ?? 0;
    for (let at = start; at < until && found.length < most; at++) {
      const code = this.#text.charCodeAt(at);
      if (code > 0x7f) continue;
      const weight = code >= 97 ? code - 87 : code - 48;
      found.push({ text: this.#text.slice(start, at), logCount: weight * halfPower });
      start = at + 1;
    }
    return found;
  }
}

export interface LexiconWord {
  readonly text: string;
  readonly logCount: number;
}

/** What a row of words is made of; the rest is chosen by hand. */
const bestWords = 5;
const halfPower = Math.LN2 / 2;
