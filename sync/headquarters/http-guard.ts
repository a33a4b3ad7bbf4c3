// Who may use the API: people who signed in, and this machine's scripts with the token, not too fast.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { tokenActor } from './accounts/actor.ts';
import { readSession } from './accounts/session-guard.ts';
import type { Sessions } from './accounts/sessions.ts';

export interface GuardOptions {
  readonly token: string;
  readonly sessions: Sessions;
  readonly requestsPerSecond: number;
  readonly wrongTokensPerMinute: number;
  readonly now: () => number;
}

const signInPath = '/api/sign-in';
/** While the password is still one that somebody else knows. */
const openBefore: ReadonlySet<string> = new Set(['/api/me', '/api/me/password', '/api/sign-out']);
/** While they have none of what their role asks for. */
const openBeforeFactor: ReadonlySet<string> = new Set([
  ...openBefore,
  '/api/me/second-factor',
  '/api/me/second-factor/confirm',
]);
const factorDue = {
  error: { code: 'second-factor-due', message: 'Add the codes of an authenticator app first.' },
};
const passwordDue = {
  error: { code: 'password-change-due', message: 'Choose a password of your own first.' },
};
const wrongOrigin = { error: { code: 'wrong-origin', message: 'Only the console page may call.' } };

/** Refuses what was not asked of this very address: a page elsewhere whose name was made to point here. */
export function hostGuard(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host');
    if (host !== `127.0.0.1:${port()}` && host !== `localhost:${port()}`) {
      return context.json(
        { error: { code: 'wrong-host', message: 'Use the address that headquarters printed.' } },
        421,
      );
    }
    const origin = context.req.header('origin');
    if (origin !== undefined && origin !== `http://${host}`) {
      return context.json(wrongOrigin, 403);
    }
    return await next();
  };
}

/** Session or bearer token, and speed limit; wrong tokens soon cost all access for the rest of the minute. */
export function accessGuard(options: GuardOptions): MiddlewareHandler {
  const wanted = digest(options.token);
  let allowance = options.requestsPerSecond;
  let refilledAt = options.now();
  let minute = 0;
  let wrong = 0;
  return async (context, next) => {
    const now = options.now();
    const thisMinute = Math.floor(now / 60_000);
    if (thisMinute !== minute) {
      minute = thisMinute;
      wrong = 0;
    }
    const refill = (Math.max(0, now - refilledAt) / 1000) * options.requestsPerSecond;
    // two seconds' worth may come at once: a page that opens asks for much
    allowance = Math.min(options.requestsPerSecond * 2, allowance + refill);
    refilledAt = now;
    if (allowance < 1) {
      context.header('Retry-After', '1');
      return context.json({ error: { code: 'too-many-requests', message: 'Ask again in a second.' } }, 429);
    }
    allowance -= 1;
    // whoever signs in has nothing to show yet
    if (context.req.method === 'POST' && context.req.path === signInPath) return await next();
    const session = await readSession(context, options.sessions);
    if (session.kind === 'in') {
      if (session.actor.mustChangePassword && !openBefore.has(context.req.path))
        return context.json(passwordDue, 403);
      if (session.actor.mustAddSecondFactor && !openBeforeFactor.has(context.req.path))
        return context.json(factorDue, 403);
      context.set('actor', session.actor);
      return await next();
    }
    if (session.kind === 'foreign') return context.json(wrongOrigin, 403);
    const given = /^Bearer (\S{1,200})$/.exec(context.req.header('authorization') ?? '')?.[1];
    const isRight = given !== undefined && timingSafeEqual(digest(given), wanted);
    if (isRight && wrong < options.wrongTokensPerMinute) {
      context.set('actor', tokenActor);
      return await next();
    }
    // whoever shows nothing guesses at nothing: a page that opens before anybody signed in
    if (!isRight && given !== undefined) wrong += 1;
    if (wrong >= options.wrongTokensPerMinute) {
      context.header('Retry-After', '60');
      return context.json(
        { error: { code: 'too-many-wrong-tokens', message: 'Wait a minute and try again.' } },
        429,
      );
    }
    context.header('WWW-Authenticate', 'Bearer');
    return context.json(
      { error: { code: 'unauthorized', message: 'Sign in, or send the API token as a bearer token.' } },
      401,
    );
  };
}

/** Headers of every answer: nothing from elsewhere is loaded, nothing is framed, nothing is kept. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  context.header(
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
  );
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Referrer-Policy', 'no-referrer');
  context.header('Cross-Origin-Opener-Policy', 'same-origin');
  context.header('Cross-Origin-Resource-Policy', 'same-origin');
  context.header('Cache-Control', 'no-store');
};

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
