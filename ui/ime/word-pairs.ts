// Which word follows which, counted from sentences that are cut into words.

/** A word that was heard so often is trusted half; rarer ones less. */
const doubt = 4;

/** Chances in natural logarithms, by the word after. */
export type Followers = ReadonlyMap<string, number>;

export class WordPairs {
  readonly #followers = new Map<string, Map<string, number>>();

  /** @param sentences words by blanks */
  constructor(sentences: readonly string[]) {
    for (const sentence of sentences) {
      let before = start;
      for (const word of sentence.split(' ')) {
        const known = this.#followers.get(before) ?? new Map<string, number>();
        this.#followers.set(before, known.set(word, (known.get(word) ?? 0) + 1));
        before = word;
      }
    }
    for (const counts of this.#followers.values()) {
      const all = [...counts.values()].reduce((sum, count) => sum + count, doubt);
      for (const [word, count] of counts) counts.set(word, Math.log(count / all));
    }
  }

  /** Words of two characters and more that the sentences are made of. */
  static wordsOf(sentences: readonly string[]): readonly string[] {
    return [...new Set(sentences.flatMap((sentence) => sentence.split(' ')))].filter(
      ({ length }) => length > 1,
    );
  }

  /** @param word the one before, or `start` */
  after(word: string): Followers | undefined {
    return this.#followers.get(word);
  }
}

/** Stands before the first word. */
export const start = '';
