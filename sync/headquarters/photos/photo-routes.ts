// The console's paths to the pictures of a request: which there are, one of them, and one less; who looked is on record.
import { type Context, Hono } from 'hono';
import { type Actor, actorOf, allow } from '../accounts/actor.ts';
import type { Audit, AuditDetail } from '../accounts/audit.ts';
import { type PhotoAnswers, photoDeleteSchema } from '../api/photo-api.ts';
import { fail, parseBody } from '../api-answers.ts';
import { mayWorkOn } from '../service/requests.ts';
import type { Store } from '../store/store.ts';
import type { Photos } from './photos.ts';

export interface PhotoApiParts {
  /** undefined where pictures are not taken */
  readonly photos?: Photos | undefined;
  readonly store: Store;
  readonly audit: Audit;
}

export function photoRoutes({ photos, store, audit }: PhotoApiParts): Hono {
  const app = new Hono();
  const seers = allow('service-desk', 'port', 'manager');
  const note = (actor: Actor, what: string, request: string, detail: AuditDetail): Promise<void> =>
    store.transaction((tx) => audit.note(tx, actor, what, request, detail));
  app.get('/', seers, async (context) => {
    const request = context.req.query('request') ?? '';
    const isTheirs = await mayLook(store, actorOf(context), request);
    const found = isTheirs ? ((await photos?.of(request)) ?? []) : [];
    return context.json({ photos: found } satisfies PhotoAnswers['photos']);
  });
  app.get('/:id', seers, async (context) => {
    const id = context.req.param('id');
    const photo = await photos?.read(id);
    if (!photo || !(await mayLook(store, actorOf(context), photo.request))) return unknown(context);
    await note(actorOf(context), 'photo-viewed', photo.request, { photo: id });
    const answer = { type: photo.type, data: photo.bytes.toString('base64') };
    return context.json(answer satisfies PhotoAnswers['photo']);
  });
  app.post('/:id/delete', allow('service-desk', 'manager'), async (context) => {
    const body = await parseBody(context, photoDeleteSchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const request = await photos?.remove(id, (tx, about) =>
      audit.note(tx, actorOf(context), 'photo-deleted', about, { photo: id, reason: body.reason }),
    );
    if (request === undefined) return unknown(context);
    const left = (await photos?.of(request)) ?? [];
    return context.json({ photos: left } satisfies PhotoAnswers['deleted']);
  });
  return app;
}

/** A port sees the pictures of requests that have a task of its own. */
async function mayLook(store: Store, actor: Actor, request: string): Promise<boolean> {
  const tasks = await store.db.selectFrom('task').select('port').where('request', '=', request).execute();
  return mayWorkOn(actor, tasks);
}

function unknown(context: Context): Response {
  return fail(context, 404, 'unknown-photo', 'There is no picture with this id.');
}
