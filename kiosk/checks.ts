// What this terminal found when it looked at itself, line by line: what is amiss first, each with what to do about it.
import type { Check } from '../sync/contract/diagnosis.ts';
import { checkCodeWords, checkNameWords, figureWords, otherCode } from './check-words.ts';
import { deviceFault } from './fault-table.ts';
import type { InspectionReport } from './inspection.ts';
import type { Language, ScreenOf } from './screen.ts';

export type CheckRow = NonNullable<ScreenOf<'maintenance'>['checks']>['rows'][number];

const states = { ok: 'fine', care: 'care', bad: 'bad', unknown: 'unsure' } as const;
const rank = { bad: 0, care: 1, unsure: 2, fine: 3 } as const;

/** @param inspection of what is plugged in, whose findings stand for themselves */
export function checkRows(
  checks: readonly Check[],
  inspection: InspectionReport | null,
  language: Language,
): CheckRow[] {
  const findings = inspection?.findings ?? [];
  const rows = checks
    .filter(({ check }) => check !== 'attached-devices' || findings.length === 0)
    .flatMap((check) => rowOf(check, language));
  const plugged = findings.map(
    ({ what, doThis }): CheckRow => ({ code: 'attached-devices', state: 'care', what, doThis }),
  );
  return [...rows, ...plugged].sort((a, b) => rank[a.state] - rank[b.state]);
}

/** What this terminal does not have is not told. */
function rowOf({ check, state, code, values }: Check, language: Language): CheckRow[] {
  if (state === 'none') return [];
  const at = language === 'zh' ? 0 : 1;
  const figure = figureWords[check]?.(values)?.[at] ?? '';
  const what = [checkNameWords[check][at], figure].filter(Boolean).join(' · ');
  return [
    {
      code: code ?? check,
      state: states[state],
      what,
      doThis: code === null ? null : remedy(code, language),
    },
  ];
}

function remedy(code: string, language: Language): string {
  const words = checkCodeWords[code];
  if (words) return words[language === 'zh' ? 0 : 1];
  return deviceFault(code)?.staff[language] ?? otherCode[language === 'zh' ? 0 : 1];
}
