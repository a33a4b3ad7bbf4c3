// When a person counts as not to be called: no number, or calls in a row that reached nobody. Pure.
import type { Tables } from '../store/tables.ts';

type Call = Pick<Tables['call_back'], 'done_at' | 'verdict'>;

/** @param calls of one request, first attempt first @param attempts in vain that the rules want */
export function isUnreachable(phone: string | null, calls: readonly Call[], attempts: number): boolean {
  if (!phone) return true;
  const done = calls.filter(({ done_at: at }) => at !== null);
  const inVain = done.length - 1 - done.findLastIndex(({ verdict }) => verdict !== null);
  return inVain >= attempts;
}
