// The paths of the API for the inbox, and for how notices went out.
import { Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import { type NoticeAnswers, readBodySchema } from '../api/notice-api.ts';
import { number, parseBody, wrongNumber } from '../api-answers.ts';
import type { Deliveries } from './deliveries.ts';
import type { Inbox } from './inbox.ts';

export interface NoticeApiParts {
  readonly inbox: Inbox;
  readonly deliveries: Deliveries;
}

export function noticeRoutes({ inbox, deliveries }: NoticeApiParts): Hono {
  const app = new Hono();
  app.get('/notices', async (context) => {
    const limit = number(context, 'limit', 200, 1_000);
    if (limit === undefined) return wrongNumber(context);
    return context.json((await inbox.list(actorOf(context), limit)) satisfies NoticeAnswers['notices']);
  });
  app.post('/notices/read', async (context) => {
    const body = await parseBody(context, readBodySchema);
    if (body instanceof Response) return body;
    const unread = await inbox.read(actorOf(context), body.notices);
    return context.json({ unread } satisfies NoticeAnswers['read']);
  });
  app.get('/notices/deliveries', allow('it', 'manager'), async (context) => {
    const limit = number(context, 'limit', 200, 1_000);
    if (limit === undefined) return wrongNumber(context);
    return context.json({
      deliveries: await deliveries.list(limit),
    } satisfies NoticeAnswers['deliveries']);
  });
  return app;
}
