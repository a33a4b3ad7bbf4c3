// The paths of the API about hand-over days: planning, the queue, and what the desk says of each home.
import { type Context, Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import { handOverBody, type SalesAnswers } from '../api/sales-api.ts';
import { fail, parseBody } from '../api-answers.ts';
import type { PlaceDeed, PlaceOutcome } from './hand-over-figures.ts';
import type { Sales } from './sales.ts';

const deeds: readonly PlaceDeed[] = ['withdraw', 'absent', 'readmit'];

const refusals: Readonly<Record<Exclude<PlaceOutcome, 'done'>, string>> = {
  'unknown-invitation': 'This home is not invited on this day.',
  'has-come': 'Its owner has come already.',
  'not-called': 'They wait: call them before you say that they are not there.',
  'signed-already': 'It is signed already.',
  'not-closed': 'It is open already.',
};

export function handOverRoutes({ sales: { handOver } }: { readonly sales: Sales }): Hono {
  const app = new Hono();
  for (const path of ['/hand-over', '/hand-over/*']) app.use(path, allow('service-desk', 'manager', 'sales'));
  const places = async (context: Context, day: string): Promise<Response> =>
    context.json({ places: await handOver.places(day) } satisfies SalesAnswers['handOver']);
  app.get('/hand-over', async (context) =>
    context.json({ days: await handOver.days() } satisfies SalesAnswers['handOverDays']),
  );
  app.post('/hand-over', async (context) => {
    const body = await parseBody(context, handOverBody);
    if (body instanceof Response) return body;
    const { units, ...about } = body;
    if (Date.parse(about.from) >= Date.parse(about.to)) {
      return fail(context, 400, 'wrong-times', 'It must end after it begins.');
    }
    const planned = await handOver.plan(about, units, actorOf(context).account);
    if ('unknown' in planned) {
      const some = planned.unknown.slice(0, 5).join(', ');
      return fail(context, 409, 'unknown-unit', `Nobody of this project bought ${some}.`);
    }
    return context.json({ id: planned.id } satisfies SalesAnswers['planned']);
  });
  app.get('/hand-over/:day', (context) => places(context, context.req.param('day')));
  app.get('/hand-over/:day/units/:unit', async (context) => {
    const { day, unit } = context.req.param();
    return context.json({
      defects: await handOver.defects(day, unit),
    } satisfies SalesAnswers['handOverDefects']);
  });
  app.post('/hand-over/:day/call', async (context) => {
    const called = await handOver.callNext(context.req.param('day'), actorOf(context).account);
    return context.json({ called: called ?? null } satisfies SalesAnswers['called']);
  });
  app.post('/hand-over/:day/units/:unit/:deed', async (context) => {
    const { day, unit, deed: named } = context.req.param();
    const deed = deeds.find((each) => each === named);
    if (!deed) return fail(context, 404, 'unknown-deed', 'There is nothing of this name to be done.');
    const outcome = await handOver.settle(day, unit, deed, actorOf(context).account);
    if (outcome === 'done') return await places(context, day);
    return fail(context, outcome === 'unknown-invitation' ? 404 : 409, outcome, refusals[outcome]);
  });
  return app;
}
