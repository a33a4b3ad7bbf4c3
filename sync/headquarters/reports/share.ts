// A part of a whole as a number that two programs agree on.
import type { Figure } from './month-counts.ts';

/** @returns in 1/10,000, rounded half up; null when nothing was counted */
export function share(figure: Figure | undefined): number | null {
  if (!figure || figure.whole === 0) return null;
  return Math.floor((figure.part * 20_000 + figure.whole) / (figure.whole * 2));
}
