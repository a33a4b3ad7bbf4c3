// PORT: what the rules may know of an owner's purchases, care and hand-over.
import type { MemberId, UnitId } from '../sync/contract/ids.ts';
import type { CareRow, HandOverRow, PurchaseRow } from '../sync/contract/owners.ts';

export type SignedOutcome = 'accepted' | 'accepted-with-defects' | 'refused';

/** As headquarters told it, with what was done at this terminal laid over it. */
export interface KnownHandOver extends HandOverRow {
  /** headquarters has not told of the arrival yet: how many wait is not known */
  readonly isWaiting: boolean;
  /** how it was signed, here or as headquarters tells; null = not yet */
  readonly outcome: SignedOutcome | null;
}

export interface OwnersKnowledge {
  /** the newest first */
  purchases(member: MemberId): readonly PurchaseRow[];
  care(member: MemberId, unit: UnitId): CareRow | undefined;
  handOvers(member: MemberId): readonly KnownHandOver[];
  /** how many have taken a number here on this day */
  arrivals(day: string): number;
  /** when that was last known to be current */
  asOf(): string | null;
}
