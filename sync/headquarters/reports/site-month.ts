// Days and months of the site's calendar as instants: a report's month begins at midnight there, not in London.

/** `YYYY-MM` */
export type Month = string;

/** From `from` on, before `to`, both UTC instants. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export function monthSpan(month: Month, timeZone: string): Span {
  return {
    from: localMidnight(`${month}-01`, timeZone),
    to: localMidnight(`${addMonths(month, 1)}-01`, timeZone),
  };
}

/** @param day `YYYY-MM-DD` */
export function daySpan(day: string, timeZone: string): Span {
  return { from: localMidnight(day, timeZone), to: localMidnight(addDays(day, 1), timeZone) };
}

export function addMonths(month: Month, by: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const at = year * 12 + number - 1 + by;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}

export function addDays(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

export function localDay(at: Date, timeZone: string): string {
  return localTime(at, timeZone).slice(0, 10);
}

/** The one that is over. */
export function lastMonth(now: Date, timeZone: string): Month {
  return addMonths(localTime(now, timeZone).slice(0, 7), -1);
}

/** `YYYY-MM-DD HH:MM` */
export function localTime(at: Date, timeZone: string): string {
  return formatterOf(timeZone).format(at).replace(',', '');
}

function localMidnight(day: string, timeZone: string): string {
  const guess = Date.parse(`${day}T00:00:00.000Z`);
  let at = guess;
  // twice: the offset may be another one on the other side of a change of clocks
  for (let round = 0; round < 2; round += 1) at = guess - offsetMs(new Date(at), timeZone);
  return new Date(at).toISOString();
}

function offsetMs(at: Date, timeZone: string): number {
  const minute = Math.floor(at.getTime() / 60_000) * 60_000;
  return Date.parse(`${localTime(at, timeZone).replace(' ', 'T')}:00.000Z`) - minute;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

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
