// The pinyin engine on the page's own thread, where the browser can be made slow: how long each key waits, what comes first.
import { Lexicon } from '../../../ui/ime/lexicon.ts';
import { readingsOfCharacters } from '../../../ui/ime/own-lexicon.ts';
import { PinyinEngine } from '../../../ui/ime/pinyin-engine.ts';
import { wholeEngine } from '../../../ui/ime/whole-engine.ts';

/** @returns ms of every key of every phrase typed key by key, ms until the words are ready, and what comes first at its end */
function imeProbe(text: string, keys: readonly string[]) {
  const beganMs = performance.now();
  const engine = wholeEngine(text)([]);
  const readyMs = performance.now() - beganMs;
  const bare = new PinyinEngine([Lexicon.from(text)], readingsOfCharacters(text));
  const keyMs: number[] = [];
  for (const typed of keys) {
    for (let length = 1; length <= typed.length; length += 1) {
      const startMs = performance.now();
      engine.candidates({ keys: typed.slice(0, length), layout: 'pinyin26' });
      keyMs.push(performance.now() - startMs);
    }
  }
  const firsts = (of: PinyinEngine) =>
    keys.map((typed) => of.candidates({ keys: typed, layout: 'pinyin26' })[0]?.text ?? '');
  return { keyMs, readyMs, firsts: firsts(engine), bareFirsts: firsts(bare) };
}

Reflect.set(globalThis, 'imeProbe', imeProbe);
