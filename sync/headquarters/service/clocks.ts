// What a pause does to the clocks of a request: what was left when they stood still is left again. Pure.
import { addOpen, type Calendar, openMs } from '../../contract/calendar.ts';
import type { Tables } from '../store/tables.ts';

type RequestRecord = Tables['request'];
export type PausedClocks = Pick<
  RequestRecord,
  'paused_at' | 'paused_ms' | 'reply_by' | 'on_site_by' | 'replied_at' | 'on_site_at'
>;

export interface ResumedClocks {
  readonly replyBy: string | null;
  readonly onSiteBy: string | null;
  readonly pausedMs: number;
}

/** The clocks when they go on at `at`. */
export function resumed(calendar: Calendar, record: PausedClocks, at: string): ResumedClocks {
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
  return new Date(
    addOpen(calendar, Date.parse(at), openMs(calendar, Date.parse(pausedAt), Date.parse(by))),
  ).toISOString();
}
