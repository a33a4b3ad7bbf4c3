// What somebody looked at long enough to mean it. Anonymous, unless they have shown who they are.
import type { FactContent } from '../../sync/contract/facts.ts';
import type { Session, View } from '../view.ts';

export const interestAfterMs = 5_000;

/** Two views with one key are one look. @returns undefined where nothing is looked at */
export function lookedAt(view: View): string | undefined {
  switch (view.kind) {
    case 'unit':
      return `unit/${view.unit}`;
    case 'buildings':
      return `project/${view.project}`;
    case 'adverse-facts':
      return `adverse/${view.project}`;
    case 'compare':
      return 'compare';
    default:
      return undefined;
  }
}

/** @returns what is to be told of a look that lasted so long */
export function interestOf(
  { view, person, shortlist }: Pick<Session, 'view' | 'person' | 'shortlist'>,
  lastedMs: number,
): Extract<FactContent, { kind: 'interest-noted' }> | undefined {
  if (lastedMs < interestAfterMs) return undefined;
  const member = person?.isProven ? person.member : null;
  const seconds = Math.round(lastedMs / 1_000);
  const noted = (
    project: Extract<FactContent, { kind: 'interest-noted' }>['body']['project'],
    what: 'project' | 'unit' | 'adverse-facts' | 'compare',
    unit: (typeof shortlist)[number]['unit'] | null,
  ) => ({ kind: 'interest-noted', body: { member, project, unit, what, seconds } }) as const;
  switch (view.kind) {
    case 'unit':
      return noted(view.project, 'unit', view.unit);
    case 'buildings':
      return noted(view.project, 'project', null);
    case 'adverse-facts':
      return noted(view.project, 'adverse-facts', null);
    case 'compare': {
      const [first] = shortlist;
      return first && noted(first.project, 'compare', null);
    }
    default:
      return undefined;
  }
}
