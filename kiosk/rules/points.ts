// Journey c: where a member stands now, by what headquarters told, what this terminal recorded since, and the time.
import type { CardToken, ProjectId } from '../../sync/contract/ids.ts';
import type { LevelRow, MemberRow } from '../../sync/contract/members.ts';
import { levelOf, pointsFor, type Standing, standingOf, visitKey } from '../../sync/contract/points.ts';
import type { Effect, Recording } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';

/** Points that expire so soon are said. */
const soonMs = 90 * 86_400_000;
const shownExpiries = 4;

/**
 * The level follows the points at once, up and down, also when headquarters has not been heard for weeks.
 * @param coming points that are being recorded just now
 */
export function standingHere(
  member: MemberRow,
  { know: { club }, now }: RuleContext,
  coming = 0,
): Standing & { readonly level: LevelRow | undefined } {
  const standing = standingOf(member, [...club.pending(member.id), { points: coming }], now);
  const levels = club.levels();
  const level = levelOf(levels, standing.earned) ?? levels.find(({ code }) => code === member.level);
  return { ...standing, level };
}

/** What expires in the next 90 days, and what has since headquarters told; soonest first. */
export function expiries({ lots = [] }: MemberRow, now: Date) {
  const lastMs = now.getTime() + soonMs;
  const isPast = ({ expiresAt }: { readonly expiresAt: string }): boolean =>
    Date.parse(expiresAt) <= now.getTime();
  return {
    past: lots.filter(isPast),
    soon: lots.filter((lot) => !isPast(lot) && Date.parse(lot.expiresAt) <= lastMs).slice(0, shownExpiries),
  };
}

/** A member is here. At a project's site that is a viewing, and the first of a day earns; headquarters books it. */
export function visitOf(member: MemberRow, card: CardToken, context: RuleContext): Recording {
  const { project } = context.site;
  return {
    fact: { kind: 'visit-recorded', body: { member: member.id, card, project } },
    effects: project === null ? [] : viewingPoints(member, project, context),
  };
}

function viewingPoints(
  member: MemberRow,
  project: ProjectId,
  { know: { club }, now }: RuleContext,
): Effect[] {
  const rules = club.rules();
  const points = pointsFor(rules, 'visit');
  const reason = rules?.items.find(({ code }) => code === 'visit')?.name;
  const key = visitKey(project, now, member.id);
  const isBooked =
    member.ledger.some(({ id }) => id === key) || club.pending(member.id).some((each) => each.key === key);
  if (points === 0 || !reason || isBooked) return [];
  return [{ kind: 'add-pending-points', member: member.id, points, reason, key }];
}
