// The paths of the API about who is signed in.
import { Hono } from 'hono';
import type { AccountAnswers } from '../api/account-api.ts';
import { actorOf } from './actor.ts';

export function accountRoutes(): Hono {
  const app = new Hono();
  app.get('/me', (context) => {
    const { account, name, roles, ports } = actorOf(context);
    return context.json({
      account,
      name,
      roles: [...roles],
      ports: [...ports],
    } satisfies AccountAnswers['me']);
  });
  return app;
}
