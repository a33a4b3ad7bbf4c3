// What the leader does for reports by itself: the digest at 8:00, and rectification tasks once a month is over.
import type { Log } from '../log.ts';
import { type Duty, repeated } from '../workers/leader-duties.ts';
import type { DailyDigest } from './daily-digest.ts';
import type { MonthReports } from './month-report.ts';
import type { Rectifications } from './rectifications.ts';

interface ReportParts {
  readonly digest: DailyDigest;
  readonly reports: MonthReports;
  readonly rectifications: Rectifications;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

export function reportDuties(parts: ReportParts, log: Log): Duty[] {
  const guarded = (event: string, work: () => Promise<unknown>) => async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      log.error({ event, error: name }, 'the store did not answer; tried again soon');
    }
  };
  let raised = '';
  const raiseOnce = async (): Promise<void> => {
    const month = parts.reports.lastMonth();
    if (raised === month) return;
    await parts.rectifications.raise(month, 'clock');
    raised = month;
  };
  return [
    repeated(
      minuteMs,
      guarded('digest-not-told', () => parts.digest.tellWhenDue()),
    ),
    repeated(hourMs, guarded('rectifications-not-raised', raiseOnce)),
  ];
}
