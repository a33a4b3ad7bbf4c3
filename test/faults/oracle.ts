// Compares what a terminal confirmed with what headquarters has.

export interface Verdict {
  /** confirmed to the person: must be at headquarters exactly once */
  readonly accepted: number;
  /** different facts at headquarters; may hold some that were committed but not confirmed before a kill */
  readonly applied: number;
  readonly lost: number;
  /** effects beyond the first */
  readonly doubled: number;
  /** confirmed facts that headquarters applied in another order than they were confirmed in */
  readonly disordered: number;
  readonly ok: boolean;
}

/**
 * @param accepted ids in the order of confirmation
 * @param applied ids in the order of application
 */
export function judge(accepted: readonly string[], applied: readonly string[]): Verdict {
  const places = new Map<string, number>();
  for (const [place, id] of applied.entries()) if (!places.has(id)) places.set(id, place);
  const found = accepted.flatMap((id) => places.get(id) ?? []);
  const lost = accepted.length - found.length;
  const doubled = applied.length - places.size;
  const disordered = found.filter((place, i) => i > 0 && place < (found[i - 1] ?? 0)).length;
  return {
    accepted: accepted.length,
    applied: places.size,
    lost,
    doubled,
    disordered,
    ok: lost === 0 && doubled === 0 && disordered === 0 && accepted.length > 0,
  };
}
