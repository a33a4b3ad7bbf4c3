// The month's report as a table: one line for each figure, so that any spreadsheet can group it.
import { csvText } from '../api/csv-text.ts';
import type { MonthReport, ReportLine } from '../api/report-api.ts';
import { share } from './share.ts';

const columns = [
  'month',
  'scope',
  'key',
  'name',
  'metric',
  'metric_name',
  'part',
  'whole',
  'share',
  'before_share',
  'year_ago_share',
  'change_on_month',
  'change_on_year',
] as const;

/** UTF-8 with a byte order mark, as spreadsheets want it; shares in 1/10,000, empty where nothing was counted. */
export function reportCsv(report: MonthReport): string {
  const scopes: readonly (readonly [string, readonly ReportLine[]])[] = [
    ['total', [report.total]],
    ['region', report.regions],
    ['project', report.projects],
    ['port', report.ports],
    ['supplier', report.suppliers],
  ];
  const figures = scopes.flatMap(([scope, lines]) =>
    lines.flatMap((line) =>
      report.metrics.map(({ code, name }) => {
        const figure = line.figures[code];
        const [now, before, yearAgo] = [share(figure?.now), share(figure?.before), share(figure?.yearAgo)];
        const change = (from: number | null) => (now === null || from === null ? '' : now - from);
        return [
          report.month,
          scope,
          line.key,
          line.name.zh,
          code,
          name.zh,
          figure?.now.part ?? 0,
          figure?.now.whole ?? 0,
          now ?? '',
          before ?? '',
          yearAgo ?? '',
          change(before),
          change(yearAgo),
        ];
      }),
    ),
  );
  const others = [
    ...report.structure.map(({ cause, name, ...counts }) => ['structure', cause, name.zh, counts] as const),
    ...report.productFocus.map(({ rank, name, ...counts }) => ['product', rank, name.zh, counts] as const),
    ...report.serviceFocus.map(({ rank, name, ...counts }) => ['service', rank, name.zh, counts] as const),
    ...report.supplierTasks.map(
      ({ supplier, ...counts }) => ['supplier-tasks', supplier, supplier, counts] as const,
    ),
  ].map(([scope, key, name, { now, before, yearAgo }]) => [
    report.month,
    scope,
    key,
    name,
    'tasks',
    '任务数',
    now,
    '',
    '',
    '',
    '',
    now - before,
    now - yearAgo,
  ]);
  return csvText([columns, ...figures, ...others]);
}
