// The paths of the API for finding a person.
import { Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { PersonAnswers } from '../api/person-api.ts';
import { fail, number, wrongNumber } from '../api-answers.ts';
import type { Store } from '../store/store.ts';
import { exportPerson } from './person-export.ts';
import type { Persons } from './persons.ts';

export interface PersonRouteParts {
  readonly persons: Persons;
  readonly store: Store;
  readonly audit: Audit;
  readonly now: () => Date;
}

export function personRoutes(parts: PersonRouteParts): Hono {
  const { persons } = parts;
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
  app.get('/persons/:id/export', allow('manager'), async (context) => {
    const exported = await exportPerson(parts, actorOf(context), context.req.param('id'));
    if (!exported) return fail(context, 404, 'unknown-member', 'There is nobody of this id.');
    context.header('Content-Disposition', 'attachment; filename="person.json"');
    return context.json(exported satisfies PersonAnswers['exported']);
  });
  return app;
}
