// The paths of the API for events and lists: define, look, put on lists, import and export.
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { daySchema } from '../../contract/ids.ts';
import { actorOf, allow } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import {
  type ActivityAnswers,
  type ActivityFault,
  activityFaults,
  eventBodySchema,
  importBodySchema,
  listKinds,
  placeBodySchema,
  sessionBodySchema,
} from '../api/activity-api.ts';
import { fail, number, parseBody, wrongNumber } from '../api-answers.ts';
import type { Store } from '../store/store.ts';
import type { Activities } from './activities.ts';
import type { ActivityDesk } from './activity-desk.ts';
import { type ListWish, listCsv, type MemberLists } from './member-lists.ts';
import { type RosterImport, rosterCsv } from './roster-import.ts';

export interface ActivityRouteParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly activities: Activities;
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
  rosterRoutes(app, parts);
  listRoutes(app, parts);
  return app;
}

function defineRoutes(app: Hono, { activities, activityDesk }: ActivityRouteParts): void {
  app.get('/activities', readers, async (context) =>
    context.json((await activityDesk.activities()) satisfies ActivityAnswers['activities']),
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

function rosterRoutes(app: Hono, parts: ActivityRouteParts): void {
  const { activities, activityDesk, rosterImport } = parts;
  const path = '/activities/sessions/:id';
  app.get(`${path}/roster`, club, async (context) => {
    const id = context.req.param('id');
    const roster = await activityDesk.roster(id);
    if (!roster) return refuse(context, 'unknown-session');
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
    const id = context.req.param('id');
    const done = await rosterImport.import(actorOf(context), id, body.csv, body.mayWait);
    return typeof done === 'string'
      ? refuse(context, done)
      : context.json(done satisfies ActivityAnswers['imported']);
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
    return file(context, listCsv(await memberLists.list(actorOf(context), wish, true)));
  });
  app.get('/lists/:kind', club, async (context) => {
    const wish = wishOf(context, context.req.param('kind'));
    if (wish instanceof Response) return wish;
    const lines = await memberLists.list(actorOf(context), wish, false);
    return context.json({ lines } satisfies ActivityAnswers['list']);
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
