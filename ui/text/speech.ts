// What a screen speaks: the words and formats of one language at one site.
import type { Language } from '../../kiosk/screen.ts';
import { en } from './en.ts';
import { type Formats, formatsOf } from './formats.ts';
import { type Words, zh } from './zh.ts';

export interface Speech {
  readonly language: Language;
  readonly words: Words;
  readonly formats: Formats;
}

const words: Record<Language, Words> = { zh, en };
const spoken = new Map<string, Speech>();

/** The same object for the same language and zone, so that nothing is drawn again for it. */
export function speechOf(language: Language, timeZone: string): Speech {
  const key = `${language} ${timeZone}`;
  const known = spoken.get(key);
  if (known) return known;
  const speech = { language, words: words[language], formats: formatsOf(language, timeZone) };
  spoken.set(key, speech);
  return speech;
}
