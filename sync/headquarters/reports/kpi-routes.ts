// The paths of the month's KPI, for the console and for personnel systems.
import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import { allow } from '../accounts/actor.ts';
import { csvText } from '../api/csv-text.ts';
import type { KpiReport } from '../api/kpi-api.ts';
import { monthSchema } from '../api/report-api.ts';
import { fail } from '../api-answers.ts';
import type { Kpi } from './kpi.ts';
import { share } from './share.ts';

const readers = ['manager', 'executive'] as const;

export function kpiRoutes(app: Hono, { kpi }: { readonly kpi: Kpi }): void {
  const read = async (context: Context, answer: (report: KpiReport) => Response): Promise<Response> => {
    const month = v.safeParse(v.optional(monthSchema, kpi.lastMonth()), context.req.query('month'));
    if (!month.success) return fail(context, 400, 'wrong-month', 'month must be YYYY-MM.');
    return answer(await kpi.of(month.output));
  };
  app.get('/kpi', allow(...readers), (context) => read(context, (report) => context.json(report)));
  app.get('/kpi.csv', allow(...readers), (context) =>
    read(context, (report) =>
      context.body(kpiCsv(report), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="kpi-${report.month}.csv"`,
      }),
    ),
  );
}

/** One line for each figure; shares in 1/10,000, empty where nothing was counted. */
export function kpiCsv({ month, figures, lines }: KpiReport): string {
  const rows = lines.flatMap(({ scope, key, name, inTime, solvedFirst, satisfied, firstLine }) => {
    const of = { 'in-time': inTime, 'solved-first': solvedFirst, satisfied, 'first-line': firstLine };
    return figures.flatMap(({ code, name: figureName }) => {
      const figure = of[code];
      if (!figure) return [];
      const { part, whole } = figure;
      return [[month, scope, key, name.zh, code, figureName.zh, part, whole, share(figure) ?? '']];
    });
  });
  const columns = ['month', 'scope', 'key', 'name', 'figure', 'figure_name', 'part', 'whole', 'share'];
  return csvText([columns, ...rows]);
}
