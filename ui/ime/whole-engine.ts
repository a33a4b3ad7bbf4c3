// The engine with all that is shipped: newspapers' words, words of homes, what people say there, and the site's own names.
import { homeWords } from './home-words.ts';
import { Lexicon } from './lexicon.ts';
import { ownLexicon, readingsOfCharacters } from './own-lexicon.ts';
import { PinyinEngine } from './pinyin-engine.ts';
import { sayings } from './sayings.ts';
import { WordPairs } from './word-pairs.ts';

/** As if jieba had counted each some 65,000 times; the names of this site twice that, other words of sentences a tenth. */
const weights = { home: 'w', site: 'y', said: 'q' } as const;

/**
 * @param text words.txt
 * @returns makes the engine for a site's words, again when they change
 */
export function wholeEngine(text: string): (site: readonly string[]) => PinyinEngine {
  const readings = readingsOfCharacters(text);
  const lexicons = [
    Lexicon.from(text),
    ownLexicon(homeWords, readings, weights.home),
    ownLexicon(WordPairs.wordsOf(sayings), readings, weights.said),
  ];
  const pairs = new WordPairs(sayings);
  return (site) => new PinyinEngine([...lexicons, ownLexicon(site, readings, weights.site)], readings, pairs);
}
