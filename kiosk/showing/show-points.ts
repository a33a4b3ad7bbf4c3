// Journey c in words: balance, what is pending, the ledger line by line, the level and what it gives.
import type { Words } from '../../sync/contract/ids.ts';
import type { RuleContext } from '../rule-context.ts';
import { expiries, standingHere } from '../rules/points.ts';
import type { ScreenOf } from '../screen.ts';
import { memberInFront, shownMember } from './show-personal.ts';

/** As headquarters will write it. */
const expired: Words = { zh: '积分到期', en: 'Points expired' };

export function showPoints(context: RuleContext): ScreenOf<'points'> | undefined {
  const member = memberInFront(context);
  if (!member) return undefined;
  const {
    know: { club },
    session: { language },
    now,
  } = context;
  const { balance, earned, level } = standingHere(member, context);
  const next = club.levels().find(({ from }) => from > earned);
  const { at: asOf, isLive } = club.asOf(member.id);
  const { past, soon } = expiries(member, now);
  const line = ({ at, points, reason }: { at: string; points: number; reason: Words }) => ({
    at,
    points,
    reason: reason[language],
  });
  const gone = past
    .map(({ points, expiresAt }) => ({ at: expiresAt, points: -points, reason: expired }))
    .reverse();
  return {
    kind: 'points',
    member: shownMember(member, context),
    balance,
    asOf,
    isLive,
    pending: club.pending(member.id).map(line),
    ledger: [...gone, ...member.ledger].map(line),
    benefit: level?.benefit[language] ?? '',
    discount: level?.discount ?? 0,
    earned,
    next: next
      ? {
          name: next.name[language],
          missing: next.from - earned,
          from: level?.from ?? 0,
          benefit: next.benefit[language],
          discount: next.discount ?? 0,
        }
      : null,
    expiring: soon.map(({ points, expiresAt }) => ({ at: expiresAt, points })),
  };
}
