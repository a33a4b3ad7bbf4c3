// The paths of the API for finding a person.
import { Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import { erasureBodySchema, type PersonAnswers } from '../api/person-api.ts';
import { fail, number, parseBody, wrongNumber } from '../api-answers.ts';
import { erasePerson, erasureOutlook, type PersonErasureParts } from './person-erasure.ts';
import { exportPerson } from './person-export.ts';
import type { Persons } from './persons.ts';

export interface PersonRouteParts extends PersonErasureParts {
  readonly persons: Persons;
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
  app.get('/persons/:id/erasure', allow('manager'), async (context) => {
    const outlook = await erasureOutlook(parts, context.req.param('id'));
    if (!outlook) return fail(context, 404, 'unknown-member', 'There is nobody of this id.');
    return context.json(outlook satisfies PersonAnswers['outlook']);
  });
  app.post('/persons/:id/erasure', allow('manager'), async (context) => {
    const id = context.req.param('id');
    const body = await parseBody(context, erasureBodySchema);
    if (body instanceof Response) return body;
    if (body.id !== id) return fail(context, 409, 'other-id', 'The id that was typed is another one.');
    const { kind, ...done } = await erasePerson(parts, actorOf(context), id, body.reason);
    if (kind === 'unknown') return fail(context, 404, 'unknown-member', 'There is nobody of this id.');
    if (kind === 'erased') return context.json(done as PersonAnswers['erased']);
    const error = { code: 'person-needed', message: 'Something needs this person still: close it first.' };
    return context.json({ error, ...done }, 409);
  });
  return app;
}
