// Whether anybody of a role is there: absences are what accounts say of themselves.
import type { Role } from '../accounts/actor.ts';
import type { Reader } from '../store/store.ts';

export interface Present {
  readonly roles: readonly Role[];
  readonly awayUntil: string | null;
}

/** Everybody who can sign in. */
export async function readPresence(db: Reader): Promise<Present[]> {
  const accounts = await db
    .selectFrom('account')
    .select(['roles', 'away_until'])
    .where('disabled_at', 'is', null)
    .execute();
  return accounts.map(({ roles, away_until: awayUntil }) => ({
    roles: JSON.parse(roles) as Role[],
    awayUntil,
  }));
}

/** A role of nobody is not away: its notices go to the addresses that the config names. */
export function isRoleAway(people: readonly Present[], role: Role, at: string): boolean {
  const holders = people.filter(({ roles }) => roles.includes(role));
  return holders.length > 0 && holders.every(({ awayUntil }) => awayUntil !== null && awayUntil > at);
}
