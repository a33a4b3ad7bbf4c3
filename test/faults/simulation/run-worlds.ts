// Runs many virtual weeks on all cores.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { WorldOptions, WorldResult } from '../../simulators/sync-world/sync-world.ts';

/**
 * @param onResult in no particular order
 * @throws when a week ends with an error instead of a result
 */
export async function runWorlds(
  weeks: Iterable<WorldOptions>,
  onResult: (result: WorldResult) => void,
): Promise<void> {
  const todo = weeks[Symbol.iterator]();
  const workOff = async (): Promise<void> => {
    const worker = new Worker(new URL('./world-worker.js', import.meta.url));
    try {
      for (let next = todo.next(); !next.done; next = todo.next()) onResult(await live(worker, next.value));
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, workOff));
}

function live(worker: Worker, options: WorldOptions): Promise<WorldResult> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(new Error(`seed ${options.seed} ended in an error`, { cause }));
    worker.once('error', fail);
    worker.once('message', (result: WorldResult) => {
      worker.off('error', fail);
      resolve(result);
    });
    worker.postMessage(options);
  });
}
