// The paths of the API about interest, purchases, care and hand-over days.
import { type Context, Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import {
  contactBody,
  csvBody,
  handOverBody,
  paymentBody,
  type SalesAnswers,
  stageBody,
} from '../api/sales-api.ts';
import { fail, parseBody } from '../api-answers.ts';
import { boardLabels } from './board-labels.ts';
import type { BoardApiParts } from './board-routes.ts';
import { readPurchaseCsv } from './purchase-csv.ts';
import { type ListedPurchase, localDay, type PurchaseOutcome } from './purchases.ts';

const day = /^\d{4}-\d\d-\d\d$/;

export function salesRoutes(parts: BoardApiParts): Hono {
  const app = new Hono();
  for (const path of ['/interest', '/purchases', '/purchases/*', '/care/*']) {
    app.use(path, allow('sales', 'manager', 'service-desk', 'executive'));
  }
  app.use('/members/:id/shortlist', allow('sales', 'club', 'manager'));
  for (const path of ['/hand-over', '/hand-over/*']) app.use(path, allow('service-desk', 'manager', 'sales'));
  interestRoutes(app, parts);
  purchaseRoutes(app, parts);
  handOverRoutes(app, parts);
  return app;
}

function interestRoutes(app: Hono, { store, sales }: BoardApiParts): void {
  app.get('/interest', async (context) => {
    const labels = await boardLabels(store.db);
    const figures = (await sales.interest.figures({ project: context.req.query('project') })).map(
      (figure) => ({
        ...figure,
        label: labels(figure.unit ?? figure.project),
      }),
    );
    return context.json({ figures } satisfies SalesAnswers['interest']);
  });
  app.get('/members/:id/shortlist', async (context) => {
    const labels = await boardLabels(store.db);
    const units = (await sales.interest.shortlist(context.req.param('id'))).map((unit) => ({
      unit,
      label: labels(unit),
    }));
    return context.json({ units } satisfies SalesAnswers['shortlist']);
  });
}

function purchaseRoutes(app: Hono, { store, sales }: BoardApiParts): void {
  const { purchases } = sales;
  app.get('/purchases', async (context) => {
    const found = await purchases.list({ member: context.req.query('member') });
    return context.json({ purchases: found.map(item) } satisfies SalesAnswers['purchases']);
  });
  app.get('/care/contacts', async (context) => {
    const until = context.req.query('until') ?? localDay(new Date());
    if (!day.test(until)) return fail(context, 400, 'wrong-day', 'until must be a day, YYYY-MM-DD.');
    const found = await purchases.contacts(until);
    return context.json({ contacts: found.map(item) } satisfies SalesAnswers['contacts']);
  });
  const answer = async (
    context: Context,
    id: string,
    outcome: PurchaseOutcome | 'not-due',
  ): Promise<Response> => {
    if (outcome !== 'done') {
      const status = outcome === 'unknown-purchase' ? 404 : 409;
      return fail(context, status, outcome, refusals[outcome]);
    }
    const found = (await purchases.list()).find((each) => each.id === id);
    if (!found) return fail(context, 404, 'unknown-purchase', refusals['unknown-purchase']);
    return context.json(item(found) satisfies SalesAnswers['purchase']);
  };
  app.post('/purchases/import', async (context) => {
    const body = await parseBody(context, csvBody);
    if (body instanceof Response) return body;
    const labels = await boardLabels(store.db);
    const members = new Set((await store.db.selectFrom('member').select('id').execute()).map(({ id }) => id));
    const file = readPurchaseCsv(body.csv, {
      isMember: (id) => members.has(id),
      home: (unit) => {
        const project = labels.projectOf(unit);
        return project === undefined ? undefined : { project, label: labels(unit) };
      },
    });
    if (file.kind === 'wrong') {
      const errors = file.errors.slice(0, 500);
      return context.json({ imported: 0, errors } satisfies SalesAnswers['imported']);
    }
    await purchases.import(file.purchases, actorOf(context).account);
    const imported = file.purchases.length;
    return context.json({ imported, errors: [] } satisfies SalesAnswers['imported']);
  });
  app.post('/purchases/:id/stage', async (context) => {
    const body = await parseBody(context, stageBody);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const { nextDocument, ...move } = body;
    const wanted = nextDocument === undefined ? move : { ...move, nextDocument };
    return await answer(context, id, await purchases.move(id, wanted, actorOf(context).account));
  });
  app.post('/purchases/:id/payments', async (context) => {
    const body = await parseBody(context, paymentBody);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    return await answer(context, id, await purchases.pay(id, body, actorOf(context).account));
  });
  app.post('/purchases/:id/contacts', async (context) => {
    const body = await parseBody(context, contactBody);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    return await answer(context, id, await purchases.noteContact(id, body, actorOf(context).account));
  });
}

function handOverRoutes(app: Hono, { sales: { handOver } }: BoardApiParts): void {
  app.get('/hand-over', async (context) =>
    context.json({ days: await handOver.days() } satisfies SalesAnswers['handOverDays']),
  );
  app.post('/hand-over', async (context) => {
    const body = await parseBody(context, handOverBody);
    if (body instanceof Response) return body;
    const { units, ...about } = body;
    const planned = await handOver.plan(about, units);
    if ('unknown' in planned) {
      const some = planned.unknown.slice(0, 5).join(', ');
      return fail(context, 409, 'unknown-unit', `Nobody of this project bought ${some}.`);
    }
    return context.json({ id: planned.id } satisfies SalesAnswers['planned']);
  });
  app.get('/hand-over/:day', async (context) =>
    context.json({
      places: await handOver.places(context.req.param('day')),
    } satisfies SalesAnswers['handOver']),
  );
  app.post('/hand-over/:day/call', async (context) => {
    const called = await handOver.callNext(context.req.param('day'), actorOf(context).account);
    return context.json({ called: called ?? null } satisfies SalesAnswers['called']);
  });
  app.post('/hand-over/:day/units/:unit/withdraw', async (context) => {
    const outcome = await handOver.withdraw(context.req.param('day'), context.req.param('unit'));
    if (outcome === 'unknown-invitation') {
      return fail(context, 404, outcome, 'This home is not invited on this day.');
    }
    if (outcome === 'has-come') return fail(context, 409, outcome, 'Its owner has come already.');
    return context.json({
      places: await handOver.places(context.req.param('day')),
    } satisfies SalesAnswers['handOver']);
  });
}

const refusals: Readonly<Record<Exclude<PurchaseOutcome, 'done'> | 'not-due', string>> = {
  'unknown-purchase': 'There is no purchase with this id.',
  'not-the-next-stage': 'A purchase goes one stage forward or one back; load it again.',
  'day-in-future': 'The day has not come yet.',
  'day-before-last-stage': 'The day is before that of the stage before.',
  'more-than-total': 'That would be more than the price, or less than nothing.',
  'not-due': 'This contact is not the next one; load the list again.',
};

function item({ plan: _plan, ...purchase }: ListedPurchase): SalesAnswers['purchase'] {
  const { reached, dues } = purchase;
  return { ...purchase, reached: [...reached], dues: [...dues] };
}
