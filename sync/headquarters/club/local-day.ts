// Which day it is where headquarters works.

/** @returns `2026-11-22` in the zone */
export function localDay(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}
