// The paths of the API for the rules of the service: promises, hours, reasons to pause, calls.
import { Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import { type ServiceRulesAnswer, serviceRulesBodySchema } from '../api/service-rules-api.ts';
import { fail, number, parseBody, wrongNumber } from '../api-answers.ts';
import type { RulesKeeper } from './service-rules.ts';

export function serviceRulesRoutes(rules: RulesKeeper): Hono {
  const app = new Hono();
  app.get('/', allow('service-desk', 'manager', 'executive'), async (context) => {
    const isOld = context.req.query('version') !== undefined;
    const version = number(context, 'version', 0);
    if (version === undefined) return wrongNumber(context);
    const found = await rules.read(isOld ? version : undefined);
    if (!found) return fail(context, 404, 'unknown-version', 'There is no such version of the rules.');
    return context.json(found satisfies ServiceRulesAnswer);
  });
  app.post('/', allow('manager'), async (context) => {
    const body = await parseBody(context, serviceRulesBodySchema);
    if (body instanceof Response) return body;
    const outcome = await rules.change(actorOf(context), body.version, body.rules);
    switch (outcome) {
      case 'changed-by-another':
        return fail(context, 409, outcome, 'Somebody else has changed the rules meanwhile; load them again.');
      case 'unknown-project':
        return fail(context, 400, outcome, 'A profile is assigned to a project that is not on the board.');
      case 'changed':
        return context.json((await rules.read()) satisfies ServiceRulesAnswer | undefined);
    }
  });
  return app;
}
