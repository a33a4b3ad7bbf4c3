// The paths of the month's report, of rectification tasks and of the daily digest.
import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import { actorOf, allow } from '../accounts/actor.ts';
import {
  monthSchema,
  raiseBodySchema,
  rectificationNoteSchema,
  type reportAnswers,
} from '../api/report-api.ts';
import { fail, parseBody } from '../api-answers.ts';
import type { DailyDigest } from './daily-digest.ts';
import { digestText } from './digest-text.ts';
import type { MonthReports } from './month-report.ts';
import type { Rectifications } from './rectifications.ts';
import { reportCsv } from './report-csv.ts';

export interface ReportApiParts {
  readonly reports: MonthReports;
  readonly rectifications: Rectifications;
  readonly digest: DailyDigest;
}
type ReportAnswer<K extends keyof typeof reportAnswers> = v.InferOutput<(typeof reportAnswers)[K]>;

/** One that the calendar has: not 30 February. */
const daySchema = v.pipe(
  v.string(),
  v.regex(/^20\d\d-\d\d-\d\d$/),
  v.check((day) => {
    const at = new Date(`${day}T00:00:00.000Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
  }),
);
const readers = ['executive', 'manager', 'service-desk'] as const;

export function reportRoutes(app: Hono, { reports, rectifications, digest }: ReportApiParts): void {
  app.get('/reports/month', allow(...readers), async (context) => {
    const asked = await askedMonth(context, reports);
    if (asked instanceof Response) return asked;
    return context.json((await reports.report(asked.month, asked.region)) satisfies ReportAnswer<'month'>);
  });
  app.get('/reports/month.csv', allow(...readers), async (context) => {
    const asked = await askedMonth(context, reports);
    if (asked instanceof Response) return asked;
    const csv = reportCsv(await reports.report(asked.month, asked.region));
    return context.body(csv, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="report-${asked.month}.csv"`,
    });
  });
  rectificationRoutes(app, rectifications, () => reports.lastMonth());
  app.get('/digest', allow('executive', 'manager'), async (context) => {
    const day = v.safeParse(v.optional(daySchema), context.req.query('day'));
    if (!day.success) return fail(context, 400, 'wrong-day', 'day must be YYYY-MM-DD.');
    const found = await digest.of(day.output ?? digest.yesterday());
    return context.json({ digest: found, ...digestText(found) } satisfies ReportAnswer<'digest'>);
  });
}

function rectificationRoutes(app: Hono, rectifications: Rectifications, lastMonth: () => string): void {
  app.get('/rectifications', allow(...readers), async (context) => {
    const month = v.safeParse(v.optional(monthSchema), context.req.query('month'));
    if (!month.success) return wrongMonth(context);
    const items = await rectifications.list(month.output);
    return context.json({ rectifications: items } satisfies ReportAnswer<'rectifications'>);
  });
  app.post('/rectifications', allow('executive', 'manager'), async (context) => {
    const body = await parseBody(context, raiseBodySchema);
    if (body instanceof Response) return body;
    const { month, only } = body;
    // its figures still change, and a task is raised once
    if (month > lastMonth()) return fail(context, 409, 'month-running', 'This month is not over yet.');
    const { account } = actorOf(context);
    const outcome = only ? await rectifications.order({ month, ...only }, account) : 'raised';
    if (outcome !== 'raised')
      return fail(context, outcome === 'raised-already' ? 409 : 400, outcome, refusals[outcome]);
    if (!only) await rectifications.raise(month, account);
    const items = await rectifications.list(month);
    return context.json({ rectifications: items } satisfies ReportAnswer<'rectifications'>);
  });
  app.post('/rectifications/:id/note', allow('executive', 'manager'), async (context) => {
    const body = await parseBody(context, rectificationNoteSchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const outcome = await rectifications.note(id, body.what, body.text, actorOf(context).account);
    switch (outcome) {
      case 'unknown-rectification':
        return fail(context, 404, outcome, 'There is no rectification task with this id.');
      case 'filed-already':
        return fail(context, 409, outcome, 'It is on file: nothing can be added.');
      case 'not-answered':
        return fail(context, 409, outcome, 'The region has not answered yet: it cannot be put on file.');
      case 'noted': {
        const item = await rectifications.get(id);
        if (!item) return fail(context, 404, 'unknown-rectification', 'It is gone.');
        return context.json(item satisfies ReportAnswer<'rectification'>);
      }
    }
  });
}

const refusals = {
  'raised-already': 'There is a task of this region and figure for this month.',
  'unknown-region': 'There is no such region.',
  'unknown-metric': 'There is no such figure.',
  'nothing-counted': 'Nothing was counted there in this month.',
} as const;

async function askedMonth(
  context: Context,
  reports: MonthReports,
): Promise<{ readonly month: string; readonly region: string | null } | Response> {
  const month = v.safeParse(v.optional(monthSchema, reports.lastMonth()), context.req.query('month'));
  if (!month.success) return wrongMonth(context);
  const region = context.req.query('region') ?? '';
  if (region === '') return { month: month.output, region: null };
  if (!(await reports.isRegion(region)))
    return fail(context, 404, 'unknown-region', refusals['unknown-region']);
  return { month: month.output, region };
}

function wrongMonth(context: Context): Response {
  return fail(context, 400, 'wrong-month', 'month must be YYYY-MM.');
}
