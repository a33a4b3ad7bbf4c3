// The paths of the API for the service desk: inbox, requests, tasks, call-backs.
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { flowKinds } from '../../contract/requests.ts';
import { actorOf, allow } from '../accounts/actor.ts';
import {
  callEndSchema,
  deskFilingSchema,
  requestDeedSchema,
  type serviceAnswers,
  serviceFaults,
  splitSchema,
  taskChangeSchema,
  taskStepSchema,
} from '../api/service-api.ts';
import { fail, parseBody } from '../api-answers.ts';
import type { DeskOutcome, RequestDeed } from './requests.ts';
import type { Service } from './service.ts';

type Answers = { [K in keyof typeof serviceAnswers]: v.InferOutput<(typeof serviceAnswers)[K]> };

const desk = allow('service-desk', 'manager');
const workers = allow('service-desk', 'manager', 'port');
const readers = allow('service-desk', 'manager', 'port', 'executive');

export function serviceRoutes(service: Service): Hono {
  const app = new Hono();
  readRoutes(app, service);
  requestRoutes(app, service);
  taskRoutes(app, service);
  return app;
}

function readRoutes(app: Hono, service: Service): void {
  app.get('/inbox', readers, async (context) => {
    const kind = v.safeParse(v.optional(v.picklist(flowKinds)), context.req.query('kind'));
    if (!kind.success) return fail(context, 400, 'wrong-kind', 'kind must be one of the flows.');
    const isClosed = context.req.query('closed') === 'true';
    const requests = await service.desk.inbox(actorOf(context), isClosed, kind.output);
    return context.json({ requests } satisfies Answers['inbox']);
  });
  app.get('/tasks', readers, async (context) => {
    const isClosed = context.req.query('closed') === 'true';
    const tasks = await service.desk.tasks(actorOf(context), isClosed);
    return context.json({ tasks } satisfies Answers['tasks']);
  });
  app.get('/call-backs', desk, async (context) => {
    const calls = await service.desk.calls();
    if (calls.length > 0) await service.looks.note(actorOf(context), 'call-backs-viewed', null);
    return context.json({ calls } satisfies Answers['calls']);
  });
  app.get('/people', workers, async (context) =>
    context.json({ people: await service.people() } satisfies Answers['people']),
  );
  app.get('/forms', readers, async (context) =>
    context.json((await service.desk.forms()) satisfies Answers['forms']),
  );
  app.get('/requests/:id', readers, (context) => shown(context, service, context.req.param('id')));
}

function requestRoutes(app: Hono, service: Service): void {
  app.post('/requests', desk, async (context) => {
    const body = await parseBody(context, deskFilingSchema);
    if (body instanceof Response) return body;
    const made = await service.requests.file(actorOf(context), body);
    return 'id' in made ? await shown(context, service, made.id) : refuse(context, made.code);
  });
  app.post('/requests/:id/deeds', workers, async (context) => {
    const body = await parseBody(context, requestDeedSchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const outcome = await service.requests.act(actorOf(context), id, toDeed(body), body.from);
    return await answer(context, service, id, outcome);
  });
  app.post('/requests/:id/undo', workers, async (context) => {
    const id = context.req.param('id');
    return await answer(context, service, id, await service.requests.undo(actorOf(context), id));
  });
  app.post('/requests/:id/tasks', desk, async (context) => {
    const body = await parseBody(context, splitSchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    return await answer(context, service, id, await service.tasks.add(actorOf(context), id, body.tasks));
  });
  app.post('/call-backs/:id', desk, async (context) => {
    const body = await parseBody(context, callEndSchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const outcome = await service.callBacks.record(actorOf(context), id, body);
    return await answer(context, service, (await service.desk.requestOfCall(id)) ?? id, outcome);
  });
}

function taskRoutes(app: Hono, service: Service): void {
  app.post('/tasks/:id/step', workers, async (context) => {
    const body = await parseBody(context, taskStepSchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const { from, to, note } = body;
    const outcome = await service.tasks.move(actorOf(context), id, from, to, words(note));
    return await answer(context, service, (await service.desk.requestOfTask(id)) ?? id, outcome);
  });
  app.post('/tasks/:id', workers, async (context) => {
    const body = await parseBody(context, taskChangeSchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const outcome = await service.tasks.change(actorOf(context), id, body);
    return await answer(context, service, (await service.desk.requestOfTask(id)) ?? id, outcome);
  });
}

async function answer(
  context: Context,
  service: Service,
  request: string,
  outcome: DeskOutcome,
): Promise<Response> {
  return outcome === 'done' ? await shown(context, service, request) : refuse(context, outcome);
}

async function shown(context: Context, service: Service, id: string): Promise<Response> {
  const actor = actorOf(context);
  const request = await service.desk.request(actor, id);
  if (!request) return refuse(context, 'unknown-request');
  await service.looks.note(actor, 'request-viewed', id);
  return context.json(request satisfies Answers['request']);
}

function refuse(context: Context, code: string): Response {
  const status = code.startsWith('unknown-') ? 404 : code.startsWith('not-your') ? 403 : 409;
  return fail(context, status, code, serviceFaults[code] ?? code);
}

/** One text for both languages; the owner reads it. */
function words(text: string | undefined) {
  return text ? { zh: text, en: text } : null;
}

function toDeed(body: v.InferOutput<typeof requestDeedSchema>): RequestDeed {
  switch (body.kind) {
    case 'answer':
    case 'invalidate':
      return { kind: body.kind, note: { zh: body.note, en: body.note } };
    case 'advance':
      return { kind: body.kind, to: body.to, note: words(body.note) };
    case 'consent':
      return { kind: body.kind, ratings: body.ratings, note: words(body.note) };
    case 'finish':
    case 'withdraw':
    case 'reopen':
      return { kind: body.kind, note: words(body.note) };
  }
}
