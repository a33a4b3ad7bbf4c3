// The pinyin engine beside the page: fetches the words once, learns the words of the place, answers what keys may mean.

import { homeWords } from './home-words.ts';
import type { ImeAnswer, ImeQuestion } from './ime.ts';
import { Lexicon } from './lexicon.ts';
import { ownLexicon, readingsOfCharacters } from './own-lexicon.ts';
import { PinyinEngine } from './pinyin-engine.ts';

/** As if jieba had counted each some 65,000 times; the names of this place twice that. */
const weights = { home: 'w', place: 'y' } as const;

/** What has to be known to make the engine anew when the place's words come. */
interface Known {
  readonly lexicons: readonly Lexicon[];
  readonly readings: ReadonlyMap<string, readonly string[]>;
}

let known: Promise<Known> | undefined;
let engine: Promise<PinyinEngine> | undefined;
let places: readonly string[] = [];

async function learnt(): Promise<Known> {
  const response = await fetch(new URL('./words.txt', import.meta.url));
  if (!response.ok) throw new Error('the words are not there');
  const text = await response.text();
  const readings = readingsOfCharacters(text);
  return { lexicons: [Lexicon.from(text), ownLexicon(homeWords, readings, weights.home)], readings };
}

async function made(): Promise<PinyinEngine> {
  known ??= learnt();
  const { lexicons, readings } = await known;
  return new PinyinEngine([...lexicons, ownLexicon(places, readings, weights.place)]);
}

addEventListener('message', ({ data }: MessageEvent<ImeQuestion>) => {
  if (data.kind === 'places') {
    places = data.words;
    engine = undefined;
    return;
  }
  engine ??= made();
  engine.then(
    (ready) => answer({ id: data.id, candidates: ready.candidates(data.typed) }),
    () => {
      // asked again with the next key: the file may have been in the middle of an update
      known = undefined;
      engine = undefined;
      answer({ id: data.id, candidates: [] });
    },
  );
});

function answer(said: ImeAnswer): void {
  postMessage(said);
}
