// Every path of the API: whoever has no role comes nowhere, and letters that a database cannot keep are refused at the door.
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TenantId } from '../../../sync/contract/ids.ts';
import { signingKey } from '../../../sync/contract/signed-frame.ts';
import {
  type Actor,
  roles as allRoles,
  type Role,
  tokenActor,
} from '../../../sync/headquarters/accounts/actor.ts';
import { apiRoutes } from '../../../sync/headquarters/api-routes.ts';
import { SiteBundles } from '../../../sync/headquarters/site-bundle/site-bundles.ts';
import { someKeys } from '../some-keys.ts';
import { makeWorld, now, type World } from './world.ts';

/** What everybody may who is signed in, and what one does before. */
const everybodys: ReadonlySet<string> = new Set([
  'POST /sign-in',
  'POST /sign-out',
  'GET /me',
  'POST /me/away',
  'POST /me/password',
  'GET /notices',
  'POST /notices/read',
  'POST /me/second-factor',
  'POST /me/second-factor/confirm',
  'POST /me/second-factor/remove',
  'GET /health',
]);
const nobody: Actor = { account: 'nobody', name: 'Nobody', roles: new Set(), ports: new Set() };

const guarded = /^\S+ \/(fleet|layers|twins|releases|rollouts|orders|accounts|audit)(\/|$)/;
/** What a manager does besides looking: the second person and the brake of a rollout. */
const managersDeeds: ReadonlySet<string> = new Set([
  'POST /fleet/rollouts/:id/approve',
  'POST /fleet/rollouts/:id/halt',
]);
/** What only IT looks at: what was on somebody's screen, and what terminals are told. */
const onlyForIt = /^GET \/(orders|fleet\/(uploads|secrets))(\/|$)/;
function isFor(role: Role, path: string): boolean {
  if (role === 'it') return true;
  if (role !== 'manager') return false;
  return managersDeeds.has(path) || (path.startsWith('GET ') && !onlyForIt.test(path));
}

let world: World;
let app: Hono;
let routes: Hono;
let paths: readonly string[];
beforeAll(async () => {
  world = await makeWorld();
  routes = apiRoutes({
    ...world,
    siteBundles: new SiteBundles({
      ...world,
      tenant: 'test' as TenantId,
      signKey: signingKey(someKeys.sign.privateKey),
      now,
    }),
    onOrdered: () => {},
    versions: () => world.publication.versions(),
    isBrokerUp: () => true,
    workers: async () => [],
    startedAt: new Date(0),
  });
  app = new Hono();
  app.use(async (context, next) => {
    context.set('actor', nobody);
    await next();
  });
  app.route('/', routes);
  paths = [...new Set(routes.routes.map(({ method, path }) => `${method} ${path}`))].filter(
    (path) => !path.startsWith('ALL '),
  );
});
afterAll(() => world?.remove());

describe('the paths of the API', () => {
  it('AC6: are closed to whoever has no role, but for one’s own', async () => {
    const open: string[] = [];
    for (const path of paths) {
      const [method = '', pattern = ''] = path.split(' ');
      const url = pattern.replace(/:[a-zA-Z]+(\{[^}]*\})?/g, 'x');
      const answer = await app.request(url, { method, ...(method === 'POST' ? { body: '{}' } : {}) });
      if (answer.status !== 403) open.push(path);
      expect([path, answer.status < 500]).toEqual([path, true]);
    }
    expect(paths.length).toBeGreaterThan(80);
    expect(open.filter((path) => !everybodys.has(path))).toEqual([]);
    expect([...everybodys].filter((path) => !paths.includes(path))).toEqual([]);
  });

  it.each(allRoles)(
    'S57: of the fleet, orders, accounts and the audit %s has what it is for',
    async (role) => {
      const somebody: Actor = { ...nobody, account: 'somebody', roles: new Set([role]) };
      const asked = new Hono();
      asked.use(async (context, next) => {
        context.set('actor', somebody);
        await next();
      });
      asked.route('/', routes);
      const ours = paths.filter((path) => guarded.test(path));
      expect(ours.length).toBeGreaterThan(40);
      const wrong: string[] = [];
      for (const path of ours) {
        const [method = '', pattern = ''] = path.split(' ');
        const url = pattern.replace(/:[a-zA-Z]+(\{[^}]*\})?/g, 'x');
        const { status } = await asked.request(url, { method, ...(method === 'POST' ? { body: '-' } : {}) });
        if ((status !== 403) !== isFor(role, path)) wrong.push(`${path} ${status}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  it('AC6: refuse the letter NUL in an address or a body before any database sees it', async () => {
    const asked = new Hono();
    asked.use(async (context, next) => {
      context.set('actor', tokenActor);
      await next();
    });
    asked.route('/', routes);
    const at = paths.filter((path) => path.includes(':'));
    expect(at.length).toBeGreaterThan(30);
    for (const path of at) {
      const [method = '', pattern = ''] = path.split(' ');
      const url = pattern.replace(/:[a-zA-Z]+(\{[^}]*\})?/g, 'x%00y');
      const answer = await asked.request(url, { method, ...(method === 'POST' ? { body: '{}' } : {}) });
      expect([path, answer.status]).toEqual([path, 400]);
    }
    for (const path of ['/persons?q=a%00b', '/audit?actor=%00', '/reports/month?region=%00'])
      expect([path, (await asked.request(path)).status]).toEqual([path, 400]);
    const body = JSON.stringify({ account: 'a', name: 'x\0y', roles: ['it'], password: 'long-enough-1' });
    const answer = await asked.request('/accounts', { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ error: { code: 'wrong-letters' } });
    expect(answer.status).toBe(400);
    // six letters that only look like it
    const fine = JSON.stringify({ account: 'a', password: 'x\\u0000y' });
    expect((await asked.request('/sign-in', { method: 'POST', body: fine })).status).toBe(401);
  });
});
