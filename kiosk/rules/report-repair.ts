// A classified report is submitted: one task with its port, clocks, and who pays.
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import { resolveReport } from './report.ts';
import { fileRequest } from './report-filing.ts';

/** The owner says yes. A home that is not theirs, or rows that a new library no longer has, are refused. */
export function decideSubmit(context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  const owner = person && context.know.club.member(person.member);
  if (view.kind !== 'report-review' || !owner || !person.isProven) return undefined;
  const report = resolveReport(view.draft, view.description, owner, context);
  if (!report) {
    const isTheirs = owner.homes.some(({ unit }) => unit === view.draft.home);
    return {
      view: { kind: 'card-problem', purpose: 'report', reason: isTheirs ? 'no-library' : 'no-home' },
    };
  }
  const { home, place, element, problem, phrase, text, label, warranty, promised } = report;
  return fileRequest(
    {
      request: 'repair',
      member: owner.id,
      unit: home.unit,
      project: home.project,
      tasks: [
        {
          place: place.id,
          element: element.id,
          problem: problem.id,
          phrase,
          text,
          port: problem.port,
          label,
        },
      ],
      label,
      port: problem.port,
      ownWords: text,
      ...promised,
      cost: warranty && (warranty.isCovered ? 'warranty' : 'paid'),
      mayAddPhotos: true,
    },
    context,
  );
}
