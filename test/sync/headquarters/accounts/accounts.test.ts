// People who sign in: passwords that lock, sessions that end, roles that open only what is theirs.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../../sync/headquarters/accounts/accounts.ts';
import { tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import { Sessions } from '../../../../sync/headquarters/accounts/sessions.ts';
import type { NewAccount } from '../../../../sync/headquarters/api/account-api.ts';
import { type Running, runHeadquarters } from '../running.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

const password = 'vier-jahre-lang';
const account = (more: Partial<NewAccount> = {}): NewAccount => ({
  account: 'Lin',
  name: '林小姐',
  roles: ['service-desk'],
  ports: [],
  email: null,
  webhook: null,
  password,
  ...more,
});

describe.each(storeKinds)('accounts on %s', (kind) => {
  let world: World;
  let clock = 0;
  let accounts: Accounts;
  let sessions: Sessions;
  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    clock = Date.parse('2026-11-22T08:00:00Z');
    const now = (): Date => new Date(clock);
    accounts = new Accounts(world.store, world.audit, now);
    sessions = new Sessions(world.store, now);
  });
  afterEach(() => world.remove());

  it('AC3: keeps no password, refuses weak ones and names that are taken', async () => {
    expect(await accounts.add(tokenActor, account())).toBe('added');
    expect(await accounts.add(tokenActor, account({ account: ' LIN ' }))).toBe('account-taken');
    for (const weak of ['short', 'aaaaaaaaaaaaaa', 'ich-bin-lin-42']) {
      expect(await accounts.add(tokenActor, account({ account: 'lin2', password: weak }))).toBe(
        weak.includes('lin') ? 'added' : 'password-weak',
      );
    }
    expect(await accounts.setPassword(tokenActor, 'lin', 'bin-lin-421')).toBe('password-weak');
    expect(await accounts.setPassword(tokenActor, 'lin', 'lin-lin-lin-lin')).toBe('password-weak');
    const rows = await world.store.db.selectFrom('account').select('password').execute();
    for (const row of rows) expect(row.password).toMatch(/^scrypt\$32768\$8\$1\$/);
    expect(JSON.stringify(await world.audit.list({ limit: 10 }))).not.toContain(password);
  });

  it('AC3: lets a good password hold a short name by chance', async () => {
    expect(await accounts.add(tokenActor, account({ account: 'it', password: 'qWbItk94-xPz' }))).toBe(
      'added',
    );
    expect(await accounts.setPassword(tokenActor, 'it', 'qWbItk94-x')).toBe('password-weak');
  });

  it('AC4: locks after 5 wrong passwords, many at once too, and opens again by itself', async () => {
    await accounts.add(tokenActor, account());
    const tries = Array.from({ length: 8 }, () => accounts.signIn('lin', 'wrong-password'));
    const kinds = (await Promise.all(tries)).map((one) => one.kind);
    expect(kinds.filter((one) => one === 'wrong')).toHaveLength(5);
    expect(kinds.filter((one) => one === 'locked')).toHaveLength(3);
    expect(await accounts.signIn('lin', password)).toEqual({ kind: 'locked' });
    expect((await accounts.list())[0]).toMatchObject({ account: 'lin', isLocked: true });
    clock += 15 * 60_000;
    expect(await accounts.signIn(' Lin', password)).toMatchObject({
      kind: 'right',
      actor: { account: 'lin' },
    });
    expect(await accounts.signIn('nobody', password)).toEqual({ kind: 'wrong' });
    const locks = async () =>
      (await world.audit.list({ limit: 99, about: 'lin' })).filter(({ what }) => what === 'account-locked');
    expect(await locks()).toHaveLength(1);
    // the right one as the fifth locks nobody, and nothing says that it did
    for (let wrong = 0; wrong < 4; wrong += 1) await accounts.signIn('lin', 'wrong-password');
    expect(await accounts.signIn('lin', password)).toMatchObject({ kind: 'right' });
    expect(await locks()).toHaveLength(1);
  });

  it('AC5: a session ends after half an hour without a person, and with the account or its password', async () => {
    await accounts.add(tokenActor, account());
    await accounts.add(tokenActor, account({ account: 'boss', roles: ['it'] }));
    const key = await sessions.open('lin');
    clock += 29 * 60_000;
    expect(await sessions.find(key, true)).toMatchObject({ account: 'lin', name: '林小姐' });
    // the page asks by itself, nobody is there
    for (let minute = 0; minute < 29; minute += 1) {
      clock += 60_000;
      expect(await sessions.find(key, false)).toBeDefined();
    }
    clock += 60_000;
    expect(await sessions.find(key, true)).toBeUndefined();
    const again = await sessions.open('lin');
    expect(await accounts.change(tokenActor, 'lin', { isDisabled: true })).toBe('changed');
    expect(await sessions.find(again, true)).toBeUndefined();
    expect(await accounts.signIn('lin', password)).toEqual({ kind: 'wrong' });
    expect(await accounts.change(tokenActor, 'boss', { roles: ['club'] })).toBe('last-it');
    expect((await accounts.list()).find((one) => one.account === 'boss')?.roles).toEqual(['it']);
    const boss = await sessions.open('boss');
    expect(await accounts.setPassword(tokenActor, 'boss', 'quite-another-1')).toBe('changed');
    expect(await sessions.find(boss, true)).toBeUndefined();
  });
});

describe('signing in over HTTP', () => {
  let hq: Running;
  beforeEach(async () => {
    hq = await runHeadquarters({ limits: { requestsPerSecond: 1_000 } });
    const { account: id, name, roles } = account();
    await hq.call('/api/accounts', { account: id, name, roles, password });
  });
  afterEach(() => hq.remove());

  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${hq.httpUrl}${path}`, init);
    return { response, json: (await response.json()) as Record<string, unknown> };
  };
  const signIn = async () => {
    const { response, json } = await ask('/api/sign-in', {
      method: 'POST',
      body: JSON.stringify({ account: 'lin', password }),
    });
    expect(json).toEqual({ account: 'lin', name: '林小姐', roles: ['service-desk'], ports: [] });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^yingbin-session=[\w-]{43}; Path=\/api; HttpOnly; SameSite=Strict$/);
    return cookie.split(';')[0] ?? '';
  };
  const codeOf = (json: Record<string, unknown>) => (json['error'] as { code: string } | undefined)?.code;

  it('AC6: the cookie opens what the roles open, and nothing else; signing out ends it', async () => {
    const cookie = await signIn();
    const me = await ask('/api/me', { headers: { cookie } });
    expect(me.json).toMatchObject({ account: 'lin' });
    expect((await ask('/api/facts', { headers: { cookie } })).response.status).toBe(200);
    for (const path of ['/api/orders', '/api/board', '/api/accounts', '/api/audit', '/api/terminals']) {
      const { response, json } = await ask(path, { headers: { cookie } });
      expect([path, response.status, codeOf(json)]).toEqual([path, 403, 'not-your-role']);
    }
    await ask('/api/sign-out', { method: 'POST', headers: { cookie, origin: hq.httpUrl }, body: '{}' });
    expect((await ask('/api/me', { headers: { cookie } })).response.status).toBe(401);
    const { json } = await hq.call('/api/audit');
    expect(json['lines']).toMatchObject([
      { actor: 'lin', what: 'signed-out' },
      { actor: 'lin', what: 'signed-in' },
      { actor: 'api-token', what: 'account-added', about: 'lin' },
    ]);
    expect((await hq.call('/api/audit/check')).json).toMatchObject({ lines: 3, brokenAt: null });
  });

  it('AC6: what owners said in their own words is for the desk and the management alone', async () => {
    await hq.call('/api/accounts', {
      account: 'wu',
      name: '吴工',
      roles: ['port', 'club', 'sales', 'it'],
      password,
    });
    const { response: entry } = await ask('/api/sign-in', {
      method: 'POST',
      body: JSON.stringify({ account: 'wu', password }),
    });
    const cookie = (entry.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    for (const path of ['/api/requests', '/api/service/call-backs', '/api/service/rules', '/api/ladder']) {
      const { response } = await ask(path, { headers: { cookie } });
      expect([path, response.status]).toEqual([path, 403]);
    }
  });

  it('AC9: a password that somebody else chose opens nothing until it is changed', async () => {
    const zhao = { account: 'zhao', name: '赵小姐', roles: ['service-desk'], password, isTemporary: true };
    await hq.call('/api/accounts', zhao);
    const enter = async (typed: string) => {
      const body = JSON.stringify({ account: 'zhao', password: typed });
      const { response, json } = await ask('/api/sign-in', { method: 'POST', body });
      return { cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '', json };
    };
    const first = await enter(password);
    expect(first.json).toMatchObject({ mustChangePassword: true });
    const inbox = await ask('/api/service/inbox', { headers: { cookie: first.cookie } });
    expect([inbox.response.status, codeOf(inbox.json)]).toEqual([403, 'password-change-due']);
    const own = 'one-of-my-own-1';
    const change = await ask('/api/me/password', {
      method: 'POST',
      headers: { cookie: first.cookie, origin: hq.httpUrl },
      body: JSON.stringify({ old: password, password: own }),
    });
    expect(change.response.status).toBe(200);
    const second = await enter(own);
    expect(second.json).not.toHaveProperty('mustChangePassword');
    const opened = await ask('/api/service/inbox', { headers: { cookie: second.cookie } });
    expect(opened.response.status).toBe(200);
  });

  it('AC7: a cookie changes nothing unless the console page asks', async () => {
    const cookie = await signIn();
    const body = JSON.stringify({ old: password, password: 'something-new-1' });
    const post = (headers: Record<string, string>) =>
      ask('/api/me/password', { method: 'POST', headers: { cookie, ...headers }, body });
    expect(codeOf((await post({})).json)).toBe('wrong-origin');
    expect(codeOf((await post({ origin: 'http://evil.example' })).json)).toBe('wrong-origin');
    expect((await post({ origin: hq.httpUrl })).json).toEqual({ done: true });
    expect((await ask('/api/me', { headers: { cookie } })).response.status).toBe(401);
  });

  it('AC4: wrong passwords are refused with a code, and after 5 the right one as well', async () => {
    const tryIt = (typed: string) =>
      hq.call('/api/sign-in', { account: 'lin', password: typed }, { authorization: '' });
    for (let time = 0; time < 5; time += 1) expect(codeOf((await tryIt('wrong')).json)).toBe('sign-in-wrong');
    const last = await tryIt(password);
    expect([last.status, codeOf(last.json)]).toEqual([429, 'account-locked']);
    await hq.call('/api/accounts/lin', { isUnlocked: true });
    expect((await tryIt(password)).status).toBe(200);
  });

  it('AC8: whoever looks at a person stands in the audit', async () => {
    await hq.call('/api/members/m1');
    const { json } = await hq.call('/api/audit?about=m1');
    expect(json['lines']).toMatchObject([{ actor: 'api-token', what: 'person-viewed', about: 'm1' }]);
  });
});
