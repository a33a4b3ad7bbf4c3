// The paths of the API for the complaint ladder: who is where, how its steps are set, clocks that stand still.
import { type Context, Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import { type LadderAnswers, ladderStepsSchema, pauseBodySchema } from '../api/ladder-api.ts';
import { fail, number, parseBody, wrongNumber } from '../api-answers.ts';
import type { ClockOutcome, LadderKeeper } from './ladder-keeper.ts';
import type { LadderSettings } from './ladder-settings.ts';

export interface LadderApiParts {
  readonly ladder: LadderKeeper;
  readonly ladderSettings: LadderSettings;
}

export function ladderRoutes({ ladder, ladderSettings }: LadderApiParts): Hono {
  const app = new Hono();
  const readers = allow('service-desk', 'manager', 'executive');
  const workers = allow('service-desk', 'manager', 'port');
  app.get('/ladder', readers, async (context) => {
    const limit = number(context, 'limit', 500, 5_000);
    if (limit === undefined) return wrongNumber(context);
    return context.json((await ladder.list(limit)) satisfies LadderAnswers['ladder']);
  });
  app.get('/ladder/steps', readers, async (context) =>
    context.json({ steps: await ladderSettings.steps() } satisfies LadderAnswers['steps']),
  );
  app.post('/ladder/steps', allow('manager'), async (context) => {
    const steps = await parseBody(context, ladderStepsSchema);
    if (steps instanceof Response) return steps;
    await ladderSettings.change(actorOf(context), steps);
    return context.json({ steps } satisfies LadderAnswers['steps']);
  });
  app.post('/ladder/:id/pause', workers, async (context) => {
    const body = await parseBody(context, pauseBodySchema);
    if (body instanceof Response) return body;
    return answer(context, await ladder.pause(actorOf(context), context.req.param('id'), body.reason));
  });
  app.post('/ladder/:id/resume', workers, async (context) =>
    answer(context, await ladder.resume(actorOf(context), context.req.param('id'))),
  );
  return app;
}

function answer(context: Context, outcome: ClockOutcome): Response {
  switch (outcome) {
    case 'unknown-request':
      return fail(context, 404, outcome, 'There is no request with this id.');
    case 'not-your-port':
      return fail(context, 403, outcome, 'None of its tasks is with your port.');
    case 'unknown-reason':
      return fail(context, 400, outcome, 'Choose one of the reasons that the rules of the service name.');
    case 'not-open':
      return fail(context, 409, outcome, 'The clocks of this request do not run any more.');
    case 'paused-already':
      return fail(context, 409, outcome, 'Its clocks stand still already; load it again.');
    case 'not-paused':
      return fail(context, 409, outcome, 'Its clocks run; load it again.');
    default:
      return context.json(outcome satisfies LadderAnswers['clocks']);
  }
}
