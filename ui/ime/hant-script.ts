// Candidates in traditional script: words by the kiosk's own table; a lone character and a name in every form that it may have.
import { type Convert, hantConverter } from '../../kiosk/hant-converter.ts';
import type { Candidate } from './candidate.ts';

/** Surnames that are no short form of the character that their sign elsewhere stands for (范仲淹, not 範). */
const ownSurnames = '范余于沈岳姜谷涂郁仇向台种曲';
/** Other forms of a name are rarer than its usual one: they stand behind the first row, and only those of likely names. */
const row = 5;
const mostOtherNames = 12;

export class HantScript {
  readonly #convert: Convert;
  /** the forms that a character has in any word, the usual one first */
  readonly #forms: ReadonlyMap<string, readonly string[]>;

  private constructor(convert: Convert, forms: ReadonlyMap<string, readonly string[]>) {
    this.#convert = convert;
    this.#forms = forms;
  }

  /** @param text lines with `#` are notices; then pairs of characters, then phrases, as `HantTable` has them */
  static from(text: string): HantScript {
    const [characters = '', phrases = ''] = text.split('\n').filter((line) => !line.startsWith('#'));
    return new HantScript(hantConverter({ characters, phrases }), formsOf(characters, phrases));
  }

  /** @returns the same candidates in traditional script, those with several forms in each */
  write(candidates: readonly Candidate[], isName: boolean): readonly Candidate[] {
    const others: Candidate[] = [];
    const written = candidates.flatMap((candidate) => {
      const { text } = candidate;
      if (text.length === 1) return this.#of(text).map((form) => ({ ...candidate, text: form }));
      if (!isName || text.length > 4) return [{ ...candidate, text: this.#convert(text) }];
      const [first = '', ...rest] = this.#namesOf(text);
      others.push(...rest.map((form) => ({ ...candidate, text: form })));
      return [{ ...candidate, text: first }];
    });
    const known = new Set<string>();
    const all = [...written.slice(0, row), ...others.slice(0, mostOtherNames), ...written.slice(row)];
    return all.filter(({ text }) => !known.has(text) && known.add(text));
  }

  #of(character: string): readonly string[] {
    return this.#forms.get(character) ?? [character];
  }

  /** The usual one first, then those that differ from it in one character. */
  #namesOf(name: string): readonly string[] {
    const usual = [...name].map((character, i) =>
      i === 0 && ownSurnames.includes(character) ? character : (this.#of(character)[0] ?? character),
    );
    const others = [...name].flatMap((character, i) =>
      this.#of(character).map((form) => usual.with(i, form).join('')),
    );
    return [...new Set([usual.join(''), ...others])];
  }
}

function formsOf(characters: string, phrases: string): ReadonlyMap<string, readonly string[]> {
  const forms = new Map<string, string[]>();
  for (let at = 0; at < characters.length; at += 2)
    forms.set(characters.charAt(at), [characters.charAt(at + 1)]);
  for (const pair of phrases.split(' ')) {
    const half = pair.length / 2;
    for (let at = 0; at < half; at++) {
      const form = pair.charAt(half + at);
      const known = forms.get(pair.charAt(at)) ?? [pair.charAt(at)];
      if (!known.includes(form)) forms.set(pair.charAt(at), [...known, form]);
    }
  }
  return forms;
}
