// Who is on a list, and who of them has a place: pure functions of what was told, in whatever order it came.

export interface RosterAct {
  readonly id: string;
  readonly at: string;
  readonly act: 'in' | 'out';
  readonly treatment: string | null;
}
/** What somebody's place on the list goes by; `null` = not on it. */
export interface Standing {
  readonly since: string;
  readonly treatment: string | null;
}

/** Instants first, ids where they are the same: two acts never have one key. */
export function orderKey({ at, id }: { readonly at: string; readonly id: string }): string {
  return `${at}|${id}`;
}

/**
 * Of one member and session. The last act holds; who signed up twice keeps the first of both; who has come is on the
 * list, whatever was said before.
 */
export function standingOf(
  acts: readonly RosterAct[],
  checkIn: { readonly at: string; readonly id: string } | undefined,
): Standing | null {
  const sorted = [...acts].sort((a, b) => compare(orderKey(a), orderKey(b)));
  const lastOut = sorted.findLastIndex(({ act }) => act === 'out');
  const since = sorted[lastOut + 1] ?? checkIn;
  if (!since) return null;
  const treatment = sorted.slice(lastOut + 1).findLast((act) => act.treatment !== null)?.treatment ?? null;
  return { since: orderKey(since), treatment };
}

export interface Listed {
  readonly member: string;
  readonly since: string;
  readonly hasCome: boolean;
}

/**
 * The first on the list have the places. Who came keeps theirs beyond them, also when there are too many, and takes it
 * from nobody who was promised one.
 * @param quota null = as many as come
 * @returns number on the waiting list of each member, null = has a place
 */
export function placesOf(
  listed: readonly Listed[],
  quota: number | null,
): ReadonlyMap<string, number | null> {
  let waiting = 0;
  return new Map(
    [...listed]
      .sort((a, b) => compare(a.since, b.since))
      .map(({ member, hasCome }, index): [string, number | null] => {
        if (quota === null || index < quota || hasCome) return [member, null];
        waiting += 1;
        return [member, waiting];
      }),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
