// What terminals are told of members' points, so that they stay right there for months without a word from here.
import type { MemberId } from '../../contract/ids.ts';
import type { MemberRow } from '../../contract/members.ts';
import { expiringLots, fadingPoints, type KnownPoints, standingAt } from '../../contract/points.ts';
import type { Tx } from '../store/store.ts';
import type { Ledger, Told } from './ledger.ts';

/** How many ledger lines travel to terminals. */
const publishedLines = 20;
const none: Told = { account: { lots: [], debt: 0 }, lines: [] };

/** @returns of every member, also those who have nothing */
export async function memberPoints(
  ledger: Ledger,
  tx: Tx,
  members: readonly MemberId[],
  now: Date,
): Promise<(member: string) => Required<KnownPoints> & Pick<MemberRow, 'ledger'>> {
  const { levelMonths } = (await ledger.rules.read(tx)).at(now);
  const told = await ledger.told(tx, members, publishedLines);
  return (member) => {
    const { account, lines } = told.get(member) ?? none;
    return {
      ...standingAt(account, levelMonths, now),
      lots: expiringLots(account, now).map(({ points, at }) => ({ points, expiresAt: at })),
      fading: fadingPoints(account, levelMonths, now),
      ledger: lines,
    };
  };
}
