// What a screen speaks: the words and formats of one language at one site.
import type { Language } from '../../kiosk/screen.ts';
import { type Formats, formatsOf } from './formats.ts';
import { type Words, zh } from './zh.ts';

export interface Speech {
  readonly language: Language;
  readonly words: Words;
  readonly formats: Formats;
}

/** Chinese comes with the page, for it says what is wrong while nothing else is there; English is fetched when idle. */
const words: Partial<Record<Language, Words>> = { zh };
const spoken = new Map<string, Speech>();

/** @returns undefined when the language can be spoken now, else when it can */
export function loadWords(language: Language): Promise<void> | undefined {
  if (language === 'zh' || words[language]) return undefined;
  return import('./en.ts').then(({ en }) => {
    words.en = en;
  });
}

/** The same object for the same language and zone, so that nothing is drawn again for it. */
export function speechOf(language: Language, timeZone: string): Speech {
  const key = `${language} ${timeZone}`;
  const known = spoken.get(key);
  if (known) return known;
  const speech = { language, words: words[language] ?? zh, formats: formatsOf(language, timeZone) };
  spoken.set(key, speech);
  return speech;
}
