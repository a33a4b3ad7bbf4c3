// S57: a second factor beside the password: added with a code, asked for at every sign-in, locked with the password.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../../sync/headquarters/accounts/accounts.ts';
import { tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import { type FactorPolicy, SecondFactors } from '../../../../sync/headquarters/accounts/second-factors.ts';
import { Sessions } from '../../../../sync/headquarters/accounts/sessions.ts';
import type { NewAccount } from '../../../../sync/headquarters/api/account-api.ts';
import { appCode } from '../../../simulators/authenticator-app.ts';
import { someOpener, someSealer } from '../../some-keys.ts';
import { type Running, runHeadquarters } from '../running.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

const password = 'vier-jahre-lang';
const lin: NewAccount = {
  account: 'lin',
  name: '林小姐',
  roles: ['it'],
  ports: [],
  email: null,
  webhook: null,
  password,
};
const who = { account: 'lin' };

describe.each(storeKinds)('second factors on %s', (kind) => {
  let world: World;
  let clock = 0;
  let factors: SecondFactors;
  let accounts: Accounts;
  const open = (policy: FactorPolicy) => {
    const now = (): Date => new Date(clock);
    factors = new SecondFactors({ ...world, sealer: someSealer, opener: someOpener, policy, now });
    accounts = new Accounts(world.store, world.audit, now, factors);
    return new Sessions(world.store, now, policy);
  };
  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    clock = Date.parse('2026-11-22T08:00:00Z');
    open('offered');
    await accounts.add(tokenActor, lin);
  });
  afterEach(() => world.remove());
  const add = async () => {
    const offer = await factors.begin(who);
    const recovery = await factors.confirm(who, appCode(offer?.uri ?? '', clock));
    clock += 60_000;
    return { uri: offer?.uri ?? '', recovery: recovery ?? [] };
  };

  it('S57 counts once a code of it was typed, and is kept sealed', async () => {
    const offer = await factors.begin(who);
    expect((await accounts.signIn('lin', password)).kind).toBe('right');
    expect(await factors.confirm(who, '000000')).toBeUndefined();
    const recovery = await factors.confirm(who, appCode(offer?.uri ?? '', clock));
    expect(new Set(recovery).size).toBe(8);
    expect(await factors.begin(who)).toBeUndefined();
    expect((await accounts.signIn('lin', password)).kind).toBe('code-needed');
    const rows = JSON.stringify(await world.store.db.selectFrom('second_factor').selectAll().execute());
    for (const secret of [offer?.secret ?? '?', ...(recovery ?? ['?'])]) expect(rows).not.toContain(secret);
  });

  it('S57 asks for a code at each sign-in, and takes none twice', async () => {
    const { uri } = await add();
    const code = appCode(uri, clock);
    expect(await accounts.signIn('lin', password, code)).toMatchObject({
      kind: 'right',
      actor: { hasSecondFactor: true },
    });
    expect((await accounts.signIn('lin', password, code)).kind).toBe('code-wrong');
    clock += 30_000;
    expect((await accounts.signIn('lin', password, appCode(uri, clock))).kind).toBe('right');
  });

  it('S57 locks after five wrong codes, whatever is asked in between', async () => {
    const { uri } = await add();
    for (let n = 0; n < 4; n += 1) {
      expect((await accounts.signIn('lin', password, '000000')).kind).toBe('code-wrong');
      expect((await accounts.signIn('lin', password)).kind).toBe('code-needed');
    }
    expect((await accounts.signIn('lin', password, '000000')).kind).toBe('code-wrong');
    expect((await accounts.signIn('lin', password, appCode(uri, clock))).kind).toBe('locked');
    const lines = await world.audit.list({ limit: 20 });
    expect(lines.filter(({ what }) => what === 'account-locked')).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('000000');
  });

  it('S57 takes each code for a lost app once, and IT can begin anew for somebody', async () => {
    const { recovery } = await add();
    const [one = '', two = ''] = recovery;
    expect((await accounts.signIn('lin', password, one.toUpperCase())).kind).toBe('right');
    expect((await accounts.signIn('lin', password, one)).kind).toBe('code-wrong');
    // as it is printed, and as it is read out
    expect((await accounts.signIn('lin', password, `${two.slice(0, 5)}-${two.slice(5)} `)).kind).toBe(
      'right',
    );
    expect(await factors.reset(tokenActor, 'lin')).toBe(true);
    expect(await factors.reset(tokenActor, 'lin')).toBe(false);
    expect((await accounts.signIn('lin', password)).kind).toBe('right');
    const whats = (await world.audit.list({ limit: 20 })).map(({ what }) => what);
    for (const what of ['second-factor-added', 'recovery-code-used', 'second-factor-reset'])
      expect(whats).toContain(what);
  });

  it('S57 is removed by a code alone', async () => {
    const { uri } = await add();
    expect(await factors.remove(who, '000000')).toBe('wrong');
    expect(await factors.remove(who, appCode(uri, clock))).toBe('removed');
    expect((await accounts.signIn('lin', password)).kind).toBe('right');
  });

  it('S57 is not guessed at from somebody’s desk: five wrong codes lock the account', async () => {
    const { uri } = await add();
    const remove = (code: string) =>
      accounts.countTry('lin', async () => (await factors.remove(who, code)) === 'removed');
    for (let n = 0; n < 5; n += 1) expect(await remove('000000')).toBe('wrong');
    expect(await remove(appCode(uri, clock))).toBe('locked');
    expect((await accounts.signIn('lin', password, appCode(uri, clock))).kind).toBe('locked');
    clock += 16 * 60_000;
    expect(await remove(appCode(uri, clock))).toBe('right');
    expect((await accounts.signIn('lin', password)).kind).toBe('right');
  });

  it.each([
    ['offered', false, false],
    ['it', true, false],
    ['all', true, true],
  ] as const)('S57 policy %s: IT must %s, others must %s', async (policy, ofIt, ofOthers) => {
    const sessions = open(policy);
    await accounts.add(tokenActor, { ...lin, account: 'wu', roles: ['club'] });
    for (const [account, must] of [
      ['lin', ofIt],
      ['wu', ofOthers],
    ] as const) {
      const actor = await sessions.find(await sessions.open(account), true);
      expect(actor?.mustAddSecondFactor ?? false).toBe(must);
    }
    await add();
    const actor = await sessions.find(await sessions.open('lin'), true);
    expect([actor?.hasSecondFactor, actor?.mustAddSecondFactor]).toEqual([true, undefined]);
  });
});

describe('the paths of second factors', () => {
  let hq: Running;
  beforeEach(async () => {
    hq = await runHeadquarters({ accounts: { secondFactor: 'it' } });
    await hq.call('/api/accounts', lin);
  });
  afterEach(() => hq.remove());

  it('S57 open nothing else to whoever must add one, until it is added; then the sign-in asks for it', async () => {
    const enter = async (code?: string) =>
      await fetch(`${hq.httpUrl}/api/sign-in`, {
        method: 'POST',
        body: JSON.stringify({ account: 'lin', password, ...(code === undefined ? {} : { code }) }),
      });
    const cookie = ((await enter()).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const as = async (path: string, body?: object) => {
      const response = await fetch(`${hq.httpUrl}/api/${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { cookie, origin: hq.httpUrl },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return (await response.json()) as Record<string, unknown>;
    };
    expect(await as('me')).toMatchObject({ mustAddSecondFactor: true });
    expect(await as('accounts')).toMatchObject({ error: { code: 'second-factor-due' } });
    const uri = String((await as('me/second-factor', {}))['uri']);
    expect(await as('me/second-factor/confirm', { code: '000000' })).toMatchObject({
      error: { code: 'code-wrong' },
    });
    const added = await as('me/second-factor/confirm', { code: appCode(uri, Date.now()) });
    expect(added['recovery']).toHaveLength(8);
    expect(await as('accounts')).toMatchObject({ accounts: [{ hasSecondFactor: true }] });
    const refused = await enter();
    expect([refused.status, await refused.json()]).toMatchObject([401, { error: { code: 'code-needed' } }]);
    const [recovery] = added['recovery'] as string[];
    expect((await enter(recovery)).status).toBe(200);
    expect(await as('me/second-factor', {})).toMatchObject({ error: { code: 'second-factor-there' } });
    const reset = await hq.call('/api/accounts/lin/second-factor/reset', {});
    expect(reset.status).toBe(200);
    expect((await enter()).status).toBe(200);
  });
});
