// The paths of the API for events and lists: define, look, put on lists, import and export.
import { type Context, Hono } from 'hono';
import { stream } from 'hono/streaming';
import * as v from 'valibot';
import { daySchema } from '../../contract/ids.ts';
import { actorOf, allow } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import {
  type ActivityAnswers,
  type ActivityFault,
  activityFaults,
  copyBodySchema,
  eventBodySchema,
  type ImportLine,
  importBodySchema,
  listKinds,
  ndjson,
  placeBodySchema,
  sessionBodySchema,
} from '../api/activity-api.ts';
import { fail, number, parseBody, wrongNumber } from '../api-answers.ts';
import type { Store } from '../store/store.ts';
import type { Activities } from './activities.ts';
import type { ActivityChanges } from './activity-changes.ts';
import type { ActivityDesk } from './activity-desk.ts';
import { attendanceCsv } from './attendance-csv.ts';
import { type ListWish, listCsv, type MemberLists } from './member-lists.ts';
import type { ImportWish, RosterImport } from './roster-import.ts';
import { RosterLooks } from './roster-looks.ts';
import { rosterCsv } from './roster-sheet.ts';

export interface ActivityRouteParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly activities: Activities;
  readonly activityChanges: ActivityChanges;
  readonly activityDesk: ActivityDesk;
  readonly rosterImport: RosterImport;
  readonly memberLists: MemberLists;
  /** the day in headquarters' own zone, `YYYY-MM-DD` */
  readonly today: () => string;
}

const club = allow('club');
const readers = allow('club', 'manager', 'executive');

export function activityRoutes(parts: ActivityRouteParts): Hono {
  const app = new Hono();
  defineRoutes(app, parts);
  changeRoutes(app, parts);
  rosterRoutes(app, parts);
  listRoutes(app, parts);
  return app;
}

function defineRoutes(app: Hono, { activities, activityDesk }: ActivityRouteParts): void {
  app.get('/activities', readers, async (context) =>
    context.json(
      (await activityDesk.activities(
        context.req.query('past') === 'true',
      )) satisfies ActivityAnswers['activities'],
    ),
  );
  app.get('/activities/attendance.csv', readers, async (context) =>
    file(context, attendanceCsv(await activityDesk.activities(true))),
  );
  app.post('/activities', club, async (context) => {
    const body = await parseBody(context, eventBodySchema);
    if (body instanceof Response) return body;
    const made = await activities.defineEvent(actorOf(context), body);
    return typeof made === 'string'
      ? refuse(context, made)
      : context.json(made satisfies ActivityAnswers['made']);
  });
  app.post('/activities/:event/sessions', club, async (context) => {
    const body = await parseBody(context, sessionBodySchema);
    if (body instanceof Response) return body;
    const made = await activities.defineSession(actorOf(context), context.req.param('event'), body);
    return typeof made === 'string'
      ? refuse(context, made)
      : context.json(made satisfies ActivityAnswers['made']);
  });
}

function changeRoutes(app: Hono, { activityChanges }: ActivityRouteParts): void {
  app.post('/activities/:event/copy', club, async (context) => {
    const body = await parseBody(context, copyBodySchema);
    if (body instanceof Response) return body;
    const made = await activityChanges.copy(actorOf(context), context.req.param('event'), body.days);
    return typeof made === 'string'
      ? refuse(context, made)
      : context.json(made satisfies ActivityAnswers['made']);
  });
  app.post('/activities/:event/remove', club, async (context) => {
    const gone = await activityChanges.remove(actorOf(context), context.req.param('event'));
    return typeof gone === 'string'
      ? refuse(context, gone)
      : context.json(gone satisfies ActivityAnswers['made']);
  });
  app.post('/activities/sessions/:id/cancel', club, async (context) => {
    const done = await activityChanges.cancel(actorOf(context), context.req.param('id'));
    return typeof done === 'string'
      ? refuse(context, done)
      : context.json(done satisfies ActivityAnswers['cancelled']);
  });
}

function rosterRoutes(app: Hono, parts: ActivityRouteParts): void {
  const { activities, activityDesk, rosterImport } = parts;
  const looks = new RosterLooks(parts.store, parts.audit);
  const path = '/activities/sessions/:id';
  app.get(`${path}/roster`, club, async (context) => {
    const id = context.req.param('id');
    const roster = await activityDesk.roster(id);
    if (!roster) return refuse(context, 'unknown-session');
    await looks.note(actorOf(context), id, roster.length);
    const doubles = await activityDesk.doubles(id);
    return context.json({ roster, doubles } satisfies ActivityAnswers['roster']);
  });
  app.get(`${path}/roster.csv`, club, async (context) => {
    const id = context.req.param('id');
    const roster = await activityDesk.roster(id);
    if (!roster) return refuse(context, 'unknown-session');
    await parts.store.transaction((tx) =>
      parts.audit.note(tx, actorOf(context), 'roster-exported', id, { members: roster.length }),
    );
    return file(context, rosterCsv(roster));
  });
  app.post(`${path}/places`, club, async (context) => {
    const body = await parseBody(context, placeBodySchema);
    if (body instanceof Response) return body;
    const placed = await activities.place(actorOf(context), context.req.param('id'), body);
    return typeof placed === 'string'
      ? refuse(context, placed)
      : context.json(placed satisfies ActivityAnswers['place']);
  });
  app.post(`${path}/import`, club, async (context) => {
    const body = await parseBody(context, importBodySchema);
    if (body instanceof Response) return body;
    const actor = actorOf(context);
    const wish = { ...body, session: context.req.param('id') };
    if (context.req.header('accept') === ndjson) {
      return told(context, (onProgress) => rosterImport.import(actor, { ...wish, onProgress }));
    }
    const done = await rosterImport.import(actor, wish);
    return typeof done === 'string'
      ? refuse(context, done)
      : context.json(done satisfies ActivityAnswers['imported']);
  });
}

/** Says how far it is while it works; a fault ends the answer in the midst, which is one for who reads it too. */
function told(
  context: Context,
  work: (onProgress: NonNullable<ImportWish['onProgress']>) => ReturnType<RosterImport['import']>,
): Response {
  context.header('Content-Type', ndjson);
  return stream(context, async (out) => {
    const say = (line: ImportLine) => out.write(`${JSON.stringify(line)}\n`);
    const done = await work((rows, of) => void say({ kind: 'progress', done: rows, of }));
    await say(typeof done === 'string' ? { kind: 'refused', code: done } : { kind: 'done', ...done });
  });
}

function listRoutes(app: Hono, { memberLists, today }: ActivityRouteParts): void {
  const wishOf = (context: Context, kind: string): ListWish | Response => {
    const known = v.safeParse(v.picklist(listKinds), kind);
    if (!known.success) return fail(context, 404, 'unknown-list', 'There is no such list.');
    const least = number(context, 'least', 1);
    if (least === undefined) return wrongNumber(context);
    const from = v.safeParse(daySchema, context.req.query('from') ?? today());
    if (!from.success) return fail(context, 400, 'wrong-day', 'from must be a day such as 2026-11-22.');
    return { kind: known.output, level: context.req.query('level') || undefined, least, from: from.output };
  };
  app.get('/lists/:kind{[a-z]+\\.csv}', club, async (context) => {
    const wish = wishOf(context, context.req.param('kind').replace('.csv', ''));
    if (wish instanceof Response) return wish;
    const { lines } = await memberLists.list(actorOf(context), wish, 'list-exported');
    return file(context, listCsv(lines));
  });
  app.get('/lists/:kind', club, async (context) => {
    const wish = wishOf(context, context.req.param('kind'));
    if (wish instanceof Response) return wish;
    const limit = number(context, 'limit', 1_000, 5_000);
    if (limit === undefined) return wrongNumber(context);
    const list = await memberLists.list(actorOf(context), wish, 'list-viewed', limit);
    return context.json(list satisfies ActivityAnswers['list']);
  });
}

function file(context: Context, csv: string): Response {
  return context.body(csv, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment',
  });
}

function refuse(context: Context, code: ActivityFault): Response {
  const isUnknown = code.startsWith('unknown-');
  return fail(context, isUnknown ? 404 : code.startsWith('csv-') ? 400 : 409, code, activityFaults[code]);
}
