// The slip of the screen, to be read or photographed where it is not to be had on paper.
import type { Slip, SlipLine } from '../../device/receipt-printer.ts';
import type { RuleContext } from '../rule-context.ts';
import type { Screen } from '../screen.ts';
import type { ShownPaper } from '../shown-paper.ts';

/** @returns null where no slip is told of */
export function showPaper(screen: Screen, { know, session: { view } }: RuleContext): ShownPaper | null {
  if (!('slip' in screen) || screen.slip === 'none') return null;
  const job = 'job' in view ? view.job : null;
  const slip = job && know.slips.paper(job);
  return slip ? paperOf(slip) : null;
}

export function paperOf(slip: Slip): ShownPaper {
  return slip.flatMap(lineOf);
}

/** Pictures and gaps are for paper alone. */
function lineOf(line: SlipLine): ShownPaper {
  switch (line.kind) {
    case 'title':
    case 'rule':
    case 'qr':
      return [line];
    case 'text':
      return [
        { kind: 'text', text: line.text, isBold: line.bold === true, isCentred: line.align === 'centre' },
      ];
    case 'pair':
      return [{ kind: 'pair', label: line.label, value: line.value, isBold: line.bold === true }];
    case 'space':
    case 'picture':
      return [];
  }
}
