// What of a payment plan is open, given what was paid. Pure; money in fen.
import type { PurchaseRow } from '../../contract/owners.ts';

export type Due = PurchaseRow['dues'][number];

/** Payments settle the oldest dues first; what was not planned counts as paid before the first of them. */
export function openDues(plan: readonly Due[], total: number, paid: number): Due[] {
  const sorted = [...plan].sort((a, b) => a.by.localeCompare(b.by));
  let left = paid - (total - sorted.reduce((sum, { amount }) => sum + amount, 0));
  return sorted.flatMap((due) => {
    const settled = Math.min(due.amount, Math.max(0, left));
    left -= settled;
    return settled === due.amount ? [] : [{ ...due, amount: due.amount - settled }];
  });
}
