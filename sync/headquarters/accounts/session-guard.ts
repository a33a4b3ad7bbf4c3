// Reads from a call whose session it comes with.
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Actor } from './actor.ts';
import type { Sessions } from './sessions.ts';

export const sessionCookie = 'yingbin-session';
/** The console sends it when a person has touched it since the last call. */
export const personHeader = 'yingbin-person';

/** `foreign`: something is to be changed, and the browser does not say which page asks. */
export type SessionRead =
  | { readonly kind: 'in'; readonly actor: Actor }
  | { readonly kind: 'none' | 'ended' | 'foreign' };

export async function readSession(context: Context, sessions: Sessions): Promise<SessionRead> {
  const key = getCookie(context, sessionCookie);
  if (key === undefined) return { kind: 'none' };
  const isReading = context.req.method === 'GET' || context.req.method === 'HEAD';
  // that the origin is ours was looked at before
  if (!isReading && context.req.header('origin') === undefined) return { kind: 'foreign' };
  const actor = await sessions.find(key.slice(0, 100), context.req.header(personHeader) !== undefined);
  return actor ? { kind: 'in', actor } : { kind: 'ended' };
}
