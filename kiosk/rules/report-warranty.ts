// Whether a repair is warranty or paid work: by element and the day of hand-over, told before it is submitted.
import type { ElementRow, PlaceRow, ProblemRow } from '../../sync/contract/library.ts';
import type { Home } from '../../sync/contract/members.ts';
import { localDate } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';

export interface Warranty {
  readonly isCovered: boolean;
  /** last day, `YYYY-MM-DD` */
  readonly until: string;
}

/** @returns undefined for what all owners share: nobody is charged for it alone */
export function warrantyOf(
  about: {
    readonly home: Home;
    readonly place: PlaceRow;
    /** the leaf */
    readonly element: ElementRow;
    readonly problem: ProblemRow;
  },
  { know, now, site }: Pick<RuleContext, 'know' | 'now' | 'site'>,
): Warranty | undefined {
  if (about.place.scope === 'public') return undefined;
  const { handedOverOn, warrantyUntil } = about.home;
  const months = about.problem.warrantyMonths ?? monthsOf(about.element, know.service.elements());
  const until = handedOverOn && months !== null ? monthsAfter(handedOverOn, months) : warrantyUntil;
  return { isCovered: localDate(now, site.timeZone) <= until, until };
}

function monthsOf(element: ElementRow, all: readonly ElementRow[]): number | null {
  // a tree is never this deep; a library that names a circle must not hang us
  let at: ElementRow | undefined = element;
  for (let depth = 0; at && depth < 20; depth += 1) {
    if (at.warrantyMonths !== undefined && at.warrantyMonths !== null) return at.warrantyMonths;
    const { parent }: ElementRow = at;
    at = all.find(({ id }) => id === parent);
  }
  return null;
}

/** The same day of the month, or its last one: 2026-01-31 and one month is 2026-02-28. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
