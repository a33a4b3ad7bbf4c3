// Asks the pinyin worker what keys may mean; only the newest question is answered, nothing that was chosen is kept.
import type { Candidate, Typed } from './candidate.ts';

export type ImeQuestion =
  | { readonly kind: 'prepare' }
  | { readonly kind: 'ask'; readonly id: number; readonly typed: Typed };
export interface ImeAnswer {
  readonly id: number;
  readonly candidates: readonly Candidate[];
}

let worker: Worker | undefined;
let asked = 0;
let waiting: { readonly id: number; readonly answer: (candidates: readonly Candidate[]) => void } | undefined;

function started(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL('./ime-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<ImeAnswer>) => {
    if (waiting?.id !== data.id) return;
    const { answer } = waiting;
    waiting = undefined;
    answer(data.candidates);
  });
  worker.addEventListener('error', () => {
    // letters stay letters, and the next key tries a new one
    worker = undefined;
    waiting?.answer([]);
    waiting = undefined;
  });
  return worker;
}

/** Fetches the words ahead of the first key, and those of the site again if they have changed. */
export function prepareIme(): void {
  started().postMessage({ kind: 'prepare' } satisfies ImeQuestion);
}

/** @returns what the keys may mean, likeliest first; never settles when a newer question is asked */
export async function candidatesFor(typed: Typed): Promise<readonly Candidate[]> {
  const id = ++asked;
  return await new Promise((answer) => {
    waiting = { id, answer };
    started().postMessage({ kind: 'ask', id, typed } satisfies ImeQuestion);
  });
}
