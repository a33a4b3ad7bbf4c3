// When somebody works: opening hours by weekday, holidays, worked weekends; and time that counts only then. Pure.
import * as v from 'valibot';
import { timeZone } from './config-file.ts';
import { daySchema } from './ids.ts';

const clockTime = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/));
const span = v.pipe(
  v.strictObject({ from: clockTime, to: clockTime }),
  v.check(({ from, to }) => from < to, 'must end after it begins'),
);

export const calendarSchema = v.strictObject({
  timeZone,
  /** Monday first; of each day the spans in which clocks run, in order and apart */
  week: v.pipe(
    v.array(v.pipe(v.array(span), v.maxLength(6))),
    v.length(7),
    v.check((days) => days.some((spans) => spans.length > 0), 'must be open on some day'),
    v.check((days) => days.every(isInOrder), 'must name spans in order and apart'),
  ),
  /** closed, whatever the weekday */
  holidays: v.pipe(v.array(daySchema), v.maxLength(1_000)),
  /** 调休: worked as a Monday, whatever the weekday */
  workdays: v.pipe(v.array(daySchema), v.maxLength(1_000)),
});
export type Calendar = v.InferOutput<typeof calendarSchema>;

const always = [{ from: '00:00', to: '24:00' }];
/** Day and night, every day: the 400 line. */
export const openAlways: Calendar = {
  timeZone: 'Asia/Shanghai',
  week: [always, always, always, always, always, always, always],
  holidays: [],
  workdays: [],
};

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** With so many closed days in a row something else is wrong. */
const maxDays = 2_000;

/** @returns the instant by which `ms` of open time have gone by since `from`; both in ms since 1970 */
export function addOpen(calendar: Calendar, from: number, ms: number): number {
  let left = ms;
  for (const { begins, ends } of openSpans(calendar, from)) {
    const start = Math.max(begins, from);
    if (start + left <= ends) return start + left;
    left -= ends - start;
  }
  return from + ms;
}

/** @returns open time between two instants, in ms; 0 when `to` comes first */
export function openMs(calendar: Calendar, from: number, to: number): number {
  let sum = 0;
  for (const { begins, ends } of openSpans(calendar, from)) {
    if (begins >= to) break;
    sum += Math.min(ends, to) - Math.max(begins, from);
  }
  return sum;
}

/** @returns the same time of day so many open days later, or the end of what that day is open */
export function addOpenDays(calendar: Calendar, from: number, days: number): number {
  const start = addOpen(calendar, from, 0);
  const { day, minute } = localTime(calendar.timeZone, start);
  let left = days;
  for (let at = nextDay(day), tried = 0; tried < maxDays; at = nextDay(at), tried += 1) {
    const spans = spansOf(calendar, at);
    const last = spans.at(-1);
    if (!last) continue;
    left -= 1;
    if (left > 0) continue;
    return instantOf(
      calendar.timeZone,
      at,
      Math.min(Math.max(minute, minutes(spans[0]?.from)), minutes(last.to)),
    );
  }
  return from + days * dayMs;
}

export function isOpen(calendar: Calendar, at: number): boolean {
  for (const { begins } of openSpans(calendar, at)) return begins <= at;
  return false;
}

/** From the one that holds `from` or is the next after it. */
function* openSpans(
  calendar: Calendar,
  from: number,
): Generator<{ readonly begins: number; readonly ends: number }> {
  let { day } = localTime(calendar.timeZone, from);
  for (let tried = 0; tried < maxDays; tried += 1, day = nextDay(day)) {
    for (const { from: opens, to: closes } of spansOf(calendar, day)) {
      const ends = instantOf(calendar.timeZone, day, minutes(closes));
      if (ends > from) yield { begins: instantOf(calendar.timeZone, day, minutes(opens)), ends };
    }
  }
}

function spansOf({ week, holidays, workdays }: Calendar, day: string): readonly Span[] {
  if (holidays.includes(day)) return [];
  if (workdays.includes(day)) return week[0] ?? [];
  return week[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? [];
}
type Span = v.InferOutput<typeof span>;

function isInOrder(spans: readonly Span[]): boolean {
  return spans.every(({ from }, at) => at === 0 || (spans[at - 1]?.to ?? '') <= from);
}

function minutes(time = '00:00'): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(zone: string, at: number): { readonly day: string; readonly minute: number } {
  const local = new Date(at + offsetMs(zone, at));
  return {
    day: local.toISOString().slice(0, 10),
    minute: local.getUTCHours() * 60 + local.getUTCMinutes() + local.getUTCSeconds() / 60,
  };
}

/** A time that the change to summer time leaves out is the one an hour later. */
function instantOf(zone: string, day: string, minute: number): number {
  const local = Date.parse(`${day}T00:00:00Z`) + Math.round(minute * minuteMs);
  const guess = local - offsetMs(zone, local);
  return local - offsetMs(zone, guess);
}

/** How far the zone's clocks are ahead of UTC at an instant. */
function offsetMs(zone: string, at: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, mins] = /^GMT([+-])(\d\d):(\d\d)$/.exec(name) ?? [];
  if (hours === undefined || mins === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(mins)) * minuteMs;
}
