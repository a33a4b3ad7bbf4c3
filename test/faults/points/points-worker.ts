// One thread of the proof of points: lives the histories of its share.
import { parentPort } from 'node:worker_threads';
import { makeRandom } from '../../demo/developer/random.ts';
import { livePoints } from './points-history.ts';
import type { PointsFound, PointsWork } from './points-proof.ts';

parentPort?.on('message', ({ from, count, flaws }: PointsWork) => {
  const found = { histories: count, steps: 0, wrong: 0, examples: [] as string[] };
  for (let seed = from; seed < from + count; seed += 1) {
    const { steps, wrong } = livePoints(makeRandom(seed).next, flaws);
    found.steps += steps;
    if (wrong === undefined) continue;
    found.wrong += 1;
    found.examples.push(`seed ${seed}: ${wrong}`);
  }
  parentPort?.postMessage(found satisfies PointsFound);
});
