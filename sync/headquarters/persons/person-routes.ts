// The paths of the API for finding a person.
import { Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import type { PersonAnswers } from '../api/person-api.ts';
import { fail, number, wrongNumber } from '../api-answers.ts';
import type { Persons } from './persons.ts';

export function personRoutes({ persons }: { readonly persons: Persons }): Hono {
  const app = new Hono();
  const readers = allow('service-desk', 'club', 'sales', 'manager');
  app.get('/persons', readers, async (context) => {
    const limit = number(context, 'limit', 100, 500);
    if (limit === undefined) return wrongNumber(context);
    const query = (context.req.query('q') ?? '').trim().slice(0, 40);
    const card = context.req.query('card') || undefined;
    const found = await persons.find(actorOf(context), query, card, limit);
    return context.json({ persons: found } satisfies PersonAnswers['persons']);
  });
  app.get('/persons/:id', readers, async (context) => {
    const person = await persons.open(actorOf(context), context.req.param('id'));
    if (!person) return fail(context, 404, 'unknown-member', 'There is nobody of this id.');
    return context.json(person satisfies PersonAnswers['person']);
  });
  return app;
}
