// The paths of the API about interest, purchases and care.
import { type Context, Hono } from 'hono';
import { purchaseStages } from '../../contract/owners.ts';
import { actorOf, allow } from '../accounts/actor.ts';
import { contactBody, csvBody, paymentBody, type SalesAnswers, stageBody } from '../api/sales-api.ts';
import { fail, number, parseBody, wrongNumber } from '../api-answers.ts';
import { boardLabels } from './board-labels.ts';
import type { BoardApiParts } from './board-routes.ts';
import { readPurchaseCsv } from './purchase-csv.ts';
import { type ListedPurchase, localDay } from './purchase-list.ts';
import type { PurchaseOutcome } from './purchases.ts';

const day = /^\d{4}-\d\d-\d\d$/;

export function salesRoutes(parts: BoardApiParts): Hono {
  const app = new Hono();
  app.use('/interest', allow('sales', 'manager', 'executive'));
  for (const path of ['/purchases', '/care/*']) {
    app.use(path, allow('sales', 'manager', 'service-desk', 'executive'));
  }
  for (const path of ['/purchases/import', '/purchases/:id/stage', '/purchases/:id/payments']) {
    app.use(path, allow('sales', 'manager'));
  }
  app.use('/purchases/:id/contacts', allow('sales', 'manager', 'service-desk'));
  for (const path of ['/members/:id/shortlist', '/members/:id/interest']) {
    app.use(path, allow('sales', 'club', 'manager'));
  }
  interestRoutes(app, parts);
  purchaseRoutes(app, parts);
  deedRoutes(app, parts);
  return app;
}

function interestRoutes(app: Hono, { store, audit, sales }: BoardApiParts): void {
  app.get('/interest', async (context) => {
    const limit = number(context, 'limit', 500, 2_000);
    if (limit === undefined) return wrongNumber(context);
    const found = await sales.interest.figures({ project: context.req.query('project'), limit });
    const labels = await boardLabels(
      store,
      store.db,
      found.map(({ unit, project }) => unit ?? project),
    );
    const figures = found.map((figure) => ({ ...figure, label: labels(figure.unit ?? figure.project) }));
    return context.json({ figures } satisfies SalesAnswers['interest']);
  });
  const kept = async (member: string): Promise<SalesAnswers['shortlist']['units']> => {
    const units = await sales.interest.shortlist(member);
    const labels = await boardLabels(store, store.db, units);
    return units.map((unit) => ({ unit, label: labels(unit) }));
  };
  const looked = (context: Context, page: string): Promise<void> =>
    store.transaction((tx) =>
      audit.note(tx, actorOf(context), 'person-viewed', context.req.param('id') ?? null, { page }),
    );
  app.get('/members/:id/shortlist', async (context) => {
    await looked(context, 'shortlist');
    return context.json({ units: await kept(context.req.param('id')) } satisfies SalesAnswers['shortlist']);
  });
  app.get('/members/:id/interest', async (context) => {
    const member = context.req.param('id');
    await looked(context, 'interest');
    const looks = await sales.interest.looksOf(member);
    const labels = await boardLabels(
      store,
      store.db,
      looks.map(({ unit, project }) => unit ?? project),
    );
    return context.json({
      kept: await kept(member),
      looks: looks.map((look) => ({ ...look, label: labels(look.unit ?? look.project) })),
    } satisfies SalesAnswers['memberInterest']);
  });
}

function purchaseRoutes(app: Hono, { store, audit, sales }: BoardApiParts): void {
  const { purchases, purchaseList } = sales;
  app.get('/purchases', async (context) => {
    const limit = number(context, 'limit', 200, 1_000);
    if (limit === undefined) return wrongNumber(context);
    const { member, project, stage: named, after } = context.req.query();
    const stage = purchaseStages.find((each) => each === named);
    if (named && !stage) return fail(context, 400, 'wrong-stage', 'There is no such stage.');
    if (member !== undefined) {
      await store.transaction((tx) =>
        audit.note(tx, actorOf(context), 'person-viewed', member, { page: 'purchases' }),
      );
    }
    const page = await purchaseList.page({ member, project: project || undefined, stage, after, limit });
    return context.json({ ...page, purchases: page.purchases.map(item) } satisfies SalesAnswers['purchases']);
  });
  app.get('/care/contacts', async (context) => {
    const until = context.req.query('until') ?? localDay(new Date());
    if (!day.test(until)) return fail(context, 400, 'wrong-day', 'until must be a day, YYYY-MM-DD.');
    const found = await purchaseList.contacts(until);
    return context.json({ contacts: found.map(item) } satisfies SalesAnswers['contacts']);
  });
  app.post('/purchases/import', async (context) => {
    const body = await parseBody(context, csvBody);
    if (body instanceof Response) return body;
    const file = await readPurchaseCsv(body.csv, async ({ units, members }) => {
      const labels = await boardLabels(store, store.db, units);
      const rows = await store.db
        .selectFrom('member')
        .select('id')
        .where(store.among('id', members))
        .execute();
      const known = new Set(rows.map(({ id }) => id));
      return {
        isMember: (id) => known.has(id),
        home: (unit) => {
          const project = labels.projectOf(unit);
          return project === undefined ? undefined : { project, label: labels(unit) };
        },
      };
    });
    if (file.kind === 'wrong') {
      const errors = file.errors.slice(0, 500);
      return context.json({ imported: 0, errors } satisfies SalesAnswers['imported']);
    }
    await purchases.import(file.purchases, actorOf(context).account);
    const imported = file.purchases.length;
    return context.json({ imported, errors: [] } satisfies SalesAnswers['imported']);
  });
}

function deedRoutes(app: Hono, { sales: { purchases, purchaseList } }: BoardApiParts): void {
  const answer = async (
    context: Context,
    id: string,
    outcome: PurchaseOutcome | 'not-due',
  ): Promise<Response> => {
    if (outcome !== 'done') {
      const status = outcome === 'unknown-purchase' ? 404 : 409;
      return fail(context, status, outcome, refusals[outcome]);
    }
    const found = await purchaseList.one(id);
    if (!found) return fail(context, 404, 'unknown-purchase', refusals['unknown-purchase']);
    return context.json(item(found) satisfies SalesAnswers['purchase']);
  };
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

const refusals: Readonly<Record<Exclude<PurchaseOutcome, 'done'> | 'not-due', string>> = {
  'unknown-purchase': 'There is no purchase with this id.',
  'not-the-next-stage': 'A purchase goes one stage forward or one back; load it again.',
  'day-in-future': 'The day has not come yet.',
  'day-before-last-stage': 'The day is before that of the stage before.',
  'more-than-total': 'That would be more than the price, or less than nothing.',
  'changed-since': 'Somebody booked something else meanwhile; load it again.',
  'not-due': 'This contact is not the next one; load the list again.',
};

function item({ plan: _plan, ...purchase }: ListedPurchase): SalesAnswers['purchase'] {
  const { reached, dues } = purchase;
  return { ...purchase, reached: [...reached], dues: [...dues] };
}
