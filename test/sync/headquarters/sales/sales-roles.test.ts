// Who may do what about purchases: many may read, money and stages are for sales and the management.
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor, Role } from '../../../../sync/headquarters/accounts/actor.ts';
import { handOverRoutes } from '../../../../sync/headquarters/sales/hand-over-routes.ts';
import { salesRoutes } from '../../../../sync/headquarters/sales/sales-routes.ts';
import { smallDeveloper } from '../small-developer.ts';
import { makeWorld, type World } from '../world.ts';
import { audited, sales } from './some-sales.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ ...smallDeveloper(), sales });
});
afterAll(() => world?.remove());

async function ask(role: Role, path: string, body?: object): Promise<number> {
  const actor: Actor = { account: role, name: role, roles: new Set([role]), ports: new Set() };
  const app = new Hono();
  app.use(async (context, next) => {
    context.set('actor', actor);
    await next();
  });
  app.route('/', salesRoutes(world));
  app.route('/', handOverRoutes(world));
  const post = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  };
  return (await app.request(path, body ? post : {})).status;
}

it('AC6 SA11 the desk and executives read purchases, but book no money, move no stage and import nothing', async () => {
  const payment = { amount: 100, on: '2025-11-20' };
  for (const role of ['service-desk', 'executive'] as const) {
    expect(await ask(role, '/purchases')).toBe(200);
    expect(await ask(role, '/purchases/p1/payments', payment)).toBe(403);
    expect(await ask(role, '/purchases/p1/stage', { stage: 'signing', on: '2025-11-20' })).toBe(403);
    expect(await ask(role, '/purchases/import', { csv: '' })).toBe(403);
  }
  expect(await ask('executive', '/purchases/p1/contacts', { dueOn: '2025-11-04' })).toBe(403);
  expect(await ask('club', '/purchases')).toBe(403);
  expect(await ask('port', '/hand-over')).toBe(403);
  expect(await ask('sales', '/purchases/p1/payments', payment)).toBe(200);
  expect(await ask('sales', '/purchases?stage=wrong')).toBe(400);
  expect(await ask('sales', '/purchases/p0/payments', payment)).toBe(404);
});

it('AC8 whoever opens what one member bought, keeps or looked at is on record', async () => {
  expect(await ask('sales', '/purchases?member=m1')).toBe(200);
  expect(await ask('sales', '/members/m1/interest')).toBe(200);
  expect(await ask('service-desk', '/members/m1/interest')).toBe(403);
  const looked = (await audited(world)).filter((line) => line === 'sales person-viewed');
  expect(looked).toHaveLength(2);
});

it('SA14 D7 a day that ends before it begins, or a home that nobody bought, is refused plainly', async () => {
  const [known] = sales.handOverDays;
  if (!known) throw new Error('no day');
  const { units: _units, ...about } = known;
  const day = { ...about, day: '2025-12-01' };
  expect(await ask('sales', '/hand-over', { ...day, from: day.to, units: ['milan-301'] })).toBe(400);
  expect(await ask('sales', '/hand-over', { ...day, units: ['milan-302'] })).toBe(409);
  expect(await ask('sales', '/hand-over', { ...day, units: ['milan-301'] })).toBe(200);
  expect(await ask('sales', '/hand-over/x/units/milan-301/absent', {})).toBe(404);
});
