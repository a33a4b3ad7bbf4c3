// Words in every tongue: Chinese and English are written by hand, traditional script is made of the Chinese.
import type { Convert } from '../../kiosk/hant-converter.ts';
import type { Tongue } from '../../kiosk/screen.ts';

let convert: Convert | undefined;

/** Its table is fetched when traditional script is first wanted, or idle. */
export async function loadHant(): Promise<void> {
  const { toHant } = await import('./to-hant.ts');
  convert = toHant;
}

export const isHantLoaded = (): boolean => convert !== undefined;

/** @returns `zh` in its own script until the table is there */
export function inTongues<W>(zh: W, en: W): Readonly<Record<Tongue, W>> {
  let hant: W | undefined;
  return {
    zh,
    en,
    get 'zh-Hant'() {
      if (!convert) return zh;
      hant ??= wordsInHant(zh, convert);
      return hant;
    },
  };
}

/** Every sentence, and every one that is made later; what is put into one stays as it is. */
export function wordsInHant<W>(words: W, say: Convert): W {
  return inHant(words, say) as W;
}

function inHant(words: unknown, say: Convert): unknown {
  if (typeof words === 'string') return say(words);
  if (typeof words === 'function') {
    return (...given: readonly unknown[]) => {
      const kept: string[] = [];
      const marked = given.map((each) => marker(each, say, kept));
      const said: unknown = Reflect.apply(words, undefined, marked);
      return unmarked(inHant(said, say), kept);
    };
  }
  if (Array.isArray(words)) return words.map((each) => inHant(each, say));
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([key, each]) => [key, inHant(each, say)]));
}

/** signs that no text has */
const firstMark = 0xe000;

/** A name in simplified characters stands for itself: a sign is put in its place until the sentence is converted. */
function marker(given: unknown, say: Convert, kept: string[]): unknown {
  if (typeof given !== 'string' || say(given) === given) return given;
  kept.push(given);
  return String.fromCharCode(firstMark + kept.length - 1);
}

function unmarked(said: unknown, kept: readonly string[]): unknown {
  if (typeof said !== 'string' || kept.length === 0) return said;
  return said.replace(/[\ue000-\ue0ff]/gu, (sign) => kept[sign.charCodeAt(0) - firstMark] ?? sign);
}
