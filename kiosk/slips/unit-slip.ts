// What the slip of a home says, and the text behind its QR code, which needs no network to be read.
import type { Slip } from '../../device/receipt-printer.ts';
import type { BuildingRow, LayoutRow, ProjectRow, StateRow, UnitRow } from '../../sync/contract/board.ts';
import { localMinute } from '../local-time.ts';
import { squareMetres, yuan } from '../money-text.ts';
import type { RuleContext } from '../rule-context.ts';
import type { Language } from '../screen.ts';
import { slipFoot, slipWords } from './slip-words.ts';

export interface UnitFacts {
  readonly project: ProjectRow;
  readonly building: BuildingRow;
  readonly unit: UnitRow;
  readonly layout: LayoutRow;
  readonly state: StateRow;
  readonly approvedAt: string | null;
}

export function unitSlip(facts: UnitFacts, context: RuleContext): Slip {
  const { project, building, unit, layout, state, approvedAt } = facts;
  const { language } = context.session;
  const words = slipWords[language];
  return [
    { kind: 'title', text: context.site.name[language] },
    { kind: 'text', text: words.unitTitle, align: 'centre', bold: true },
    { kind: 'rule' },
    { kind: 'pair', label: words.project, value: project.name[language] },
    { kind: 'pair', label: words.unit, value: `${building.name[language]} ${unit.number}`, bold: true },
    { kind: 'pair', label: words.state, value: state.name[language] },
    { kind: 'pair', label: words.layout, value: `${layout.name[language]} ${roomsText(layout, language)}` },
    { kind: 'pair', label: words.area, value: squareMetres(unit.area) },
    { kind: 'pair', label: words.facing, value: unit.facing[language] },
    { kind: 'pair', label: words.pricePerM2, value: yuan(unit.pricePerM2, language) },
    { kind: 'pair', label: words.price, value: yuan(unit.price, language), bold: true },
    { kind: 'rule' },
    { kind: 'text', text: words.adverse, bold: true },
    ...(project.adverse.length === 0
      ? [{ kind: 'text', text: words.noAdverse } as const]
      : project.adverse.map(
          ({ title, distanceM }) =>
            ({ kind: 'pair', label: title[language], value: `${distanceM} m` }) as const,
        )),
    { kind: 'rule' },
    ...(approvedAt
      ? [
          {
            kind: 'pair',
            label: words.approvedAt,
            value: localMinute(approvedAt, context.site.timeZone),
          } as const,
        ]
      : []),
    { kind: 'text', text: words.disclaimer, align: 'centre' },
    { kind: 'qr', content: unitQr(facts, context.site.timeZone, language) },
    { kind: 'text', text: words.scan, align: 'centre' },
    ...slipFoot(context),
  ];
}

export function unitQr(
  { project, building, unit, layout, state, approvedAt }: UnitFacts,
  timeZone: string,
  language: Language,
): string {
  const words = slipWords[language];
  return [
    `${project.name[language]} ${building.name[language]} ${unit.number}`,
    `${roomsText(layout, language)} ${squareMetres(unit.area)} ${unit.facing[language]}`,
    `${words.price} ${yuan(unit.price, language)} (${state.name[language]})`,
    ...(approvedAt ? [`${words.approvedAt} ${localMinute(approvedAt, timeZone)}`] : []),
    project.phone,
  ].join('\n');
}

/** `3室2厅2卫` */
export function roomsText({ bedrooms, halls, baths }: LayoutRow, language: Language): string {
  return language === 'zh'
    ? `${bedrooms}室${halls}厅${baths}卫`
    : `${bedrooms} bed ${halls} living ${baths} bath`;
}
