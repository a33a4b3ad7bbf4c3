// What a screen speaks: the words and formats of one tongue at one site.
import type { Tongue } from '../../kiosk/screen.ts';
import { type Formats, formatsOf } from './formats.ts';
import { inTongues, isHantLoaded, loadHant } from './in-tongues.ts';
import { type Words, zh } from './zh.ts';

export interface Speech {
  readonly language: Tongue;
  /** in either script */
  readonly isChinese: boolean;
  readonly words: Words;
  readonly formats: Formats;
}

/** Chinese comes with the page, for it says what is wrong while nothing else is there; the others are fetched when idle. */
let english: Words | undefined;
const chinese = inTongues(zh, zh);
const spoken = new Map<string, Speech>();

/** @returns undefined when the tongue can be spoken now, else when it can */
export function loadWords(language: Tongue): Promise<void> | undefined {
  switch (language) {
    case 'zh':
      return undefined;
    case 'zh-Hant':
      return isHantLoaded() ? undefined : loadHant();
    case 'en':
      return english
        ? undefined
        : import('./en.ts').then(({ en }) => {
            english = en;
          });
  }
}

/** The same object for the same tongue and zone, so that nothing is drawn again for it. */
export function speechOf(language: Tongue, timeZone: string): Speech {
  const key = `${language} ${timeZone}`;
  const known = spoken.get(key);
  if (known) return known;
  const speech = {
    language,
    isChinese: language !== 'en',
    words: wordsOf(language),
    formats: formatsOf(language, timeZone),
  };
  spoken.set(key, speech);
  return speech;
}

function wordsOf(language: Tongue): Words {
  switch (language) {
    case 'zh':
      return zh;
    case 'zh-Hant':
      return { ...chinese['zh-Hant'], tag: 'zh-Hant' };
    case 'en':
      return english ?? zh;
  }
}
