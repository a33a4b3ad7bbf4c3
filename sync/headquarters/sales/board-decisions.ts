// What was decided about changes of the board, by whom and why: kept for good.
import type { Reader, Store, Tx } from '../store/store.ts';

/** What a second person said, and when. */
export interface Word {
  readonly by: string;
  readonly at: string;
  readonly reason: string | undefined;
}

export interface BoardDecision {
  /** null = about the project */
  readonly unit: string | null;
  readonly project: string;
  /** a `ChangeKind` or `adverse` */
  readonly kind: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly hands: readonly string[];
  readonly note: string | null;
  readonly proposedAt: string;
  readonly decision: 'approved' | 'rejected';
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly reason: string | null;
}

/** Four eyes: whoever had a hand in a change does not approve it. */
export function isOwn(hands: readonly string[], account: string): boolean {
  return hands.includes(account);
}

/** @returns the hands as JSON */
export function joinHand(hands: readonly string[], by: string): string {
  return JSON.stringify([...new Set([...hands, by])]);
}

/** @returns later than what was proposed before, so that whoever read that knows this is another */
export function proposedAt(now: Date, before: string | undefined): string {
  const least = before === undefined ? 0 : Date.parse(before) + 1;
  return new Date(Math.max(now.getTime(), least)).toISOString();
}

export async function decide(tx: Tx, store: Store, decisions: readonly BoardDecision[]): Promise<void> {
  await store.insert(
    tx,
    'board_decision',
    decisions.map(({ before, after, hands, proposedAt, decidedBy, decidedAt, ...rest }) => ({
      ...rest,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      hands: JSON.stringify(hands),
      proposed_at: proposedAt,
      decided_by: decidedBy,
      decided_at: decidedAt,
    })),
  );
}

/** @returns newest first */
export async function listDecisions(db: Reader, limit: number): Promise<(BoardDecision & { n: number })[]> {
  const rows = await db.selectFrom('board_decision').selectAll().orderBy('n', 'desc').limit(limit).execute();
  return rows.map(({ before, after, hands, proposed_at, decided_by, decided_at, decision, ...rest }) => ({
    ...rest,
    before: JSON.parse(before) as unknown,
    after: JSON.parse(after) as unknown,
    hands: JSON.parse(hands) as string[],
    proposedAt: proposed_at,
    decision: decision as BoardDecision['decision'],
    decidedBy: decided_by,
    decidedAt: decided_at,
  }));
}
