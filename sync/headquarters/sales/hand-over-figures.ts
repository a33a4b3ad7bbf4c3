// How a place of a hand-over day stands: what it counts as, which signature is the one, what the desk may say of it. Pure.
import { isWaiting } from './owner-rows.ts';

/** Columns of `hand_over`. */
interface PlaceRecord {
  readonly queued_at: string | null;
  readonly called_at: string | null;
  readonly signed_at: string | null;
  readonly outcome: string | null;
  readonly closed: string | null;
  readonly defects: string;
  readonly ratings: string;
}
export interface HandOverFigures {
  readonly invited: number;
  readonly came: number;
  readonly waiting: number;
  readonly absent: number;
  readonly signed: number;
  readonly accepted: number;
  readonly refused: number;
  readonly defects: number;
  /** 满意度: rated 4 or 5 among all who rated, in hundredths of a per cent; null = nobody did */
  readonly satisfied: number | null;
}
export type Closed = 'withdrawn' | 'absent';
/** What the desk says of a place that was not signed; `readmit` takes it back: in line again, or invited again. */
export type PlaceDeed = 'withdraw' | 'absent' | 'readmit';
export type PlaceOutcome =
  | 'done'
  | 'unknown-invitation'
  | 'has-come'
  | 'not-called'
  | 'signed-already'
  | 'not-closed';

/** 交付入伙 among the satisfaction items */
const handOverItem = 'property-handover';

export function scoreOf(ratings: string): number | null {
  const all = JSON.parse(ratings) as { item: string; score: number }[];
  return all.find(({ item }) => item === handOverItem)?.score ?? null;
}

export function figuresOf(all: readonly PlaceRecord[]): HandOverFigures {
  const rows = all.filter(({ closed }) => closed !== 'withdrawn');
  const scores = rows.flatMap(({ ratings }) => scoreOf(ratings) ?? []);
  const signed = rows.filter(({ signed_at }) => signed_at !== null);
  return {
    invited: rows.length,
    came: rows.filter(({ queued_at }) => queued_at !== null).length,
    waiting: rows.filter(isWaiting).length,
    absent: rows.filter(({ closed }) => closed === 'absent').length,
    signed: signed.length,
    accepted: signed.filter(({ outcome }) => outcome !== 'refused').length,
    refused: signed.filter(({ outcome }) => outcome === 'refused').length,
    defects: rows.reduce((sum, { defects }) => sum + (JSON.parse(defects) as unknown[]).length, 0),
    satisfied:
      scores.length === 0
        ? null
        : Math.round((scores.filter((score) => score >= 4).length * 10_000) / scores.length),
  };
}

/** Is this signature the one that counts, rather than that of the row? */
export function isBefore(
  fresh: { readonly at: string; readonly outcome: string },
  row: Pick<PlaceRecord, 'signed_at' | 'outcome'>,
): boolean {
  const [isRefusal, wasRefusal] = [fresh.outcome === 'refused', row.outcome === 'refused'];
  return isRefusal === wasRefusal ? fresh.at < (row.signed_at ?? '') : wasRefusal;
}

export function refusalOf(
  row: Omit<PlaceRecord, 'outcome' | 'defects' | 'ratings'>,
  deed: PlaceDeed,
): PlaceOutcome | undefined {
  if (deed === 'readmit') return row.closed === null ? 'not-closed' : undefined;
  if (row.signed_at !== null) return deed === 'withdraw' ? 'has-come' : 'signed-already';
  if (deed === 'withdraw') return row.queued_at === null ? undefined : 'has-come';
  // whoever waits is called before they are missed
  return isWaiting(row) ? 'not-called' : undefined;
}
