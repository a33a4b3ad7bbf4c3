// Random histories of points on all cores, one a seed; and the same histories with a design that is bad in one way.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RunOptions, RunResult } from '../run-result.ts';
import type { PointsFlaws } from './points-history.ts';

/** A share of the histories for one worker. */
export interface PointsWork {
  readonly from: number;
  readonly count: number;
  readonly flaws: PointsFlaws;
}
export interface PointsFound {
  readonly histories: number;
  readonly steps: number;
  readonly wrong: number;
  /** seed and what did not agree, of the first few */
  readonly examples: readonly string[];
}

/** 45 rounds are 1,000,000 histories */
const historiesPerRound = 22_223;
const shareSize = 2_000;
const shownExamples = 5;
const histories = 2_000;
const controls: Readonly<Record<string, PointsFlaws>> = {
  'expired points drop out, what was spent of them stays': { forgetsSpending: true },
  'books again what is told again': { booksRetries: true },
  'the terminal trusts the balance that it was told': { trustsOldBalance: true },
};

/** Award, reversal, expiry, merge, redemption, rule change: equal balances and levels on both sides. */
export async function provePoints({ seed, rounds }: RunOptions): Promise<RunResult> {
  const ours = await live(sharesOf(seed, Math.min(1_000_000, rounds * historiesPerRound), {}));
  const bad = await Promise.all(
    Object.entries(controls).map(async ([name, flaws]) => ({
      name,
      found: await live(sharesOf(seed, histories, flaws)),
    })),
  );
  return {
    fault: 'points',
    ok: ours.wrong === 0 && ours.histories > 0 && bad.every(({ found }) => found.wrong > 0),
    headline: `points: ${ours.histories} histories, ${ours.steps} steps`,
    outcomes: [
      { who: 'ours', note: `unequal ${ours.wrong} of ${ours.histories}` },
      ...bad.map(({ name, found }) => ({
        who: `control (${name})`,
        note: `unequal ${found.wrong} of ${found.histories}`,
        provesNothing: found.wrong === 0,
      })),
    ],
    details: ours.examples.map((example) => `${example}; alone: --only points --seed N --rounds 1`),
    figures: { ...ours, control: Object.fromEntries(bad.map(({ name, found }) => [name, found.wrong])) },
  };
}

function* sharesOf(seed: number, count: number, flaws: PointsFlaws): Generator<PointsWork> {
  for (let done = 0; done < count; done += shareSize) {
    yield { from: seed + done, count: Math.min(shareSize, count - done), flaws };
  }
}

async function live(todo: Generator<PointsWork>): Promise<PointsFound> {
  const found = { histories: 0, steps: 0, wrong: 0, examples: [] as string[] };
  const workOff = async (): Promise<void> => {
    const worker = new Worker(new URL('./points-worker.js', import.meta.url));
    try {
      for (let next = todo.next(); !next.done; next = todo.next()) {
        const { histories: lived, steps, wrong, examples } = await answer(worker, next.value);
        found.histories += lived;
        found.steps += steps;
        found.wrong += wrong;
        found.examples.push(...examples.slice(0, shownExamples - found.examples.length));
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, workOff));
  return found;
}

function answer(worker: Worker, work: PointsWork): Promise<PointsFound> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (found: PointsFound) => {
      worker.off('error', reject);
      resolve(found);
    });
    worker.postMessage(work);
  });
}
