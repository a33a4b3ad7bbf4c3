// What applying one fact came to.
/** `refused`: well-formed, but it speaks of something headquarters does not have; kept for a person to look at. */
export type Outcome = { readonly kind: 'applied' } | { readonly kind: 'refused'; readonly reason: string };

export const applied: Outcome = { kind: 'applied' };
export const refused = (reason: string): Outcome => ({ kind: 'refused', reason });
