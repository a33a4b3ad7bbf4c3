// Words of this place – its communities, streets, faults – made into a lexicon: read by the characters of the big one.
import { Lexicon } from './lexicon.ts';

/** Readings of every character, its commonest first, from the lines of one syllable. */
export function readingsOfCharacters(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, { reading: string; weight: string }[]>();
  for (const [, reading = '', words = ''] of text.matchAll(/^([a-z]+) (.+)$/gm)) {
    for (const [, character = '', weight = ''] of words.matchAll(/(\p{Script=Han})([0-9a-z])/gu)) {
      const known = found.get(character) ?? [];
      known.push({ reading, weight });
      found.set(character, known);
    }
  }
  return new Map(
    [...found].map(([character, all]) => [
      character,
      all.sort((a, b) => (a.weight < b.weight ? 1 : -1)).map(({ reading }) => reading),
    ]),
  );
}

const mostReadings = 8;
/** A lone character fits anywhere, so that it must not push words aside. */
const lone = 's';
/** Places with longer names are found by their beginning. */
const mostCharacters = 12;

/**
 * @param weight 0–z as in the big list: how much likelier than what newspapers print; `s` is some ten thousand times in jieba's corpus
 * @returns undefined characters and words of other scripts are left out, each run of characters counts as a word
 */
export function ownLexicon(
  words: readonly string[],
  readings: ReadonlyMap<string, readonly string[]>,
  weight: string,
): Lexicon {
  const lines = new Map<string, Set<string>>();
  for (const word of words.flatMap((each) => each.match(/\p{Script=Han}+/gu) ?? [])) {
    const characters = [...word].slice(0, mostCharacters);
    let ways: readonly (readonly string[])[] = [[]];
    for (const character of characters) {
      const known = readings.get(character) ?? [];
      ways = ways.flatMap((way) => known.map((reading) => [...way, reading])).slice(0, mostReadings);
    }
    for (const way of ways) {
      const key = way.join("'");
      lines.set(key, (lines.get(key) ?? new Set()).add(characters.join('')));
    }
  }
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
  return Lexicon.from(
    sorted
      .map(
        ([key, all]) =>
          `${key} ${[...all].map((each) => each + (each.length === 1 ? lone : weight)).join('')}`,
      )
      .join('\n'),
  );
}
