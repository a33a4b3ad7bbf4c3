// The paths of members: their cards, pairs that may be one person, consent, staff cards, joining by the web.
import { type Context, Hono } from 'hono';
import { boardKeys } from '../../contract/board.ts';
import { actorOf, allow } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import {
  cardActBodySchema,
  consentBodySchema,
  endStaffBodySchema,
  issueBodySchema,
  type MemberAnswers,
  type MemberFault,
  type MemberView,
  memberFaults,
  staffBodySchema,
  verdictBodySchema,
  webCodeBodySchema,
  webImportBodySchema,
  webJoinBodySchema,
} from '../api/member-api.ts';
import { fail, number, parseBody, wrongNumber } from '../api-answers.ts';
import type { Publication } from '../publication.ts';
import type { Store } from '../store/store.ts';
import type { Consent } from './consent.ts';
import type { MemberDesk } from './member-desk.ts';
import type { PhoneCodes } from './phone-codes.ts';
import type { Suspicions } from './suspicions.ts';
import type { WebJoining } from './web-joining.ts';

export interface MemberRouteParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly audit: Audit;
  readonly memberDesk: MemberDesk;
  readonly suspicions: Suspicions;
  readonly consent: Consent;
  readonly codes: PhoneCodes;
  readonly webJoining: WebJoining;
}

/** Who finds people may see their cards; who has one replaced or two merged is the desk or the club. */
const readers = allow('club', 'service-desk', 'sales', 'manager');
const desk = allow('club', 'service-desk');
const club = allow('club');

export function memberRoutes(parts: MemberRouteParts): Hono {
  const app = new Hono();
  cardRoutes(app, parts);
  pairRoutes(app, parts);
  consentRoutes(app, parts);
  staffRoutes(app, parts);
  webRoutes(app, parts);
  return app;
}

function cardRoutes(app: Hono, { memberDesk }: MemberRouteParts): void {
  const answer = (context: Context, view: MemberView | MemberFault | undefined): Response => {
    if (view === undefined) return refuse(context, 'unknown-member');
    return typeof view === 'string'
      ? refuse(context, view)
      : context.json(view satisfies MemberAnswers['member']);
  };
  app.get('/club/members/:id', readers, async (context) =>
    answer(context, await memberDesk.open(actorOf(context), context.req.param('id'))),
  );
  app.post('/club/members/:id/cards', desk, async (context) => {
    const body = await parseBody(context, cardActBodySchema);
    if (body instanceof Response) return body;
    return answer(context, await memberDesk.act(actorOf(context), context.req.param('id'), body));
  });
  app.post('/club/members/:id/cards/issue', desk, async (context) => {
    const body = await parseBody(context, issueBodySchema);
    if (body instanceof Response) return body;
    return answer(context, await memberDesk.issue(actorOf(context), context.req.param('id'), body));
  });
}

function pairRoutes(app: Hono, { memberDesk, suspicions, store }: MemberRouteParts): void {
  app.get('/club/pairs', desk, async (context) => {
    const limit = number(context, 'limit', 200, 1_000);
    if (limit === undefined) return wrongNumber(context);
    const pairs = await memberDesk.pairs(context.req.query('open') !== 'false', limit);
    const open = await suspicions.openCount(store.db);
    return context.json({ pairs, open } satisfies MemberAnswers['pairs']);
  });
  app.get('/club/pairs/:a/:b', desk, async (context) => {
    const { a, b } = context.req.param();
    const pair = await memberDesk.openPair(actorOf(context), a, b);
    return pair ? context.json(pair satisfies MemberAnswers['pair']) : refuse(context, 'unknown-pair');
  });
  app.post('/club/pairs', desk, async (context) => {
    const body = await parseBody(context, verdictBodySchema);
    if (body instanceof Response) return body;
    const done = await memberDesk.decide(actorOf(context), body);
    return typeof done === 'string'
      ? refuse(context, done)
      : context.json(done satisfies MemberAnswers['decided']);
  });
}

function consentRoutes(app: Hono, { consent, store, publication, audit }: MemberRouteParts): void {
  const answer = async (context: Context): Promise<Response> => {
    const consents = await consent.list(store.db);
    return context.json({
      consents: consents.map(({ version, text, publishedAt }) => ({ version, text, publishedAt })),
    } satisfies MemberAnswers['consents']);
  };
  app.get('/club/consents', readers, answer);
  app.post('/club/consents', club, async (context) => {
    const body = await parseBody(context, consentBodySchema);
    if (body instanceof Response) return body;
    await store.transaction(async (tx) => {
      const { version, change } = await consent.add(tx, body);
      await audit.note(tx, actorOf(context), 'consent-published', null, { version });
      await publication.publish(tx, [change]);
    });
    return await answer(context);
  });
}

function staffRoutes(app: Hono, { memberDesk, store }: MemberRouteParts): void {
  const answer = async (context: Context): Promise<Response> => {
    const rows = await store.db
      .selectFrom('dataset_row')
      .select('body')
      .where('dataset', '=', 'board')
      .where('key', '>=', boardKeys.project(''))
      .where('key', '<', boardKeys.project('\u{10ffff}'))
      .where('body', 'is not', null)
      .orderBy('key')
      .execute();
    const projects = rows.map(({ body }) => JSON.parse(String(body)) as ProjectName);
    return context.json({
      staff: await memberDesk.staff(),
      projects: projects.map(({ id, name }) => ({ id, name })),
    } satisfies MemberAnswers['staff']);
  };
  const keepers = allow('club', 'manager');
  app.get('/club/staff', keepers, answer);
  app.post('/club/staff', keepers, async (context) => {
    const body = await parseBody(context, staffBodySchema);
    if (body instanceof Response) return body;
    const fault = await memberDesk.giveStaff(actorOf(context), body);
    return fault ? refuse(context, fault) : await answer(context);
  });
  app.post('/club/staff/end', keepers, async (context) => {
    const body = await parseBody(context, endStaffBodySchema);
    if (body instanceof Response) return body;
    const fault = await memberDesk.endStaff(actorOf(context), body.card);
    return fault ? refuse(context, fault) : await answer(context);
  });
}

interface ProjectName {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
}

function webRoutes(app: Hono, { webJoining, codes }: MemberRouteParts): void {
  app.post('/club/web/code', club, async (context) => {
    const body = await parseBody(context, webCodeBodySchema);
    if (body instanceof Response) return body;
    return context.json((await codes.send(body.phone)) satisfies MemberAnswers['code']);
  });
  app.post('/club/web/join', club, async (context) => {
    const body = await parseBody(context, webJoinBodySchema);
    if (body instanceof Response) return body;
    const done = await webJoining.join(actorOf(context), body);
    if (typeof done === 'string') return refuse(context, done);
    if ('member' in done) return context.json(done satisfies MemberAnswers['joined']);
    const { fault: code, known } = done;
    return context.json({ error: { code, message: memberFaults[code] }, known }, 409);
  });
  app.post('/club/web/import', club, async (context) => {
    const body = await parseBody(context, webImportBodySchema);
    if (body instanceof Response) return body;
    const done = await webJoining.import(actorOf(context), body.csv, body.consent);
    if (typeof done === 'string') return refuse(context, done);
    const { joined, faults } = done;
    return context.json({ joined, faults: [...faults] } satisfies MemberAnswers['imported']);
  });
}

function refuse(context: Context, code: MemberFault): Response {
  const status = code.startsWith('unknown-') ? 404 : code.startsWith('csv-') ? 400 : 409;
  return fail(context, status, code, memberFaults[code]);
}
