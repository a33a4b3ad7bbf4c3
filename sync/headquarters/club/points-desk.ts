// A member's points as headquarters' people look at them; changes nothing.
import type { MemberId } from '../../contract/ids.ts';
import { expiringLots, levelOf, standingAt } from '../../contract/points.ts';
import type { PointsAccount } from '../api/points-api.ts';
import { maskName } from '../mask.ts';
import type { Store } from '../store/store.ts';
import { bookedByThemselves } from './awards.ts';
import type { Club } from './club.ts';
import type { Ledger } from './ledger.ts';

const mostLines = 1_000;

/** @returns undefined when there is no such member */
export async function pointsAccount(
  { store, club, ledger }: { readonly store: Store; readonly club: Club; readonly ledger: Ledger },
  id: string,
  now: Date,
): Promise<PointsAccount | undefined> {
  return await store.snapshot(async (tx) => {
    const member = await tx.selectFrom('member').select('name').where('id', '=', id).executeTakeFirst();
    if (!member) return undefined;
    const { levelMonths, items } = (await ledger.rules.read(tx)).at(now);
    const account = (await ledger.accounts(tx, [id])).get(id) ?? { lots: [], debt: 0 };
    const { balance, earned } = standingAt(account, levelMonths, now);
    const level = levelOf(await club.levels(tx), earned);
    const lines = await ledger.lines(tx, [id as MemberId], mostLines);
    const reversed = new Set(lines.map(({ reverses }) => reverses));
    const again = new Set(lines.map((line) => line.id));
    return {
      id,
      name: maskName(member.name),
      level: level?.code ?? null,
      levelName: level?.name ?? null,
      balance,
      owed: account.debt,
      earned,
      bookable: items
        .filter(({ code, perFen }) => perFen === null && !bookedByThemselves.has(code))
        .map(({ code, name, points }) => ({ code, name, points })),
      expiring: expiringLots(account, now),
      lines: lines.map(({ member: _member, fact: _fact, ...line }) => {
        const isReversed = reversed.has(line.id);
        const isPlain = line.reverses === null && line.expires === null && !isReversed;
        return {
          ...line,
          isReversed,
          // a gift comes back with its points, or not at all
          canReverse: isPlain && line.item !== 'redemption',
          canUndo: line.reverses !== null && line.item !== 'redemption' && !again.has(`again/${line.id}`),
        };
      }),
    };
  });
}
