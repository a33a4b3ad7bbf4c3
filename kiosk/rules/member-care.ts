// What a member is given because of who they are: the treatment of their level, a greeting on their birthday.
import type { SessionRow } from '../../sync/contract/events.ts';
import type { Words } from '../../sync/contract/ids.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import { localDate } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';
import { standingHere } from './points.ts';

/** Their own, or else what their level gives at this session; null = nothing special. */
export function treatmentOf(session: SessionRow, member: MemberRow, context: RuleContext): Words | null {
  const own = context.know.events.roster(session.id, member.id)?.treatment ?? null;
  const level = standingHere(member, context).level?.code ?? member.level;
  return own ?? session.treatments?.[level] ?? null;
}

/** By the site's calendar; who was born on 29 February is greeted on the 28th in other years. */
export function isBirthday({ birthday }: MemberRow, { now, site }: RuleContext): boolean {
  const today = localDate(now, site.timeZone);
  const year = Number(today.slice(0, 4));
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  const day = birthday === '02-29' && !isLeap ? '02-28' : birthday;
  return day === today.slice(5);
}
