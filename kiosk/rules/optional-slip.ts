// Whether a slip may be queued that nobody needs: a home's facts to take along, a copy.
import type { RuleContext } from '../rule-context.ts';

/** Neither more paper than the printer can catch up with, nor room that check-ins will need (rule OB12). */
export function mayQueueOptionalSlip({ know, limits }: RuleContext): boolean {
  const pressure = know.upkeep.pressure();
  return know.slips.waiting() < limits.waitingSlips && (pressure === 'none' || pressure === 'compacting');
}
