// A small deterministic source of chance, so that one seed is one developer for ever.

export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** whole number from `least` to `most`, both included */
  int(least: number, most: number): number;
  pick<T>(choices: readonly T[]): T;
  /** one of the choices, each as likely as its weight says */
  weighted<T>(choices: readonly (readonly [choice: T, weight: number])[]): T;
}

/** Mulberry32. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[int(0, choices.length - 1)];
    if (choice === undefined) throw new Error('nothing to pick from');
    return choice;
  };
  const weighted = <T>(choices: readonly (readonly [choice: T, weight: number])[]): T => {
    let rest = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [choice, weight] of choices) {
      rest -= weight;
      if (rest < 0) return choice;
    }
    return pick(choices.map(([choice]) => choice));
  };
  return { next, int, pick, weighted };
}
