// The paths of the API about what was done by whom: looked through, checked, taken along.
import { type Context, Hono } from 'hono';
import { type AccountAnswers, auditFilterSchema } from '../api/account-api.ts';
import { csvLine, csvText } from '../api/csv-text.ts';
import { number, parseValue, wrongNumber } from '../api-answers.ts';
import type { Store } from '../store/store.ts';
import { actorOf, allow } from './actor.ts';
import type { Audit, AuditFilter, AuditRecord } from './audit.ts';

export interface AuditParts {
  readonly store: Store;
  readonly audit: Audit;
}

const columns = ['n', 'at', 'actor', 'what', 'about', 'detail', 'hash'] as const;

export function auditRoutes({ store, audit }: AuditParts): Hono {
  const app = new Hono();
  app.get('/audit', allow('it', 'manager'), async (context) => {
    const limit = number(context, 'limit', 200, 1_000);
    const before = number(context, 'before', Number.MAX_SAFE_INTEGER);
    if (limit === undefined || before === undefined) return wrongNumber(context);
    const filter = filterOf(context);
    if (filter instanceof Response) return filter;
    const lines = await audit.list({ ...filter, limit, before });
    return context.json({ lines } satisfies AccountAnswers['audit']);
  });
  app.get('/audit/kinds', allow('it', 'manager'), async (context) => {
    const { actors, whats } = await audit.kinds();
    return context.json({ actors: [...actors], whats: [...whats] } satisfies AccountAnswers['auditKinds']);
  });
  app.get('/audit/check', allow('it', 'manager'), async (context) => {
    const check = await audit.check();
    return context.json(
      (check.kind === 'whole'
        ? { lines: check.lines, brokenAt: null, head: check.head }
        : { lines: check.at - 1, brokenAt: check.at, head: null }) satisfies AccountAnswers['auditCheck'],
    );
  });
  app.get('/audit/export.csv', allow('it', 'manager'), async (context) => {
    const filter = filterOf(context);
    if (filter instanceof Response) return filter;
    // what was asked for may be a name: only by which columns
    const by = Object.keys(filter).join(' ');
    // before the file is made: that it was taken along stands in it
    await store.transaction((tx) => audit.note(tx, actorOf(context), 'audit-exported', null, { by }));
    return context.body(csvOf(audit.rows(filter)), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="audit.csv"',
    });
  });
  return app;
}

function filterOf(context: Context): AuditFilter | Response {
  const { actor, what, about, from, to } = context.req.query();
  // only what was asked for, so that what is noted of it holds nothing else
  const asked = Object.entries({ actor, what, about, from, to }).filter(([, value]) => (value ?? '') !== '');
  const filter = parseValue(context, auditFilterSchema, Object.fromEntries(asked));
  if (filter instanceof Response) return filter;
  const utc = (instant: string): string => new Date(instant).toISOString();
  return {
    ...filter,
    ...(filter.from === undefined ? {} : { from: utc(filter.from) }),
    ...(filter.to === undefined ? {} : { to: utc(filter.to) }),
  };
}

function csvOf(pages: AsyncGenerator<readonly AuditRecord[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(csvText([columns]))),
    pull: async (controller) => {
      const { value, done } = await pages.next();
      if (done) controller.close();
      else
        controller.enqueue(
          encoder.encode(value.map((row) => csvLine(columns.map((it) => row[it]))).join('')),
        );
    },
    cancel: async () => {
      await pages.return(undefined);
    },
  });
}
