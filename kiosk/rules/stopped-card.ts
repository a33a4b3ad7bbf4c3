// Why a card that is known does not serve: each state has words of its own.
import type { CardState } from '../../sync/contract/members.ts';

const reasons = {
  lost: 'lost-card',
  blocked: 'blocked-card',
  expired: 'expired-card',
  replaced: 'replaced-card',
} as const;

export function stoppedCard(state: Exclude<CardState, 'active'>): (typeof reasons)[typeof state] {
  return reasons[state];
}
