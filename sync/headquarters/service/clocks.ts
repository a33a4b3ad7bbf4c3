// How long an answer and a visit may take: profiles of promises, and what a pause does to them.
import type { FlowKind } from '../../contract/requests.ts';
import type { Tables } from '../store/tables.ts';
import { addOpen, addOpenDays, type Calendar, openAlways, openMs } from './calendar.ts';

/** 沿海 and 蓝光: what they promise whom. */
export interface ClockProfile {
  readonly replyMin: number;
  /** null = nobody comes by the clock */
  readonly onSiteMin: number | null;
  /** for what was written instead of said; null = as for what was said */
  readonly messageDays: number | null;
  /** the hours in which these clocks run */
  readonly calendar: Calendar;
}

const nineToSix = [{ from: '09:00', to: '18:00' }];
const weekdays: Calendar = {
  timeZone: 'Asia/Shanghai',
  week: [nineToSix, nineToSix, nineToSix, nineToSix, nineToSix, [], []],
  holidays: [],
  workdays: [],
};

export const clockProfiles = {
  coastal: { replyMin: 10, onSiteMin: 60, messageDays: null, calendar: openAlways },
  bluelight: { replyMin: 60, onSiteMin: null, messageDays: 1, calendar: weekdays },
} as const satisfies Record<string, ClockProfile>;
export type ClockProfileName = keyof typeof clockProfiles;

/** Until when, as instants; null = not promised. */
export interface Promised {
  readonly replyBy: string | null;
  readonly onSiteBy: string | null;
}

/** What is promised to somebody who comes at `at`; for praise nothing is. */
export function promise(
  { replyMin, onSiteMin, messageDays, calendar }: ClockProfile,
  { kind, at, isWritten }: { readonly kind: FlowKind; readonly at: string; readonly isWritten: boolean },
): Promised {
  if (kind === 'praise') return { replyBy: null, onSiteBy: null };
  const from = Date.parse(at);
  const reply =
    isWritten && messageDays !== null
      ? addOpenDays(calendar, from, messageDays)
      : addOpen(calendar, from, replyMin * 60_000);
  const comes = onSiteMin !== null && kind !== 'enquiry' && kind !== 'complaint';
  return {
    replyBy: iso(reply),
    onSiteBy: comes ? iso(addOpen(calendar, from, onSiteMin * 60_000)) : null,
  };
}

/** A terminal promises in plain minutes: they are counted in open hours here. */
export function inOpenHours(calendar: Calendar, at: string, { replyBy, onSiteBy }: Promised): Promised {
  const from = Date.parse(at);
  const moved = (until: string | null): string | null =>
    until === null ? null : iso(addOpen(calendar, from, Math.max(0, Date.parse(until) - from)));
  return { replyBy: moved(replyBy), onSiteBy: moved(onSiteBy) };
}

type RequestRecord = Tables['request'];
export type PausedClocks = Pick<
  RequestRecord,
  'paused_at' | 'paused_ms' | 'reply_by' | 'on_site_by' | 'replied_at' | 'on_site_at'
>;

/** The clocks when they go on at `at`: what was left when they stood still is left again. */
export function resumed(
  calendar: Calendar,
  record: PausedClocks,
  at: string,
): Promised & { pausedMs: number } {
  const { paused_at, paused_ms, reply_by, on_site_by, replied_at, on_site_at } = record;
  if (paused_at === null) return { replyBy: reply_by, onSiteBy: on_site_by, pausedMs: paused_ms };
  return {
    replyBy: replied_at === null ? later(calendar, reply_by, paused_at, at) : reply_by,
    onSiteBy: on_site_at === null ? later(calendar, on_site_by, paused_at, at) : on_site_by,
    pausedMs: paused_ms + Math.max(0, Date.parse(at) - Date.parse(paused_at)),
  };
}

/** A deadline that stood still from `pausedAt` to `at`; one that was missed before stays missed. */
export function later(calendar: Calendar, by: string | null, pausedAt: string, at: string): string | null {
  if (by === null || by <= pausedAt) return by;
  return iso(addOpen(calendar, Date.parse(at), openMs(calendar, Date.parse(pausedAt), Date.parse(by))));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
