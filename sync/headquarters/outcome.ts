// What applying facts came to.
import type { Change } from './publication.ts';

/** `refused`: well-formed, but it speaks of something headquarters does not have; kept for a person to look at. */
export type Outcome = { readonly kind: 'applied' } | { readonly kind: 'refused'; readonly reason: string };

/** Of some facts of one kind. */
export interface Effects {
  /** one for each fact, in their order */
  readonly outcomes: readonly Outcome[];
  /** what terminals must now be told */
  readonly changes: readonly Change[];
}

export const applied: Outcome = { kind: 'applied' };
export const refused = (reason: string): Outcome => ({ kind: 'refused', reason });
