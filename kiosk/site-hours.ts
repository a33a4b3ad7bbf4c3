// The hours of the site by its own wall clock: when it is open, and when the screen is dimmed.
import { localMinute } from './local-time.ts';

/** `from` and `to` as `HH:MM`; a span that ends before it begins goes over midnight. */
export interface Hours {
  readonly from: string;
  readonly to: string;
}

/** @param hours null = none were set, so never within */
export function isWithin(hours: Hours | null | undefined, now: Date, timeZone: string): boolean {
  if (!hours) return false;
  const minute = localMinute(now, timeZone).slice(11);
  return hours.from <= hours.to
    ? minute >= hours.from && minute < hours.to
    : minute >= hours.from || minute < hours.to;
}

/** @returns when the site opens, as `HH:MM`; null = it is open, or always is */
export function opensAgainAt(hours: Hours | null | undefined, now: Date, timeZone: string): string | null {
  return !hours || isWithin(hours, now, timeZone) ? null : hours.from;
}
