// What terminals are told of members' points, so that they stay right there for months without a word from here.
import type { MemberId } from '../../contract/ids.ts';
import {
  type Account,
  expiringLots,
  fadingPoints,
  type KnownPoints,
  standingAt,
} from '../../contract/points.ts';
import type { Tx } from '../store/store.ts';
import type { Ledger } from './ledger.ts';

const none: Account = { lots: [], debt: 0 };

/** @returns of every member, also those who have nothing */
export async function memberPoints(
  ledger: Ledger,
  tx: Tx,
  members: readonly MemberId[],
  now: Date,
): Promise<(member: string) => Required<KnownPoints>> {
  const { levelMonths } = (await ledger.rules.read(tx)).at(now);
  const accounts = await ledger.accounts(tx, members);
  return (member) => {
    const account = accounts.get(member) ?? none;
    return {
      ...standingAt(account, levelMonths, now),
      lots: expiringLots(account, now).map(({ points, at }) => ({ points, expiresAt: at })),
      fading: fadingPoints(account, levelMonths, now),
    };
  };
}
