// The paths of the API about who is signed in and which accounts there are.
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import {
  type AccountAnswers,
  accountChangeSchema,
  awayBodySchema,
  factorCodeSchema,
  newAccountSchema,
  ownPasswordBodySchema,
  passwordBodySchema,
  signInBodySchema,
} from '../api/account-api.ts';
import { fail, parseBody } from '../api-answers.ts';
import type { Store } from '../store/store.ts';
import type { Accounts, PasswordOutcome } from './accounts.ts';
import { type Actor, actorOf, allow, tokenActor } from './actor.ts';
import type { Audit } from './audit.ts';
import type { SecondFactors } from './second-factors.ts';
import { sessionCookie } from './session-guard.ts';
import type { Sessions } from './sessions.ts';

export interface AccountParts {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly audit: Audit;
  readonly secondFactors: SecondFactors;
}

/** Each takes 32 MiB for a moment. */
const maxSignIns = 4;
const done: AccountAnswers['done'] = { done: true };

export function accountRoutes(parts: AccountParts): Hono {
  const app = new Hono();
  ownRoutes(app, parts);
  factorRoutes(app, parts);
  managedRoutes(app, parts);
  return app;
}

function ownRoutes(app: Hono, { store, accounts, sessions, audit }: AccountParts): void {
  let busy = 0;
  app.post('/sign-in', async (context) => {
    const body = await parseBody(context, signInBodySchema);
    if (body instanceof Response) return body;
    if (busy >= maxSignIns) return fail(context, 429, 'too-many-requests', 'Ask again in a second.');
    busy += 1;
    try {
      const proof = await accounts.signIn(body.account, body.password, body.code);
      if (proof.kind === 'locked') return fail(context, 429, 'account-locked', lockedSentence);
      if (proof.kind === 'wrong') {
        return fail(context, 401, 'sign-in-wrong', 'Name and password do not go together.');
      }
      if (proof.kind === 'code-needed')
        return fail(context, 401, proof.kind, 'Type the six digits that your app shows.');
      if (proof.kind === 'code-wrong')
        return fail(context, 401, proof.kind, 'The six digits are not right, or were used already.');
      const { actor } = proof;
      const key = await sessions.open(actor.account);
      await store.transaction((tx) => audit.note(tx, actor, 'signed-in', actor.account));
      // not Secure: headquarters is reached on this machine only, without TLS
      setCookie(context, sessionCookie, key, { httpOnly: true, sameSite: 'Strict', path: '/api' });
      return context.json(meOf(actor));
    } finally {
      busy -= 1;
    }
  });
  app.post('/sign-out', async (context) => {
    const key = getCookie(context, sessionCookie);
    if (key !== undefined) {
      const actor = actorOf(context);
      await sessions.close(key);
      await store.transaction((tx) => audit.note(tx, actor, 'signed-out', actor.account));
    }
    deleteCookie(context, sessionCookie, { path: '/api' });
    return context.json(done);
  });
  app.get('/me', (context) => context.json(meOf(actorOf(context))));
  app.post('/me/away', async (context) => {
    const body = await parseBody(context, awayBodySchema);
    if (body instanceof Response) return body;
    const actor = actorOf(context);
    const outcome = await accounts.change(actor, actor.account, { awayUntil: body.until });
    if (outcome !== 'changed')
      return fail(context, 404, 'unknown-account', 'There is no account of this name.');
    return context.json({ ...meOf(actor), awayUntil: body.until } satisfies AccountAnswers['me']);
  });
  app.post('/me/password', async (context) => {
    const body = await parseBody(context, ownPasswordBodySchema);
    if (body instanceof Response) return body;
    const outcome = await accounts.changePassword(actorOf(context), body.old, body.password);
    return passwordAnswer(context, outcome);
  });
}

function factorRoutes(app: Hono, { accounts, secondFactors }: AccountParts): void {
  const wrongCode = (context: Context): Response =>
    fail(context, 400, 'code-wrong', 'The six digits are not right, or were used already.');
  app.post('/me/second-factor', async (context) => {
    const actor = actorOf(context);
    const isSomebody = (await accounts.list()).some(({ account }) => account === actor.account);
    // the machine's own scripts are nobody
    if (actor === tokenActor || !isSomebody)
      return fail(context, 400, 'no-account', 'Sign in with an account.');
    const offer = await secondFactors.begin(actor);
    return offer
      ? context.json(offer satisfies AccountAnswers['factorOffer'])
      : fail(context, 409, 'second-factor-there', 'There is one: remove it first.');
  });
  app.post('/me/second-factor/confirm', async (context) => {
    const body = await parseBody(context, factorCodeSchema);
    if (body instanceof Response) return body;
    const recovery = await secondFactors.confirm(actorOf(context), body.code);
    return recovery
      ? context.json({ recovery: [...recovery] } satisfies AccountAnswers['factorAdded'])
      : wrongCode(context);
  });
  app.post('/me/second-factor/remove', async (context) => {
    const body = await parseBody(context, factorCodeSchema);
    if (body instanceof Response) return body;
    const actor = actorOf(context);
    const remove = async (): Promise<boolean> => (await secondFactors.remove(actor, body.code)) === 'removed';
    switch (await accounts.countTry(actor.account, remove)) {
      case 'right':
        return context.json(done);
      case 'wrong':
        return wrongCode(context);
      case 'locked':
        return fail(context, 429, 'account-locked', lockedSentence);
    }
  });
  app.post('/accounts/:id/second-factor/reset', allow('it'), async (context) =>
    (await secondFactors.reset(actorOf(context), context.req.param('id')))
      ? context.json(done)
      : fail(context, 404, 'no-second-factor', 'This account has none.'),
  );
}

function managedRoutes(app: Hono, { accounts }: AccountParts): void {
  const list = async (context: Context): Promise<Response> =>
    context.json({ accounts: await accounts.list() } satisfies AccountAnswers['accounts']);
  app.get('/accounts', allow('it', 'manager'), list);
  app.post('/accounts', allow('it'), async (context) => {
    const body = await parseBody(context, newAccountSchema);
    if (body instanceof Response) return body;
    const outcome = await accounts.add(actorOf(context), body);
    switch (outcome) {
      case 'added':
        return await list(context);
      case 'account-taken':
        return fail(context, 409, outcome, 'There is an account of this name.');
      case 'password-weak':
        return fail(context, 400, outcome, weakSentence);
    }
  });
  app.post('/accounts/:id', allow('it'), async (context) => {
    const body = await parseBody(context, accountChangeSchema);
    if (body instanceof Response) return body;
    const outcome = await accounts.change(actorOf(context), context.req.param('id'), body);
    switch (outcome) {
      case 'changed':
        return await list(context);
      case 'unknown-account':
        return fail(context, 404, outcome, 'There is no account of this name.');
      case 'last-it':
        return fail(context, 409, outcome, 'Somebody must be left who manages accounts.');
    }
  });
  app.post('/accounts/:id/password', allow('it'), async (context) => {
    const body = await parseBody(context, passwordBodySchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const { password, isTemporary } = body;
    return passwordAnswer(context, await accounts.setPassword(actorOf(context), id, password, isTemporary));
  });
}

const lockedSentence =
  'Too many wrong passwords. Wait a quarter of an hour, or ask whoever manages accounts.';
const weakSentence = 'Take at least 10 characters, not all alike, the name not counted.';

function passwordAnswer(context: Context, outcome: PasswordOutcome): Response {
  switch (outcome) {
    case 'changed':
      return context.json(done);
    case 'password-weak':
      return fail(context, 400, outcome, weakSentence);
    case 'password-wrong':
      return fail(context, 400, outcome, 'The old password is not right.');
    case 'unknown-account':
      return fail(context, 404, outcome, 'There is no account of this name.');
    case 'locked':
      return fail(context, 429, 'account-locked', lockedSentence);
  }
}

function meOf({ roles, ports, ...actor }: Actor): AccountAnswers['me'] {
  return { ...actor, roles: [...roles], ports: [...ports] };
}
