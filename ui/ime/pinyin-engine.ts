// What letters may mean in characters: words that begin there, whole sentences, and names; pure, remembers nothing.
import { type Candidate, mostKeys, type Typed } from './candidate.ts';
import type { Lexicon } from './lexicon.ts';
import { Names } from './names.ts';
import { logTotal, type Match, sentences } from './sentence.ts';
import { type Layout, type Spelling, type Spellings, spellingsOf, syllables } from './syllables.ts';
import { WordPairs } from './word-pairs.ts';

/** `ji` alone has some 260 characters. */
const mostCandidates = 500;
/** Dearer than this nobody means it: three slips in one word. */
const dearest = 14.5;
const wordsPerReading = 400;
/** Other ways to read all keys are worth a place in the row; more would push single words out of it. */
const mostSentences = 2;

interface Scored extends Candidate {
  readonly score: number;
  readonly isExact: boolean;
}

export class PinyinEngine {
  readonly #lexicons: readonly Lexicon[];
  readonly #spellings = new Map<Layout, Spellings>();

  readonly #names: Names;
  readonly #pairs: WordPairs;

  /**
   * @param lexicons what is known; weights compare across them
   * @param readings of every character, for names
   * @param pairs which word likes to follow which
   */
  constructor(
    lexicons: readonly Lexicon[],
    readings: ReadonlyMap<string, readonly string[]>,
    pairs = new WordPairs([]),
  ) {
    this.#lexicons = lexicons;
    this.#pairs = pairs;
    this.#names = new Names(readings);
  }

  /** @returns what the keys may mean, likeliest first; nothing when they are no pinyin */
  candidates({ keys: typed, layout, isName = false }: Typed): readonly Candidate[] {
    const keys = typed.toLowerCase().slice(0, mostKeys);
    if (keys.replaceAll("'", '') === '') return [];
    const spellings = this.#of(layout);
    const first = this.#matches(keys, 0, spellings);
    const words = first.flatMap((match) => scoredWords(match)).sort((a, b) => b.score - a.score);
    const complete = words.filter((each) => each.keys === keys.length);
    const sentence = this.#sentence(keys, spellings, first);
    const partial = words.filter((each) => each.keys < keys.length).sort(longerAndExactFirst);
    const names = isName ? this.#names.find(keys, spellings) : [];
    return distinct([...names, ...sorted([...complete, ...sentence]), ...partial]).slice(0, mostCandidates);
  }

  #of(layout: Layout): Spellings {
    const known = this.#spellings.get(layout);
    if (known) return known;
    const made = spellingsOf(layout);
    this.#spellings.set(layout, made);
    return made;
  }

  /** @returns every reading that has words and begins at that key, the cheapest way to write each */
  #matches(keys: string, start: number, spellings: Spellings): readonly Match[] {
    const found = new Map<string, Match>();
    this.#lexicons.forEach((lexicon, number) => {
      const walk = (node: number, at: number, cost: number, reading: string): void => {
        for (const { end, spelling } of spelledAt(keys, at, spellings)) {
          const total = cost + spelling.cost;
          const child = total > dearest ? -1 : lexicon.child(node, spelling.syllable);
          if (child === -1) continue;
          const read = `${reading}${reading && ' '}${syllables[spelling.syllable]}`;
          const place = `${number} ${child} ${end}`;
          const known = found.get(place);
          if (known && known.cost <= total) continue;
          if (lexicon.hasWords(child))
            found.set(place, { lexicon, node: child, end, cost: total, reading: read });
          if (end < keys.length && lexicon.hasChildren(child)) walk(child, end, total, read);
        }
      };
      walk(0, start, 0, '');
    });
    return [...found.values()];
  }

  #sentence(keys: string, spellings: Spellings, first: readonly Match[]): readonly Scored[] {
    const matchesAt = (at: number) => (at === 0 ? first : this.#matches(keys, at, spellings));
    return sentences(keys.length, matchesAt, this.#pairs)
      .slice(0, mostSentences)
      .map(({ text, reading, score }) => ({ text, keys: keys.length, reading, score, isExact: true }));
  }
}

/** @returns every way to read the next syllable at that key */
function* spelledAt(
  keys: string,
  start: number,
  spellings: Spellings,
): Generator<{ end: number; spelling: Spelling }> {
  const at = keys[start] === "'" ? start + 1 : start;
  for (let length = 1; length <= 6 && at + length <= keys.length; length++) {
    const piece = keys.slice(at, at + length);
    if (piece.endsWith("'")) return;
    // an apostrophe at the very end has been read with the syllable before it
    const end = keys.slice(at + length) === "'" ? keys.length : at + length;
    for (const spelling of spellings.whole.get(piece) ?? []) yield { end, spelling };
    if (end === keys.length)
      for (const spelling of spellings.unfinished.get(piece) ?? []) yield { end, spelling };
    if (length <= 2) for (const spelling of spellings.initials.get(piece) ?? []) yield { end, spelling };
  }
}

function scoredWords({ lexicon, node, end, cost, reading }: Match): readonly Scored[] {
  return lexicon.words(node, wordsPerReading).map(({ text, logCount }) => ({
    text,
    keys: end,
    reading,
    score: logCount - logTotal - cost,
    isExact: cost === 0,
  }));
}

const sorted = (candidates: readonly Scored[]): readonly Scored[] =>
  candidates.toSorted((a, b) => b.score - a.score);

const longerAndExactFirst = (a: Scored, b: Scored): number =>
  Number(b.isExact) - Number(a.isExact) || b.keys - a.keys || b.score - a.score;

function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  const kept: Candidate[] = [];
  for (const { text, keys, reading } of candidates) {
    if (seen.has(text)) continue;
    seen.add(text);
    kept.push({ text, keys, reading });
  }
  return kept;
}
