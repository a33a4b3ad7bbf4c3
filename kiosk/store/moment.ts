// How long ago something was, whatever the calendar did meanwhile (rule CK5): a slip does not grow old, nor a lock run out, because a clock was set.
import type { TerminalClock } from '../../sync/terminal-clock.ts';

/** When something was done, by all clocks of the machine. */
export interface Moment {
  readonly wallMs: number;
  /** null = an older version did not keep it */
  readonly boot: string | null;
  /** since that boot */
  readonly monoMs: number;
}

/** Of another boot only the calendar tells, and that it was before this one. */
export function msSince({ wallMs, boot, monoMs }: Moment, clock: TerminalClock): number {
  if (boot === clock.boot) return clock.monoMs() - monoMs;
  const byCalendarMs = clock.now().getTime() - wallMs;
  return boot === null ? byCalendarMs : Math.max(clock.monoMs(), byCalendarMs);
}
