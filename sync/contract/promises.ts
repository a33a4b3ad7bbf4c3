// What is promised to whoever comes, and by when: reckoned the same at a terminal and at headquarters. Pure.
import * as v from 'valibot';
import { addOpen, addOpenDays, calendarSchema, isOpen, openAlways } from './calendar.ts';
import { countSchema, projectIdSchema } from './ids.ts';
import { type FlowKind, requestKinds } from './requests.ts';

export const profileTermsSchema = v.object({
  replyMin: countSchema,
  /** null = nobody comes by the clock */
  onSiteMin: v.nullable(countSchema),
  /** working days for what was written instead of said; null = as for what was said */
  messageDays: v.nullable(countSchema),
  /** the hours in which these clocks run */
  calendar: calendarSchema,
});
export type ProfileTerms = v.InferOutput<typeof profileTermsSchema>;

/** Row of dataset `library`: these terms hold for a project and a kind of request. */
export const promiseRowSchema = v.object({
  kind: v.literal('promise'),
  /** null = all projects, all kinds */
  project: v.nullable(projectIdSchema),
  request: v.nullable(v.picklist(requestKinds)),
  terms: profileTermsSchema,
});
export type PromiseRow = v.InferOutput<typeof promiseRowSchema>;

type Pair = readonly [project: string | null, request: string | null];

/** Whose terms hold: those of the first of these pairs that has any. */
export function promiseOrder(project: string | null, request: string): Pair[] {
  const pairs: Pair[] = [
    [project, request],
    [project, null],
    [null, request],
    [null, null],
  ];
  return project === null ? pairs.slice(2) : pairs;
}

export interface Asked {
  readonly request: FlowKind;
  readonly at: Date;
  /** instead of said on the telephone or tapped */
  readonly isWritten: boolean;
}
/** Until when; null = not promised. */
export interface Promised {
  readonly replyBy: Date | null;
  readonly onSiteBy: Date | null;
}

const minuteMs = 60_000;
const visited: ReadonlySet<FlowKind> = new Set(['repair', 'selfCheckRepair', 'handover']);

/** For praise nothing is promised. */
export function promised(
  { replyMin, onSiteMin, messageDays, calendar }: ProfileTerms,
  { request, at, isWritten }: Asked,
): Promised {
  if (request === 'praise') return { replyBy: null, onSiteBy: null };
  const from = at.getTime();
  const reply =
    isWritten && messageDays !== null
      ? addOpenDays(calendar, from, messageDays)
      : addOpen(calendar, from, replyMin * minuteMs);
  const comes = onSiteMin !== null && visited.has(request);
  return {
    replyBy: new Date(reply),
    onSiteBy: comes ? new Date(addOpen(calendar, from, onSiteMin * minuteMs)) : null,
  };
}

/** The same instant, or when it opens next: nobody is rung up at night. */
export function whenOpen({ calendar }: Pick<ProfileTerms, 'calendar'>, at: string): string {
  if (calendar === openAlways) return at;
  const ms = Date.parse(at);
  return new Date(isOpen(calendar, ms) ? ms : addOpen(calendar, ms, 0)).toISOString();
}
