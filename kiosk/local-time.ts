// The site's wall clock: which day it is there, and how an instant reads on a slip.
import type { Language } from './screen.ts';

/** `2026-11-21` in the zone */
export function localDate(at: Date, timeZone: string): string {
  return formatter(
    `date ${timeZone}`,
    () => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }),
  ).format(at);
}

export function isSameLocalDay(a: Date, b: Date, timeZone: string): boolean {
  return localDate(a, timeZone) === localDate(b, timeZone);
}

/** `2026-11-21 14:05`, the same in every language: nobody confuses day and month. */
export function localMinute(at: Date | string, timeZone: string): string {
  const instant = typeof at === 'string' ? new Date(at) : at;
  const time = formatter(
    `time ${timeZone}`,
    () =>
      new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  ).format(instant);
  return `${localDate(instant, timeZone)} ${time}`;
}

/** The text in the language of the session. */
export function inLanguage(words: { readonly zh: string; readonly en: string }, language: Language): string {
  return words[language];
}

// making a formatter costs more than a thousand uses of it
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  let found = formatters.get(key);
  if (!found) {
    found = make();
    formatters.set(key, found);
  }
  return found;
}
