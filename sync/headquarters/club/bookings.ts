// What has to be booked so that a member's lines add up to the account: expiries, moves between members, new values. Pure.
import type { MemberId, Words } from '../../contract/ids.ts';
import type { RulesRow } from '../../contract/members.ts';
import { accountOf, type PointsEntry, pointsFor } from '../../contract/points.ts';

/** An entry with what else is written down about it. */
export interface LedgerEntry extends PointsEntry {
  /** what makes it the same booking, whoever tells of it: `check-in/{session}/{member}` */
  readonly businessKey: string;
  readonly member: MemberId;
  readonly reason: Words;
  readonly fact: string | null;
  /** code of the rules' item that it is by; null = of no item */
  readonly item: string | null;
  /** fen of the purchase that earned it */
  readonly amount: number | null;
  /** the account that booked it by hand; null = headquarters by itself */
  readonly by: string | null;
}

export interface Because {
  readonly at: string;
  readonly reason: Words;
  readonly by: string | null;
}

const expired: Words = { zh: '积分到期', en: 'Points expired' };
const notExpired: Words = { zh: '到期更正', en: 'Expiry corrected' };

/**
 * What brings the sum of the lines to the balance at `now`: the rest of each lot that is over, dated at its last second;
 * and what was written off too much, when something that was spent or earned before was taken back since.
 * @param entries all of one member
 */
export function expiriesDue(entries: readonly LedgerEntry[], now: Date): LedgerEntry[] {
  const rests = new Map<string, number>();
  for (const { id, left, untilMs } of accountOf(entries).lots) {
    if (untilMs <= now.getTime() && left > 0) rests.set(id, left);
  }
  const booked = new Map<string, { readonly points: number; readonly times: number }>();
  for (const { expires, points } of entries) {
    if (expires === null) continue;
    const { points: before, times } = booked.get(expires) ?? { points: 0, times: 0 };
    booked.set(expires, { points: before - points, times: times + 1 });
  }
  if (rests.size === 0 && booked.size === 0) return [];
  return entries.flatMap((lot) => {
    const { points: before, times } = booked.get(lot.id) ?? { points: 0, times: 0 };
    const missing = (rests.get(lot.id) ?? 0) - before;
    if (missing === 0) return [];
    const key = `expiry/${lot.id}/${times}`;
    const base = { id: key, businessKey: key, member: lot.member, reverses: null, until: null };
    return {
      ...base,
      at: times === 0 ? (lot.until ?? now.toISOString()) : now.toISOString(),
      points: -missing,
      expires: lot.id,
      reason: missing > 0 ? expired : notExpired,
      fact: null,
      item: null,
      amount: null,
      by: null,
    };
  });
}

/** @returns the entry that takes `entry` back, or undefined when that cannot be */
export function reversalOf(
  entry: LedgerEntry,
  entries: readonly LedgerEntry[],
  because: Because & { readonly id?: string },
): LedgerEntry | undefined {
  if (entry.reverses !== null || entry.expires !== null) return undefined;
  if (entries.some(({ reverses }) => reverses === entry.id)) return undefined;
  const businessKey = `reversal/${entry.id}`;
  return {
    id: because.id ?? businessKey,
    businessKey,
    member: entry.member,
    at: because.at,
    points: -entry.points,
    reverses: entry.id,
    until: null,
    expires: null,
    reason: because.reason,
    fact: null,
    item: entry.item,
    amount: null,
    by: because.by,
  };
}

/**
 * All that still counts of one member becomes another's, at its old time and with its old end; what both had for one and
 * the same thing (a check-in to one session) counts once.
 */
export function movesOf(
  entries: readonly LedgerEntry[],
  to: MemberId,
  because: Because,
): { readonly away: readonly LedgerEntry[]; readonly over: readonly LedgerEntry[] } {
  const away = entries.flatMap((entry) => reversalOf(entry, entries, because) ?? []);
  const moved = new Set(away.map(({ reverses }) => reverses));
  const over = entries
    .filter(({ id }) => moved.has(id))
    .map((entry): LedgerEntry => {
      const own = `/${entry.member}`;
      const purpose = purposeOf(entry.businessKey);
      const businessKey = purpose.endsWith(own)
        ? `${purpose.slice(0, -own.length)}/${to}`
        : `moved/${entry.id}`;
      return { ...entry, id: `moved/${entry.id}`, businessKey, member: to };
    });
  return { away, over };
}

/** What was booked first for the same thing, before it was moved, corrected, taken back or booked anew: its business key. */
export function purposeOf(businessKey: string): string {
  const bare = businessKey.replace(/^(?:moved|again|reversal)\//, '').replace(/[@#]\d+$/, '');
  return bare === businessKey ? bare : purposeOf(bare);
}

/** What rules do not decide: what a session gives, and what people gave and took. */
const notByRules: ReadonlySet<string | null> = new Set([null, 'check-in', 'manual', 'redemption']);

/** What an entry is worth by other rules, 0 when they have no such item; undefined = nothing that rules decide. */
export function newValueOf({ item, amount, points }: LedgerEntry, rules: RulesRow): number | undefined {
  return notByRules.has(item) || points <= 0 ? undefined : pointsFor(rules, item ?? '', amount ?? 0);
}
