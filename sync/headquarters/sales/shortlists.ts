// Which homes members keep in mind, for the rows that terminals are told of them.
import type { UnitId } from '../../contract/ids.ts';
import type { MemberRow } from '../../contract/members.ts';
import type { Reader, Store } from '../store/store.ts';

/** @returns nothing for members without a list */
export async function shortlistsOf(
  store: Store,
  db: Reader,
  members: readonly string[],
): Promise<ReadonlyMap<string, UnitId[]>> {
  const rows = await db
    .selectFrom('shortlist')
    .select(['member', 'units'])
    .where(store.among('member', members))
    .execute();
  return new Map(rows.map(({ member, units }) => [member, JSON.parse(units) as UnitId[]]));
}

export function withShortlist(units: readonly UnitId[] | undefined): Pick<MemberRow, 'shortlist'> {
  return units === undefined ? {} : { shortlist: [...units] };
}
