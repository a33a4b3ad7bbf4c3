// Who does something at headquarters, and what they may do.
import type { Context, MiddlewareHandler } from 'hono';
import type { PortId } from '../../contract/ids.ts';
import { type Role, roles } from '../api/account-api.ts';

export { type Role, roles };

export interface Actor {
  /** what stands in records of what was done; two persons never have the same */
  readonly account: string;
  readonly name: string;
  readonly roles: ReadonlySet<Role>;
  /** for role `port`: whose tasks they see */
  readonly ports: ReadonlySet<PortId>;
  /** nothing but that is open to them */
  readonly mustChangePassword?: boolean;
  readonly hasSecondFactor?: boolean;
  /** nothing but that is open to them */
  readonly mustAddSecondFactor?: boolean;
  readonly awayUntil?: string;
}

/** Whoever has the API token: the machine's owner and their scripts. */
export const tokenActor: Actor = {
  account: 'api-token',
  name: 'API',
  roles: new Set(roles),
  ports: new Set(),
};

declare module 'hono' {
  interface ContextVariableMap {
    readonly actor: Actor;
  }
}

/** Set by the guard on every path below `/api`. */
export function actorOf(context: Context): Actor {
  return context.get('actor');
}

/** Answers 403 to whoever has none of these roles. */
export function allow(...some: readonly Role[]): MiddlewareHandler {
  return async (context, next) => {
    if (some.some((role) => actorOf(context).roles.has(role))) return await next();
    return context.json(
      {
        error: {
          code: 'not-your-role',
          message: 'Your account may not do this. Ask whoever manages accounts.',
        },
      },
      403,
    );
  };
}
