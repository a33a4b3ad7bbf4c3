// The paths of the API for orders: give, look, take back.
import type { Hono } from 'hono';
import * as v from 'valibot';
import { orderContentSchema } from '../contract/orders.ts';
import { actorOf } from './accounts/actor.ts';
import { type Answers, orderBodySchema } from './api.ts';
import { fail, number, parseBody, parseValue, wrongNumber } from './api-answers.ts';
import type { Orders } from './orders.ts';
import { ordersOfTerminal } from './orders-of-terminal.ts';
import type { Store } from './store/store.ts';

export interface OrderApiParts {
  readonly store: Store;
  readonly orders: Orders;
  /** an order was given: send it when you can */
  readonly onOrdered: () => void;
}

export function orderRoutes(app: Hono, { store, orders, onOrdered }: OrderApiParts): void {
  app.get('/orders', async (context) => {
    const limit = number(context, 'limit', 50, 500);
    if (limit === undefined) return wrongNumber(context);
    return context.json({ batches: await orders.batches(limit) } satisfies Answers['batches']);
  });
  app.get('/orders/of/:terminal', async (context) => {
    const limit = number(context, 'limit', 50, 500);
    if (limit === undefined) return wrongNumber(context);
    const found = await ordersOfTerminal(store, context.req.param('terminal'), limit);
    return context.json({ orders: found } satisfies Answers['ordersOf']);
  });
  app.get('/orders/:batch', async (context) => {
    const id = context.req.param('batch');
    const [batch] = await orders.batches(1, id);
    if (!batch) return fail(context, 404, 'unknown-batch', 'Nothing was ordered under this id.');
    return context.json({ batch, orders: await orders.ofBatch(id) } satisfies Answers['batch']);
  });
  app.post('/orders', async (context) => {
    const value = await parseBody(context, anyBody);
    if (value instanceof Response) return value;
    const wish = parseValue(context, orderBodySchema, value);
    if (wish instanceof Response) return wish;
    const content = parseValue(context, orderContentSchema, { kind: value['kind'], body: value['body'] });
    if (content instanceof Response) return content;
    const given = await orders.give({ ...wish, content, by: actorOf(context) });
    onOrdered();
    const [first] = given.refused;
    if (given.given === 0 && first) return fail(context, 409, first.code, sentences[first.code]);
    return context.json(given satisfies Answers['given']);
  });
  app.post('/orders/:batch/cancel', async (context) => {
    const changed = await orders.cancel(context.req.param('batch'), actorOf(context));
    return context.json({ changed } satisfies Answers['changed']);
  });
}

const anyBody = v.record(v.string(), v.unknown());

const sentences = {
  'unknown-terminal': 'Headquarters has never heard of this terminal.',
  'too-many-orders': 'This terminal has 100 open orders already; see which of them hang.',
} as const;
