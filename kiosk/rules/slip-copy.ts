// A slip that may be on paper, printed once more: marked as a copy, in place of the first.
import type { FactId } from '../../sync/contract/ids.ts';
import type { Recording } from '../decision.ts';
import type { UnsettledSlip } from '../knowledge.ts';
import type { RuleContext } from '../rule-context.ts';
import { copyMark } from '../slips/slip-words.ts';

/** @param job identity of the new print job */
export function recordCopy(
  slip: UnsettledSlip,
  job: FactId,
  { session: { language } }: RuleContext,
): Recording {
  const copy = slip.copy + 1;
  const marks = (['zh', 'en'] as const).flatMap((each) => copyMark(slip.copy, each));
  const [title, ...rest] = slip.lines.filter(
    (line) => !marks.some((mark) => JSON.stringify(mark) === JSON.stringify(line)),
  );
  return {
    fact: { kind: 'slip-copied', body: { job, slip: slip.slip, copy } },
    effects: [
      {
        kind: 'queue-slip',
        job,
        slip: slip.slip,
        lines: [...(title ? [title] : []), ...copyMark(copy, language), ...rest],
        copy,
        subject: slip.subject,
      },
    ],
  };
}
