// Which plugs are pulled when: the same list for the same seed.

export const partyNames = ['terminal', 'broker', 'headquarters'] as const;
/** `database`: the server that headquarters keeps its store in, if it does */
export type PartyName = (typeof partyNames)[number] | 'database';

/** One outage: the parties go one after the other, stay away, and come back in another order. */
export interface FaultRound {
  readonly waitMs: number;
  readonly hits: readonly {
    readonly party: PartyName;
    /** `wipe`: killed, and its disk emptied */
    readonly kind: 'kill' | 'freeze' | 'wipe';
    readonly gapMs: number;
  }[];
  readonly outageMs: number;
  readonly returns: readonly PartyName[];
}

/** Numbers 0 … 1 from a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Singles, pairs and all three. Every third outage takes headquarters away before the broker dies:
 * the moment in which whoever trusts the broker loses.
 */
export function faultPlan(
  seed: number,
  rounds: number,
  all: readonly PartyName[] = partyNames,
): FaultRound[] {
  const random = seededRandom(seed);
  const between = (least: number, most: number): number => Math.floor(least + random() * (most - least + 1));
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  return Array.from({ length: rounds }, (_, round) => {
    const parties: readonly PartyName[] =
      round % 3 === 2 ? ['headquarters', 'broker'] : shuffled(all).slice(0, between(1, 3));
    return {
      waitMs: between(20, 250),
      hits: parties.map((party) => ({
        party,
        kind:
          random() < 0.8 || (round % 3 === 2 && party === 'broker') || party === 'database'
            ? ('kill' as const)
            : ('freeze' as const),
        // long enough for some facts to be on their way through a broker that nobody reads from
        gapMs: round % 3 === 2 ? between(60, 140) : between(0, 80),
      })),
      outageMs: between(20, 300),
      returns: shuffled(parties),
    };
  });
}

/**
 * The broker dies and its disk is emptied, at any moment; every second time while headquarters is away and much waits
 * in it.
 * @param settleMs until a broker that starts from nothing carries messages again
 */
export function wipePlan(seed: number, rounds: number, settleMs: number): FaultRound[] {
  const random = seededRandom(seed);
  const between = (least: number, most: number): number => Math.floor(least + random() * (most - least + 1));
  return Array.from({ length: rounds }, (_, round) => ({
    waitMs: settleMs + between(20, 300),
    hits: [
      ...(round % 2 === 1 ? [{ party: 'headquarters', kind: 'kill', gapMs: 0 } as const] : []),
      { party: 'broker', kind: 'wipe', gapMs: between(60, 140) } as const,
    ],
    outageMs: between(20, 300),
    returns: random() < 0.5 ? ['broker', 'headquarters'] : ['headquarters', 'broker'],
  }));
}
