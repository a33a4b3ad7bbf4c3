// What the slip of a shortlist says, and the text behind its QR code, which needs no network to be read.
import type { Slip } from '../../device/receipt-printer.ts';
import { localMinute } from '../local-time.ts';
import { squareMetres, yuan } from '../money-text.ts';
import type { RuleContext } from '../rule-context.ts';
import { slipFoot, slipWords } from './slip-words.ts';
import type { UnitFacts } from './unit-slip.ts';

const title = { zh: '我收藏的房源', en: 'Homes that I keep in mind' } as const;
/** more does not fit a code that a telephone reads from a screen */
const unitsInCode = 8;

export function shortlistSlip(facts: readonly UnitFacts[], context: RuleContext): Slip {
  const { language } = context.session;
  const words = slipWords[language];
  return [
    { kind: 'title', text: context.site.name[language] },
    { kind: 'text', text: title[language], align: 'centre', bold: true },
    { kind: 'rule' },
    ...facts.flatMap(({ project, building, unit, state }) => [
      {
        kind: 'text',
        text: `${project.name[language]} ${building.name[language]} ${unit.number}`,
        bold: true,
      } as const,
      {
        kind: 'pair',
        label: `${squareMetres(unit.area)} ${state.name[language]}`,
        value: yuan(unit.price, language),
      } as const,
    ]),
    { kind: 'rule' },
    { kind: 'text', text: words.disclaimer, align: 'centre' },
    { kind: 'qr', content: shortlistQr(facts, context) },
    { kind: 'text', text: words.scan, align: 'centre' },
    ...slipFoot(context),
  ];
}

export function shortlistQr(facts: readonly UnitFacts[], context: RuleContext): string {
  const { language } = context.session;
  const approvedAt = facts[0]?.approvedAt;
  return [
    title[language],
    ...facts
      .slice(0, unitsInCode)
      .map(
        ({ project, building, unit }) =>
          `${project.name[language]} ${building.name[language]} ${unit.number} ${squareMetres(unit.area)} ${yuan(unit.price, language)}`,
      ),
    ...(facts.length > unitsInCode ? [`… ${facts.length}`] : []),
    ...(approvedAt
      ? [`${slipWords[language].approvedAt} ${localMinute(approvedAt, context.site.timeZone)}`]
      : []),
  ].join('\n');
}
