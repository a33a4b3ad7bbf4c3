// Who may do what with set-ups, releases and rollouts: IT does, managers look, agree and stop, others see nothing.
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Role } from '../../../../sync/headquarters/accounts/actor.ts';
import { releaseRoutes } from '../../../../sync/headquarters/fleet/release-routes.ts';
import { rolloutRoutes } from '../../../../sync/headquarters/fleet/rollout-routes.ts';
import { twinRoutes } from '../../../../sync/headquarters/fleet/twin-routes.ts';
import { makeWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

const looks = [
  'GET /layers',
  'GET /layers/:layer',
  'GET /layers/:layer/history',
  'GET /twins',
  'GET /twins/:device',
  'GET /releases',
  'GET /rollouts',
  'GET /rollouts/:id',
];
const managers = [...looks, 'POST /rollouts/:id/approve', 'POST /rollouts/:id/halt'];

async function openTo(...roles: Role[]): Promise<string[]> {
  const actor: Actor = { account: 'somebody', name: 'S', roles: new Set(roles), ports: new Set() };
  const app = new Hono();
  app.use(async (context, next) => {
    context.set('actor', actor);
    await next();
  });
  const routes = [twinRoutes(world), releaseRoutes({}), rolloutRoutes(world)];
  for (const each of routes) app.route('/', each);
  const paths = [
    ...new Set(routes.flatMap((each) => each.routes).map(({ method, path }) => `${method} ${path}`)),
  ];
  const open: string[] = [];
  for (const path of paths.filter((each) => !each.startsWith('ALL '))) {
    const [method = '', pattern = ''] = path.split(' ');
    const url = pattern.replace(/:[a-z]+/g, 'x');
    const { status } = await app.request(url, { method, ...(method === 'POST' ? { body: '-' } : {}) });
    if (status !== 403) open.push(path);
  }
  return open.sort((a, b) => (a < b ? -1 : 1));
}
const sorted = (paths: readonly string[]) => paths.toSorted((a, b) => (a < b ? -1 : 1));

describe('S57: the fleet’s paths', () => {
  it('managers look, are the second person and pull the brake, and change nothing else', async () => {
    expect(await openTo('manager')).toEqual(sorted(managers));
  });

  it('IT may all; whoever has another role, or none, nothing', async () => {
    const all = await openTo('it');
    expect(all).toEqual(expect.arrayContaining(managers));
    expect(all).toHaveLength(managers.length + 3 + 3 + 3 + 4);
    expect(await openTo('service-desk', 'port', 'executive', 'club', 'sales')).toEqual([]);
    expect(await openTo()).toEqual([]);
  });
});
