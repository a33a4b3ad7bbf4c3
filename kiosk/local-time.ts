// The site's wall clock: which day it is there, and how an instant reads on a slip.

/** `2026-11-21` in the zone */
export function localDate(at: Date, timeZone: string): string {
  return localMinute(at, timeZone).slice(0, 10);
}

export function isSameLocalDay(a: Date, b: Date, timeZone: string): boolean {
  return localDate(a, timeZone) === localDate(b, timeZone);
}

/** `2026-11-21 14:05`, the same in every language: nobody confuses day and month. */
export function localMinute(at: Date | string, timeZone: string): string {
  const instant = typeof at === 'string' ? new Date(at) : at;
  const key = `${timeZone} ${Math.floor(instant.getTime() / 60_000)}`;
  let text = minutes.get(key);
  if (text === undefined) {
    text = formatterOf(timeZone).format(instant).replace(',', '');
    if (minutes.size >= keptMinutes) minutes.clear();
    minutes.set(key, text);
  }
  return text;
}

// making a formatter costs more than a thousand uses of it, and a use more than the rest of a decision
const formatters = new Map<string, Intl.DateTimeFormat>();
const minutes = new Map<string, string>();
const keptMinutes = 200;

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(timeZone, found);
  }
  return found;
}
