// The command that makes the first account: what it says, what it refuses, and that whoever it made can sign in.
import { afterEach, describe, expect, it } from 'vitest';
import {
  type AccountArguments,
  runAccountCommand,
} from '../../../../sync/headquarters/accounts/account-command.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

const now = (): Date => new Date('2026-11-22T08:00:00Z');
const password = 'vier-jahre-lang';
const wu: AccountArguments = {
  deed: 'add',
  name: 'Wu',
  roles: 'it, manager',
  ports: undefined,
  person: '吴工',
};

describe.each(storeKinds)('AC3: the account command on %s', (kind) => {
  let world: World;
  afterEach(() => world.remove());

  it('adds who signs in at once, sets a new password, and is on record', async () => {
    world = await makeWorld(undefined, kind);
    // SQLite belongs to one process at a time
    const run = async (said: AccountArguments, typed: string) => {
      let answer: unknown;
      world = await world.reopen(async () => {
        answer = await runAccountCommand(world.url, said, typed, now).catch((error: unknown) => error);
      });
      return answer;
    };
    expect(await run(wu, password)).toEqual({ account: 'wu' });
    expect(await world.accounts.signIn('WU', password)).toMatchObject({
      kind: 'right',
      actor: { name: '吴工', roles: new Set(['it', 'manager']) },
    });
    for (const [said, typed] of [
      [wu, password],
      [{ ...wu, name: 'li' }, 'short'],
      [{ ...wu, name: 'li', roles: 'king' }, password],
      [{ ...wu, name: 'li', roles: '' }, password],
      [{ ...wu, name: undefined }, password],
      [{ ...wu, deed: 'remove' }, password],
      [{ ...wu, deed: 'password', name: 'nobody' }, password],
    ] as const) {
      expect(await run(said, typed)).toMatchObject({ code: 'hq-account-wrong' });
    }
    expect(await run({ ...wu, deed: 'password' }, 'another-one-2')).toEqual({ account: 'wu' });
    expect(await world.accounts.signIn('wu', password)).toEqual({ kind: 'wrong' });
    expect(await world.accounts.signIn('wu', 'another-one-2')).toMatchObject({ kind: 'right' });
    expect((await world.audit.list({ limit: 5 })).map(({ actor, what }) => [actor, what])).toEqual([
      ['command-line', 'password-set'],
      ['command-line', 'account-added'],
    ]);
    expect((await world.accounts.list()).map(({ account }) => account)).toEqual(['wu']);
  });
});
