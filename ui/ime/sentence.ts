// The likeliest row of words for all the keys: a shortest path that knows which word likes to follow which.
import type { Lexicon } from './lexicon.ts';
import { type Followers, start, type WordPairs } from './word-pairs.ts';

/** Words that begin at some key. */
export interface Match {
  readonly lexicon: Lexicon;
  readonly node: number;
  readonly end: number;
  readonly cost: number;
  readonly reading: string;
}

export interface Step {
  readonly score: number;
  readonly text: string;
  readonly reading: string;
  readonly words: number;
  readonly followers: Followers | undefined;
}

/** jieba counted some 60 million words. */
export const logTotal = 17.9;
/** The rest of what one may say after a word is in no list of pairs. */
const pairShare = Math.log(0.2);
const stepsPerKey = 8;
/** So much unlikelier than the best at the same key never wins. */
const hopeless = 9;

/**
 * @param matchesAt what begins at a key
 * @returns the likeliest rows of two words or more that use every key, best first
 */
export function sentences(
  length: number,
  matchesAt: (at: number) => readonly Match[],
  pairs: WordPairs,
): readonly Step[] {
  const ways: Step[][] = Array.from({ length: length + 1 }, () => []);
  ways[0] = [{ score: 0, text: '', reading: '', words: 0, followers: pairs.after(start) }];
  for (let at = 0; at < length; at++) {
    const steps = ways[at] ?? [];
    if (steps.length === 0) continue;
    for (const match of matchesAt(at)) {
      const row = ways[match.end] ?? [];
      for (const { text, logCount } of match.lexicon.best(match.node)) {
        const least = (row[0]?.score ?? Number.NEGATIVE_INFINITY) - hopeless + match.cost;
        const step = bestStep(steps, text, logCount - logTotal, match, least, pairs);
        if (step) keep(row, step);
      }
    }
  }
  return (ways[length] ?? []).filter(({ words }) => words > 1);
}

/** @returns the likeliest way to come to this word, when it is likelier than that */
function bestStep(
  steps: readonly Step[],
  word: string,
  alone: number,
  { cost, reading }: Match,
  least: number,
  pairs: WordPairs,
): Step | undefined {
  let best: Step | undefined;
  let score = least;
  for (const step of steps) {
    const paired = step.followers?.get(word);
    const likely = paired === undefined ? alone : Math.max(alone, paired + pairShare);
    if (step.score + likely <= score) continue;
    best = step;
    score = step.score + likely;
  }
  if (!best) return undefined;
  return {
    score: score - cost,
    text: best.text + word,
    reading: `${best.reading}${best.reading && ' '}${reading}`,
    words: best.words + 1,
    followers: pairs.after(word),
  };
}

/** Best first, each text once, no more than are worth going on from. */
function keep(row: Step[], step: Step): void {
  const same = row.findIndex(({ text }) => text === step.text);
  if (same !== -1) {
    if ((row[same]?.score ?? 0) >= step.score) return;
    row.splice(same, 1);
  }
  let place = row.length;
  while (place > 0 && (row[place - 1]?.score ?? 0) < step.score) place -= 1;
  if (place >= stepsPerKey) return;
  row.splice(place, 0, step);
  if (row.length > stepsPerKey) row.pop();
}
