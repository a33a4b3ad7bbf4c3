// Every distinct name of the board, once, with the homes that bear it: what most terms of a search are looked up in.
import type { SearchedName } from '../../sync/contract/board.ts';
import type { Bitmap } from './bitmap.ts';
import { initialsOf, lettersOf, wordsOf } from './search-text.ts';
import { textBytes } from './text-column.ts';
import { type UnitSet, UnitSetDraft } from './unit-set.ts';

export class NameDictionary {
  readonly #parts: LineText;
  /** ends of names, each from the beginning of a word */
  readonly #ends: LineText;
  readonly #bearers: readonly UnitSet[];

  constructor(parts: LineText, ends: LineText, bearers: readonly UnitSet[]) {
    this.#parts = parts;
    this.#ends = ends;
    this.#bearers = bearers;
  }

  /** Adds the homes with a name that `term` matches: see `BoardQuery.text`. */
  addMatches(term: string, bits: Bitmap): void {
    const found = new Uint8Array(this.#bearers.length);
    this.#parts.mark(term, found);
    this.#ends.mark(`\n${term}`, found);
    this.#bearers.forEach((set, name) => {
      if (found[name]) set.addTo(bits);
    });
  }

  get bytes(): number {
    return this.#bearers.reduce((sum, { bytes }) => sum + bytes, this.#parts.bytes + this.#ends.bytes);
  }
}

/** Collects names with homes in rising order. */
export class NameDictionaryDraft {
  readonly #names = new Map<string, { readonly name: SearchedName; readonly bearers: UnitSetDraft }>();

  /** The homes from `start` up to, and without, `end` bear this name. */
  add(name: SearchedName, start: number, end: number): void {
    const key = JSON.stringify([name.zh, name.en, name.pinyin]);
    let entry = this.#names.get(key);
    if (!entry) {
      entry = { name, bearers: new UnitSetDraft() };
      this.#names.set(key, entry);
    }
    entry.bearers.addSpan(start, end);
  }

  *finish(size: number): Generator<undefined, NameDictionary> {
    const [parts, ends] = [new LineTextDraft(), new LineTextDraft()];
    const bearers: UnitSet[] = [];
    for (const { name, bearers: draft } of this.#names.values()) {
      const owner = bearers.push(draft.finish(size)) - 1;
      const initials = initialsOf(name.pinyin ?? '');
      for (const text of [lettersOf(name.zh), initials]) parts.add(text, owner);
      for (const words of [wordsOf(name.en), wordsOf(name.pinyin ?? '')]) {
        for (let from = 0; from < words.length; from += 1) ends.add(words.slice(from).join(''), owner);
      }
      if (owner % 64 === 0) yield;
    }
    return new NameDictionary(parts.finish(), ends.finish(), bearers);
  }
}

/** Lines, each with its owner, searched as one text: faster than any number of small ones. */
class LineText {
  readonly #text: string;
  /** where the line break before each line stands */
  readonly #starts: Uint32Array;
  readonly #owners: Uint32Array;

  constructor(text: string, starts: Uint32Array, owners: Uint32Array) {
    this.#text = text;
    this.#starts = starts;
    this.#owners = owners;
  }

  /** Marks the owners of the lines that `needle` is in; one that starts with `\n` stands at the beginning of a line. */
  mark(needle: string, found: Uint8Array): void {
    let at = this.#text.indexOf(needle);
    let line = 0;
    while (at >= 0) {
      line = this.#lineAt(at, line);
      found[this.#owners[line] ?? 0] = 1;
      const next = this.#starts[line + 1];
      if (next === undefined) return;
      at = this.#text.indexOf(needle, next);
    }
  }

  get bytes(): number {
    return textBytes(this.#text) + this.#starts.byteLength + this.#owners.byteLength;
  }

  #lineAt(at: number, from: number): number {
    let [low, high] = [from, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

class LineTextDraft {
  readonly #lines: string[] = [];
  readonly #starts: number[] = [];
  readonly #owners: number[] = [];
  #length = 0;

  add(line: string, owner: number): void {
    if (line === '') return;
    this.#starts.push(this.#length);
    this.#owners.push(owner);
    this.#lines.push(`\n${line}`);
    this.#length += line.length + 1;
  }

  finish(): LineText {
    return new LineText(this.#lines.join(''), new Uint32Array(this.#starts), new Uint32Array(this.#owners));
  }
}
