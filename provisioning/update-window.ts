// When a terminal may switch to another release: the hours that its twin names, by the site's own wall clock.

/** `HH:MM`; a span that ends before it begins goes over midnight. */
export interface UpdateHours {
  readonly from: string;
  readonly to: string;
}

/** @param hours null = at any time */
export function isWindowOpen(hours: UpdateHours | null, now: Date, timeZone: string): boolean {
  if (!hours) return true;
  const format = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const minute = new Intl.DateTimeFormat('en-GB', format).format(now);
  const { from, to } = hours;
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
